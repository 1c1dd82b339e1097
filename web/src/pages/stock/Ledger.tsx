import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { paths } from '../../paths.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import classes from './stock.module.css'
import { type Movement, useMovements } from './useStock.ts'
import { bucketWords, movementWords } from './words.ts'

/** Every movement of a product, the newest first: what, where, by how many, why, and by whom. */
export function Ledger({ productId }: { productId: string }) {
  const { t } = useLingui()
  const { data, error, isPending, isError, hasNextPage, isFetching, fetchNextPage, refetch } = useMovements(productId)
  const entries = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Section title={t`Ledger`}>
      {isPending && <Skeleton lines={4} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && entries.length === 0 && <p className={classes.quiet}>{t`Nothing has moved yet.`}</p>}
      <ol className={classes.entries}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void fetchNextPage()}>
          {t`Show older`}
        </Button>
      )}
    </Section>
  )
}

function Entry({ entry }: { entry: Movement }) {
  const { i18n } = useLingui()
  const { number } = useFormat()
  const signed = (value: number) => (value > 0 ? `+${number(value)}` : number(value))
  const moved = Object.entries(bucketWords).flatMap(([bucket, word]) => {
    const by = entry[bucket as keyof typeof bucketWords]
    return by === 0 ? [] : [`${i18n._(word)} ${signed(by)}`]
  })
  return (
    <li>
      <span>
        {i18n._(movementWords[entry.kind])}
        <Document of={entry.document} />
      </span>
      <span className={classes.quiet}>
        <DateText value={entry.at} withTime />
      </span>
      <span>{moved.join(' · ')}</span>
      <span className={classes.quiet}>{entry.warehouse.name}</span>
      {(entry.reason || entry.actor) && (
        <span className={classes.quiet}>{[entry.reason, entry.actor].filter(Boolean).join(' · ')}</span>
      )}
    </li>
  )
}

function Document({ of }: { of: Movement['document'] }) {
  if (!of?.number) return null
  if (of.kind === 'order')
    return (
      <>
        {' · '}
        <Link {...paths.order(of.id)}>{of.number}</Link>
      </>
    )
  return <>{` · ${of.number}`}</>
}
