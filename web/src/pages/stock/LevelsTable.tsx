import { useLingui } from '@lingui/react/macro'
import classes from './stock.module.css'
import type { ProductStock } from './useStock.ts'
import { Available, Figure } from './useStockColumns.tsx'

/** A product in every warehouse, with the sums under them; quarantine and unverified only where there is any. */
export function LevelsTable({ stock }: { stock: ProductStock }) {
  const { t } = useLingui()
  const { levels, total } = stock
  const held = total.quarantine + total.unverified > 0
  return (
    // A table that is wider than its panel is scrolled by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={classes.frame} aria-label={t`Levels`} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t`Warehouse`}</th>
            <th scope="col" data-number>{t`On hand`}</th>
            <th scope="col" data-number>
              {t({ message: 'Allocated', context: 'a figure of stock' })}
            </th>
            <th scope="col" data-number>{t`Available`}</th>
            <th scope="col" data-number>{t`Incoming`}</th>
            <th scope="col" data-number>
              {t({ message: 'Backordered', context: 'a figure of stock' })}
            </th>
            {held && <th scope="col" data-number>{t`Quarantine`}</th>}
            {held && <th scope="col" data-number>{t`Unverified`}</th>}
          </tr>
        </thead>
        <tbody>
          {levels.map(({ warehouse, ...level }) => (
            <tr key={warehouse.id}>
              <th scope="row">{warehouse.name}</th>
              <Figures {...level} held={held} />
            </tr>
          ))}
        </tbody>
        {levels.length > 1 && (
          <tfoot>
            <tr className={classes.total}>
              <th scope="row">{t`Total`}</th>
              <Figures {...total} lowLevel={null} held={held} />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

function Figures({ held, ...level }: ProductStock['total'] & { held: boolean }) {
  return (
    <>
      <td data-number>
        <Figure value={level.onHand} />
      </td>
      <td data-number>
        <Figure value={level.allocated} />
      </td>
      <td data-number>
        <Available {...level} />
      </td>
      <td data-number>
        <Figure value={level.incoming} />
      </td>
      <td data-number>
        <Figure value={level.backordered} />
      </td>
      {held && (
        <>
          <td data-number>
            <Figure value={level.quarantine} />
          </td>
          <td data-number>
            <Figure value={level.unverified} />
          </td>
        </>
      )}
    </>
  )
}
