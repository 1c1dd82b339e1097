import { expect } from 'vitest'
import { upsertProducts } from '#catalog'
import { addOrders, type NewOrder } from '#orders'
import { parties, stores } from './cast.ts'
import { line, orderDraft } from './scene.ts'
import type { World } from './world.ts'

export const tagged = (tag: string, lines: 'any' | 'all' | 'none' = 'any') => ({
  match: 'all',
  of: [{ about: 'line_tag', lines, tag }],
})
export const assign = (party: 'S1' | 'S2', lines: 'matching' | 'all' = 'matching') => ({
  do: 'assign',
  supplierId: parties[party].id,
  lines,
})
export const exotic = 'supplier:Exotic Liquids'
export const pavlova = 'supplier:Pavlova, Ltd.'

/** For both clients: products X-1, X-2 (Exotic Liquids), P-1 (Pavlova, Ltd.) and N-1, which nobody is tagged for. */
export const layOut = async (w: World) => {
  const product = (sku: string, tags: string[]) => ({
    sku,
    name: sku,
    description: null,
    barcodes: [],
    discontinued: null,
    price: null,
    cost: null,
    tags,
  })
  const products = [product('X-1', [exotic]), product('X-2', [exotic]), product('P-1', [pavlova]), product('N-1', [])]
  for (const clientId of [parties.P1.id, parties.P2.id])
    await w.work('A1', (tx) => upsertProducts(tx, { products, mode: 'both', clientId }))
}
export const arrive = async (w: World, orders: NewOrder[], storeId: string = stores.a) => {
  const ids = await w.work('A1', (tx) => addOrders(tx, { storeId, orders }))
  await w.drain()
  return ids
}
export const order = (number: string, skus: string[], change: Partial<NewOrder> = {}): NewOrder => ({
  ...orderDraft(number, { lines: skus.map((sku) => line(sku, 2, 1_000_000)) }),
  ...change,
})
/** Who was given which SKUs of an order. */
export const given = async (w: World, orderId: string) => {
  const { rows } = await w.owner.query<{ fulfiller_name: string; skus: string[] }>(
    `select f.fulfiller_name, array_agg(l.sku order by l.sku) as skus from fulfillment.fulfillment_orders f
       join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
      where f.order_id = $1 group by f.id, f.fulfiller_name order by f.fulfiller_name`,
    [orderId],
  )
  return rows.map(({ fulfiller_name, skus }) => [fulfiller_name, ...skus])
}
export const addRule = async (w: World, rule: object) => {
  const made = await w.as('A1', 'POST /rules', { name: 'A rule', ...rule })
  expect([made.status, made.body]).toEqual([201, { id: expect.any(String) }])
  return made.body.id as string
}
export const runNow = async (w: World) => {
  const started = await w.as('A1', 'POST /rules/run')
  expect(started.status).toBe(202)
  await w.drain()
  return (await w.as('A1', `GET /jobs/${started.body.jobId}`)).body
}
