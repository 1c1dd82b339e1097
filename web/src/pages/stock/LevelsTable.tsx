import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { CardFigures, useNarrow } from '../../ui/grid/Cards.tsx'
import classes from './stock.module.css'
import type { LevelHere, ProductStock } from './useStock.ts'
import { Available, Figure } from './useStockColumns.tsx'

type Level = Omit<LevelHere, 'warehouse'>

/** A product in every warehouse, with the sums under them; quarantine and unverified only where there is any. */
export function LevelsTable({ stock }: { stock: ProductStock }) {
  const { t } = useLingui()
  const { levels, total } = stock
  const held = total.quarantine + total.unverified > 0
  const narrow = useNarrow()
  const figures: [name: string, of: (level: Level) => ReactNode][] = [
    [t`On hand`, (level) => <Figure value={level.onHand} />],
    [t({ message: 'Allocated', context: 'a figure of stock' }), (level) => <Figure value={level.allocated} />],
    [t`Available`, (level) => <Available {...level} />],
    [t`Incoming`, (level) => <Figure value={level.incoming} />],
    [t({ message: 'Backordered', context: 'a figure of stock' }), (level) => <Figure value={level.backordered} />],
  ]
  if (held) figures.push([t`Quarantine`, (level) => <Figure value={level.quarantine} />])
  if (held) figures.push([t`Unverified`, (level) => <Figure value={level.unverified} />])
  const rows = levels.map(({ warehouse, ...level }) => ({ id: warehouse.id, name: warehouse.name, level }))
  const sum = levels.length > 1 && { id: 'total', name: t`Total`, level: { ...total, lowLevel: null } }
  if (narrow)
    return [...rows, ...(sum ? [sum] : [])].map(({ id, name, level }) => (
      <div key={id} className={classes.level}>
        <strong>{name}</strong>
        <CardFigures figures={figures.map(([word, of]) => [word, of(level)])} />
      </div>
    ))
  const cells = (level: Level) =>
    figures.map(([word, of]) => (
      <td key={word} data-number>
        {of(level)}
      </td>
    ))
  return (
    // A table that is wider than its panel is scrolled by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.frame} aria-label={t`Levels`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t`Warehouse`}</th>
            {figures.map(([word]) => (
              <th key={word} scope="col" data-number>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, level }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {cells(level)}
            </tr>
          ))}
        </tbody>
        {sum && (
          <tfoot>
            <tr className={classes.total}>
              <th scope="row">{sum.name}</th>
              {cells(sum.level)}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}
