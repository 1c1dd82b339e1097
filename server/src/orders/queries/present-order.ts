import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { FieldPath, Value } from '../edit-body.ts'
import { type EditPath, editFields, fieldAt } from '../edit-fields.ts'

export interface PresentLine {
  id: string
  position: number
  quantity: number
  cancelled: number
  shipped: number
  /** Absent for who may not see what the buyer paid. */
  unitPriceMicros: number | null
  discountRate: string | null
  discountMicros: number | null
}
/** An order as an edit finds it. */
export interface Present {
  id: string
  store_id: string
  version: number
  stage: string
  held: boolean
  ours: boolean
  fields: Partial<Record<FieldPath, Value>>
  lines: PresentLine[]
}

/** What stands in every field that may be edited, as far as the caller may read it; undefined where he sees no such order. */
export async function presentOrder(tx: Tx, id: string): Promise<Present | undefined> {
  const columns = (Object.keys(editFields) as EditPath[]).map((path) => {
    const { table, column } = fieldAt(path)
    return sql`${sql.lit(path)}::text, ${sql.ref(`${table}.${column}`)}`
  })
  const [orders, lines] = await tx.all(
    sql<Omit<Present, 'lines'>>`
      select orders.id, orders.store_id, orders.version, orders.stage_of(orders.id) as stage, jsonb_build_object(${sql.join(columns)}) as fields,
             exists (select from orders.holds h where h.account_id = orders.account_id and h.order_id = orders.id and h.released_at is null) as held,
             exists (select from orders.holds h where h.account_id = orders.account_id and h.order_id = orders.id and h.released_at is null
                      and h.side = case (select app.audience()) when 'client' then 'client' else 'host' end) as ours
        from orders.orders
        left join orders.recipients on recipients.account_id = orders.account_id and recipients.order_id = orders.id
        left join orders.contacts on contacts.account_id = orders.account_id and contacts.order_id = orders.id
       where orders.id = ${id}`,
    sql<PresentLine>`
      select l.id, l.position, l.quantity, l.cancelled_quantity as cancelled, coalesce(u.shipped, 0) as shipped,
             a.unit_price_micros as "unitPriceMicros", a.discount_rate as "discountRate", a.discount_micros as "discountMicros"
        from orders.lines l
        left join fulfillment.units_of(array[${id}]::uuid[]) u on u.order_line_id = l.id
        left join orders.line_amounts a on a.account_id = l.account_id and a.line_id = l.id
       where l.order_id = ${id} order by l.position`,
  )
  if (!orders[0]) return undefined
  const ofLines = lines.flatMap(({ id: lineId, quantity, cancelled, unitPriceMicros, discountRate }) => [
    [`lines.${lineId}.quantity`, quantity - cancelled],
    [`lines.${lineId}.unitPriceMicros`, unitPriceMicros],
    [`lines.${lineId}.discountRate`, discountRate === null ? null : Number(discountRate)],
  ])
  return { ...orders[0], fields: { ...orders[0].fields, ...Object.fromEntries(ofLines) }, lines }
}
