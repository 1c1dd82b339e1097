import { useFormat } from './format.ts'

type Props = {
  /** A day (`2026-07-04`) or an instant in ISO 8601; null shows a dash. */
  value: string | null
  withTime?: boolean
}

/** A short date; the exact time and zone when pointed at. */
export function DateText({ value, withTime = false }: Props) {
  const format = useFormat()
  if (!value) return <>—</>
  return (
    <time dateTime={value} title={format.exact(value)}>
      {format.day(value)}
      {withTime && ` ${format.time(value)}`}
    </time>
  )
}
