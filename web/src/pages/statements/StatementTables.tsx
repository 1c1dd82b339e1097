import { Trans, useLingui } from '@lingui/react/macro'
import type { ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Section } from '../../ui/Section.tsx'
import classes from '../clients/clients.module.css'

type Statement = ResponseOf<'GET /statements'>
type Goods = Pick<Statement['total'], 'received' | 'damaged' | 'shipped' | 'onHand' | 'storageDays'>
type Shipments = Pick<Statement['total'], 'orders' | 'lines'>

/** The figures of a statement: each warehouse and all of them, then each product. */
export function StatementTables({
  statement: { warehouses, products, productCount, total },
}: {
  statement: Statement
}) {
  const { t } = useLingui()
  const { number } = useFormat()
  const shown = number(products.length)
  const all = number(productCount)
  return (
    <>
      <Section title={t`By warehouse`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than its page is scrolled by keyboard too */}
        <section className={classes.inner} aria-label={t`Figures by warehouse`} tabIndex={0}>
          <table className={classes.table}>
            <Heads first={[t`Warehouse`]} shipments />
            <tbody>
              {warehouses.map(({ warehouse, ...figures }) => (
                <tr key={warehouse.id}>
                  <th scope="row">{warehouse.name}</th>
                  <Figures {...figures} />
                </tr>
              ))}
              {warehouses.length > 1 && (
                <tr>
                  <th scope="row">{t`In all`}</th>
                  <Figures {...total} />
                </tr>
              )}
            </tbody>
          </table>
        </section>
      </Section>
      <Section title={t`By product`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <section className={classes.inner} aria-label={t`Figures by product`} tabIndex={0}>
          <table className={classes.table}>
            <Heads first={[t`SKU`, t`Product`, t`Warehouse`]} />
            <tbody>
              {products.map(({ sku, name, warehouse, ...figures }) => (
                <tr key={`${warehouse.id} ${sku}`}>
                  <td>{sku}</td>
                  <td>{name}</td>
                  <td>{warehouse.name}</td>
                  <Figures {...figures} />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {productCount > products.length && (
          <p className={classes.quiet}>
            <Trans>
              The first {shown} of {all} are shown; the file has them all.
            </Trans>
          </p>
        )}
      </Section>
    </>
  )
}

function Heads({ first, shipments = false }: { first: string[]; shipments?: boolean }) {
  const { t } = useLingui()
  return (
    <thead>
      <tr>
        {first.map((name) => (
          <th key={name}>{name}</th>
        ))}
        <th data-number>{t`Received good`}</th>
        <th data-number>{t`Received damaged`}</th>
        <th data-number>{t`Shipped`}</th>
        {shipments && <th data-number>{t`Orders`}</th>}
        {shipments && <th data-number>{t`Order lines`}</th>}
        <th data-number>{t`On hand at the end`}</th>
        <th data-number>{t`Storage days`}</th>
      </tr>
    </thead>
  )
}

function Figures({ received, damaged, shipped, orders, lines, onHand, storageDays }: Goods & Partial<Shipments>) {
  const { number } = useFormat()
  const cell = (name: string, value: number | undefined) =>
    value !== undefined && (
      <td key={name} data-number>
        {number(value)}
      </td>
    )
  return Object.entries({ received, damaged, shipped, orders, lines, onHand, storageDays }).map(([name, value]) =>
    cell(name, value),
  )
}
