import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { DateText } from '../../components/DateText.tsx'
import { paths } from '../../paths.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { Document, Moved } from './Moved.tsx'
import classes from './stock.module.css'
import { type Movement, useMovements } from './useStock.ts'
import { movementWords } from './words.ts'

/** Every movement of a product, the newest first: what, where, by how many, why, and by whom. */
export function Ledger({ productId, sku }: { productId: string; sku: string }) {
  const { t } = useLingui()
  const { pages, rows } = useMovements({ productId }, 20)
  const { data, error, isPending, isError, hasNextPage, isFetching, fetchNextPage, refetch } = pages
  return (
    <Section title={t`Ledger`}>
      {isPending && <Skeleton lines={4} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data && rows.length === 0 && <p className={classes.quiet}>{t`Nothing has moved yet.`}</p>}
      <ol className={classes.entries}>
        {rows.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <span className={classes.buttons}>
        {hasNextPage && (
          <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void fetchNextPage()}>
            {t`Show older`}
          </Button>
        )}
        {rows.length > 0 && <Link {...paths.ledger({ q: sku })}>{t`Search in the ledger`}</Link>}
      </span>
    </Section>
  )
}

function Entry({ entry }: { entry: Movement }) {
  const { i18n } = useLingui()
  return (
    <li>
      <span>
        {i18n._(movementWords[entry.kind])}
        {entry.document?.number && ' · '}
        <Document of={entry.document} />
      </span>
      <span className={classes.quiet}>
        <DateText value={entry.at} withTime />
      </span>
      <span>
        <Moved entry={entry} />
      </span>
      <span className={classes.quiet}>{entry.warehouse.name}</span>
      {(entry.reason || entry.actor) && (
        <span className={classes.quiet}>{[entry.reason, entry.actor].filter(Boolean).join(' · ')}</span>
      )}
    </li>
  )
}
