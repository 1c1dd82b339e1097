import { Trans, useLingui } from '@lingui/react/macro'
import type { ResponseOf } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { CardFigures, useNarrow } from '../../ui/grid/Cards.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from '../clients/clients.module.css'

type Statement = ResponseOf<'GET /statements'>
type Goods = Pick<Statement['total'], 'received' | 'damaged' | 'shipped' | 'onHand' | 'storageDays'>
type Shipments = Pick<Statement['total'], 'orders' | 'lines'>

type Figures = Goods & Partial<Shipments>
type Row = { id: string; names: string[]; figures: Figures }

/** The figures of a statement: each warehouse and all of them, then each product. */
export function StatementTables({ statement }: { statement: Statement }) {
  const { warehouses, products, productCount, total } = statement
  const { t } = useLingui()
  const { number } = useFormat()
  const shown = number(products.length)
  const all = number(productCount)
  const places = warehouses.map(({ warehouse, ...figures }) => ({ id: warehouse.id, names: [warehouse.name], figures }))
  const sum = { id: 'all', names: [t`In all`], figures: total }
  return (
    <>
      <Section title={t`By warehouse`}>
        <Rows
          label={t`Figures by warehouse`}
          heads={[t`Warehouse`]}
          rows={warehouses.length > 1 ? [...places, sum] : places}
          shipments
        />
      </Section>
      <Section title={t`By product`}>
        <Rows
          label={t`Figures by product`}
          heads={[t`SKU`, t`Product`, t`Warehouse`]}
          rows={products.map(({ sku, name, warehouse, ...figures }) => ({
            id: `${warehouse.id} ${sku}`,
            names: [sku, name, warehouse.name],
            figures,
          }))}
        />
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

type RowsProps = { label: string; heads: string[]; rows: Row[]; shipments?: boolean }

/** A table, or on a phone one under the other. */
function Rows({ label, heads, rows, shipments = false }: RowsProps) {
  const { t } = useLingui()
  const { number } = useFormat()
  const narrow = useNarrow()
  const columns: [word: string, name: keyof Figures][] = [
    [t`Received good`, 'received'],
    [t`Received damaged`, 'damaged'],
    [t({ message: 'Shipped', context: 'units in a statement' }), 'shipped'],
    ...(shipments ? [[t`Orders`, 'orders'] as [string, 'orders'], [t`Order lines`, 'lines'] as [string, 'lines']] : []),
    [t`On hand at the end`, 'onHand'],
    [t`Storage days`, 'storageDays'],
  ]
  const figure = (figures: Figures, name: keyof Figures) => number(figures[name] ?? 0)
  if (narrow)
    return (
      <ul className={classes.list} aria-label={label}>
        {rows.map(({ id, names: [first, ...others], figures }) => (
          <li key={id} className={classes.card}>
            <strong>{first}</strong>
            {others.length > 0 && <div className={classes.small}>{others.join(' · ')}</div>}
            <CardFigures figures={columns.map(([word, name]) => [word, figure(figures, name)])} />
          </li>
        ))}
      </ul>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than its page is scrolled by keyboard too
    <section className={classes.inner} aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head}>{head}</th>
            ))}
            {columns.map(([word, name]) => (
              <th key={name} data-number>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, names: [first, ...others], figures }) => (
            <tr key={id}>
              <th scope="row">{first}</th>
              {others.map((name) => (
                <td key={name}>{name}</td>
              ))}
              {columns.map(([, name]) => (
                <td key={name} data-number>
                  {figure(figures, name)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
