import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Skeleton } from '../states.tsx'
import classes from './Cards.module.css'

/** Whether the window is a phone's: too narrow for the columns of a grid. */
export const useNarrow = () => useMediaQuery('(max-width: 560px)', undefined, { getInitialValueInEffect: false })

type Props<R> = {
  label: string
  rows: R[]
  rowId: (row: R) => string
  card: (row: R) => ReactNode
  loading?: boolean
  refreshing?: boolean
  /** There is more, and this brings it. */
  onEndReached?: () => void
  empty?: ReactNode
}

/** The rows of a grid on a phone: under each other, nothing to be reached by scrolling sideways. */
export function Cards<R>({ label, rows, rowId, card, loading, refreshing, onEndReached, empty }: Props<R>) {
  const { t } = useLingui()
  if (!loading && rows.length === 0) return empty
  return (
    <div className={classes.frame}>
      {loading ? (
        <Skeleton lines={8} />
      ) : (
        <ul className={classes.cards} aria-label={label} aria-busy={refreshing}>
          {rows.map((row) => (
            <li key={rowId(row)}>{card(row)}</li>
          ))}
        </ul>
      )}
      {onEndReached && rows.length > 0 && (
        <Button variant="default" loading={refreshing} onClick={onEndReached}>{t`Show more`}</Button>
      )}
    </div>
  )
}

/** Figures with their names over them, as many side by side as there is room for. */
export function CardFigures({ figures }: { figures: [name: string, figure: ReactNode][] }) {
  return (
    <dl className={classes.figures}>
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  )
}
