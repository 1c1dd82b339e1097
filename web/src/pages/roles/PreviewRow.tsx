import { Trans, useLingui } from '@lingui/react/macro'
import { useWatch } from 'react-hook-form'
import { Money } from '../../components/Money.tsx'
import classes from './PreviewRow.module.css'

/** What the row of an order looks like with these rights: a field that is not allowed is not there. */
export function PreviewRow() {
  const { t } = useLingui()
  const held = useWatch<{ permissions: string[] }, 'permissions'>({ name: 'permissions' })
  const may = (word: string) => held.includes(word)
  if (!may('orders:read')) return null
  const columns: [string, React.ReactNode][] = [
    [t`Order`, 'SO-1043'],
    [t`Recipient`, may('orders:recipient') ? 'Inès Martin, 12 rue Pasteur, 69003 Lyon' : '69003, FR'],
  ]
  if (may('orders:contact')) columns.push([t`E-mail`, 'ines@example.com'])
  if (may('orders:phone') || may('orders:contact')) columns.push([t`Phone`, '+33 6 12 34 56 78'])
  if (may('orders:amounts')) columns.push([t`Total`, <Money key="money" amount={8400} currency="EUR" />])
  if (may('shipping-costs:read')) columns.push([t`Carrier cost`, <Money key="money" amount={612} currency="EUR" />])
  if (may('orders:notes')) columns.push([t`Internal note`, t`Calls back on Monday`])
  return (
    <figure className={classes.preview}>
      <figcaption>
        <Trans>What such a person sees of an order</Trans>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide row scrolls by the keys too */}
      <section className={classes.scroll} aria-label={t`Example of an order`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map(([name]) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {columns.map(([name, value]) => (
                <td key={name}>{value}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </section>
    </figure>
  )
}
