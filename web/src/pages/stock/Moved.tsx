import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../components/format.ts'
import { paths } from '../../paths.ts'
import type { Movement } from './useStock.ts'
import { bucketWords } from './words.ts'

/** By how many which figures of stock changed. */
export function Moved({ entry }: { entry: Movement }) {
  const { i18n } = useLingui()
  const { number } = useFormat()
  const signed = (value: number) => (value > 0 ? `+${number(value)}` : number(value))
  const moved = Object.entries(bucketWords).flatMap(([bucket, word]) => {
    const by = entry[bucket as keyof typeof bucketWords]
    return by === 0 ? [] : [`${i18n._(word)} ${signed(by)}`]
  })
  return <>{moved.join(' · ')}</>
}

/** What it happened for, with the way there. */
export function Document({ of }: { of: Movement['document'] }) {
  if (!of?.number) return null
  if (of.kind === 'count') return <>{of.number}</>
  return <Link {...(of.kind === 'order' ? paths.order(of.id) : paths.transfer(of.id))}>{of.number}</Link>
}
