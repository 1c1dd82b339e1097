import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useFormat } from '../../components/format.ts'
import { Money } from '../../components/Money.tsx'
import { Tags } from '../../components/Tag.tsx'
import { useCan } from '../../me.ts'
import { Section } from '../../ui/Section.tsx'
import { LineStockText, useLineStock } from './LineStock.tsx'
import classes from './OrderLines.module.css'
import type { Order } from './useOrder.ts'

/** What was ordered; amounts only for who gets them from the server. */
export function OrderLines({ order }: { order: Pick<Order, 'lines' | 'amounts'> & { id?: string } }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const can = useCan()
  const stock = useLineStock(order.id ?? '', Boolean(order.id) && can('fulfillment:read'))
  const priced = order.lines.some((line) => line.total)
  return (
    <Section title={t`Lines`}>
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">{t`Product`}</th>
            <th scope="col" data-align="end">{t`Quantity`}</th>
            {priced && <th scope="col" data-align="end">{t`Total`}</th>}
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.id}>
              <td>
                <div className={classes.name}>{line.name || line.sku}</div>
                <div className={classes.under}>
                  {line.sku}
                  {line.tags.length > 0 && <Tags names={line.tags} most={3} />}
                </div>
                {stock.has(line.id) && <LineStockText line={stock.get(line.id)!} />}
              </td>
              <td data-align="end">
                {number(line.quantity - line.cancelledQuantity)}
                {line.cancelledQuantity > 0 && (
                  <div className={classes.under}>
                    {plural(line.cancelledQuantity, { one: '# cancelled', other: '# cancelled' })}
                  </div>
                )}
              </td>
              {priced && <td data-align="end">{line.total ? <Money {...line.total} /> : '—'}</td>}
            </tr>
          ))}
        </tbody>
        {order.amounts && <Amounts {...order.amounts} />}
      </table>
    </Section>
  )
}

function Amounts({ currency, discountTotal, shippingTotal, taxTotal, total }: NonNullable<Order['amounts']>) {
  const { t } = useLingui()
  const rows: [string, number][] = [
    [t`Discount`, -discountTotal],
    [t`Shipping`, shippingTotal],
    [t`Tax`, taxTotal],
  ]
  return (
    <tfoot>
      {rows
        .filter(([, amount]) => amount !== 0)
        .map(([name, amount]) => (
          <tr key={name}>
            <th scope="row" colSpan={2}>
              {name}
            </th>
            <td data-align="end">
              <Money amount={amount} currency={currency} />
            </td>
          </tr>
        ))}
      <tr className={classes.total}>
        <th scope="row" colSpan={2}>{t`Total`}</th>
        <td data-align="end">
          <Money amount={total} currency={currency} />
        </td>
      </tr>
    </tfoot>
  )
}
