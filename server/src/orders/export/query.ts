import { guarded } from '#kernel/db/guarded.ts'
import { type Statement, sql } from '#kernel/db/sql.ts'
import { type OrderFilter, orderConditions } from '../queries/order-filter.ts'
import type { ExportColumn, Language } from './columns.ts'
import { besideLine, besideOrder } from './sources.ts'

export interface ExportScope {
  filter: OrderFilter
  sort: '-placed' | 'placed'
  /** Only lines that carry this product tag. */
  onlyTag: string | undefined
  language: Language
  decimalComma: boolean
}

/**
 * The lines of all orders a filter matches, in the order of the list, each cell as it stands in the file; an order without
 * lines is one row. With `onlyTag` the orders come from the filter all the same; an order that loses all its lines by it
 * could not have matched.
 *
 * Cells are made here rather than in the program, which has others to answer meanwhile: it hands the pieces on. What is
 * the order's is made once, not with each of its lines (`offset 0` keeps PostgreSQL from pulling it up), and the wide rows
 * are sorted by one number.
 */
export function exportQuery(columns: readonly ExportColumn[], scope: ExportScope): Statement<unknown> {
  const { filter, sort, onlyTag } = scope
  const direction = sort === '-placed' ? sql`desc` : sql`asc`
  const wanted = new Set<string>(columns.flatMap(({ sources }) => sources))
  const beside = (joins: Record<string, Statement<unknown>>) =>
    sql.join(
      Object.entries(joins).flatMap(([source, join]) => (wanted.has(source) ? [join] : [])),
      sql` `,
    )
  const ofOrder = columns.filter(({ level }) => level === 'order')
  const made = ofOrder.map((column) => sql`, ${cellOf(column, scope)} as ${sql.ref(column.key)}`)
  const cells = columns.map((column) =>
    column.level === 'order' ? sql`o.${sql.ref(column.key)}` : cellOf(column, scope),
  )
  const lines = onlyTag
    ? sql`join orders.lines l on l.account_id = o.account_id and l.order_id = o.id and exists (
        select from orders.line_tags t where t.account_id = l.account_id and t.line_id = l.id and t.tag = ${onlyTag})`
    : sql`left join orders.lines l on l.account_id = o.account_id and l.order_id = o.id`
  return sql`
    select ${sql.join(cells)}
      from (select o.account_id, o.id, row_number() over (order by o.placed_at ${direction}, o.id ${direction}) as n${wanted.has('amounts') ? sql`, a.currency as paid_in` : sql``}${sql.join(made, sql``)}
              from orders.orders o ${beside(besideOrder)}
             where ${orderConditions(filter)} offset 0) o
      ${lines}
      ${beside(besideLine)}
     order by o.n * 1000000 + coalesce(l.position, 0)`
}

function cellOf({ kind, cell }: ExportColumn, { language, decimalComma }: ExportScope): Statement<unknown> {
  if (kind === 'text') return guarded(cell(language))
  return kind === 'number' && decimalComma ? sql`replace(${cell(language)}, '.', ',')` : cell(language)
}
