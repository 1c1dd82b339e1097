import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { announce } from '#kernel/events.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import { linesTotals } from '../amounts.ts'
import type { Values } from '../edit-body.ts'
import type { Present, PresentLine } from '../queries/present-order.ts'

/**
 * The lines as they are to be. Fewer units cancel the others; what left stays. More are ordered on top.
 * @throws Problem invalid_request where fewer are wanted than have left
 */
export function linesToChange(order: Present, values: Values): PresentLine[] {
  return order.lines.flatMap((line) => {
    const wanted = (name: string) => values.get(`lines.${line.id}.${name}` as never)
    const quantity = wanted('quantity') as number | undefined
    const price = wanted('unitPriceMicros') as number | undefined
    const rate = wanted('discountRate') as number | null | undefined
    if (quantity === undefined && price === undefined && rate === undefined) return []
    if (quantity !== undefined && quantity < line.shipped)
      throw invalid(`lines.${line.id}.quantity`, `must not be less than the ${line.shipped} that have left`)
    const live = line.quantity - line.cancelled
    const more = Math.max((quantity ?? live) - live, 0)
    return [
      {
        ...line,
        quantity: line.quantity + more,
        cancelled: line.cancelled + Math.max(live - (quantity ?? live), 0),
        unitPriceMicros: price ?? line.unitPriceMicros,
        ...(rate === undefined ? {} : { discountRate: rate === null ? null : rate.toFixed(8), discountMicros: null }),
      },
    ]
  })
}

/**
 * Writes changed lines. What a buyer paid is computed anew where a price changed or more was ordered; what is cancelled
 * stays paid until somebody refunds it.
 * @throws Problem not_permitted for who may not see what the buyer paid, where it would change
 */
export async function changeLines(tx: Tx, order: Present, changed: PresentLine[]): Promise<void> {
  const before = new Map(order.lines.map((line) => [line.id, line]))
  const repriced = changed.some((line) => {
    const was = before.get(line.id)!
    return (
      line.quantity !== was.quantity ||
      line.unitPriceMicros !== was.unitPriceMicros ||
      line.discountRate !== was.discountRate ||
      line.discountMicros !== was.discountMicros
    )
  })
  const fewer = changed.some((line) => line.cancelled > before.get(line.id)!.cancelled)
  const totals = repriced ? await totalsOf(tx, order, changed) : null
  await tx.rows(
    sql`select orders.change_lines(${order.id}, ${json(changed)}, ${totals === null ? null : json(totals)})`,
  )
  await tx.rows(sql`select orders.recompute(${uuids([order.id])})`)
  if (fewer) await announce(tx, 'orders.cancelled', { orderIds: [order.id], reason: '' })
}

async function totalsOf(tx: Tx, order: Present, changed: PresentLine[]) {
  const paid = await tx.first(sql<{ currency: string; shipping: number; tax: number }>`
    select currency, shipping_total as shipping, tax_total as tax from orders.order_amounts where order_id = ${order.id}`)
  if (!paid) throw new Problem('not_permitted', undefined, { extra: { permission: 'orders:amounts' } })
  const lines = order.lines.map((line) => changed.find(({ id }) => id === line.id) ?? line)
  for (const { id, unitPriceMicros, quantity, discountMicros } of lines)
    if ((discountMicros ?? 0) > (unitPriceMicros ?? 0) * quantity)
      throw invalid(`lines.${id}.unitPriceMicros`, 'must not be less than the discount of the line')
  const priced = lines.map((line) => ({ ...line, unitPriceMicros: line.unitPriceMicros ?? 0 }))
  const { gross, discount, net } = linesTotals(priced, paid.currency)
  return { lines: gross, discount, total: net + paid.shipping + paid.tax }
}
