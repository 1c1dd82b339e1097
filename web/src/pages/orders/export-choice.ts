import type { ResponseOf } from '../../api.ts'

type Choices = ResponseOf<'GET /orders/export-presets'>

/** One column of the dialog: whether it is in the file, and under which heading. Their order is the file's. */
export type ColumnChoice = { key: string; name: string; heading: string; on: boolean }

/** Every column there is: at first all of them, or those of a kept choice first, in its order and under its headings. */
export function choiceOf(
  columns: Choices['columns'],
  language: 'en' | 'fr',
  preset?: Choices['presets'][number],
): ColumnChoice[] {
  const all = columns.map(({ key, headings }) => {
    const name = headings[language]
    return { key, name, heading: name, on: preset === undefined }
  })
  if (!preset) return all
  const known = new Map(all.map((column) => [column.key, column]))
  const kept = preset.columns.flatMap(({ key, heading }) => {
    const column = known.get(key)
    return column ? [{ ...column, heading, on: true }] : []
  })
  return [...kept, ...all.filter(({ key }) => !kept.some((column) => column.key === key))]
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}
