import { describe, expect, it } from 'vitest'
import { registered } from '#kernel/routes.ts'
import { stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { addOrders } from './index.ts'

/** Figures that occur nowhere else: what the buyer paid for a unit, for shipping, in all. */
const unit = 731_413
const shipping = 84_519
const sentinels = new RegExp(`${unit}|${shipping}|${2 * unit * 100 + shipping}`)

describe('what the buyer paid, and customer service', () => {
  let id = ''
  const world = useWorld(async (w) => {
    const draft = { ...orderDraft('paid', { lines: [line('A', 2, unit * 1_000_000)] }), shippingTotal: shipping }
    id = (await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [draft] }))).get('paid')!
    await w.as('A1', `POST /orders/${id}/ship`, { carrier: 'DHL', cost: { amount: 91_317, currency: 'EUR' } })
  })
  const switchTo = async (on: boolean) => {
    const role = (await world.as('A1', 'GET /roles')).body.items.find(
      (one: { slug: string }) => one.slug === 'customer-service',
    )
    const rest = role.permissions.filter((word: string) => word !== 'orders:amounts')
    const permissions = on ? [...rest, 'orders:amounts'] : rest
    expect((await world.as('A1', `PATCH /roles/${role.id}`, { permissions }, at(role.version))).status).toBe(200)
  }
  const paths = () => [
    '/orders',
    `/orders/${id}`,
    `/orders/${id}/fulfillment-orders`,
    '/orders/requests?state=all',
    '/orders/averages',
    '/orders/counts',
  ]

  it('S1.17 D2 switched off, no answer holds an amount, and none can be matched or sorted by', async () => {
    for (const path of paths())
      expect([path, sentinels.test((await world.as('C1', `GET ${path}`)).text)]).toEqual([path, false])
    const [row] = (await world.as('C1', 'GET /orders')).body.items
    expect(Object.keys(row)).not.toContain('total')
    expect((await world.as('C1', `GET /orders?q=${unit}`)).body.items).toEqual([])
    for (const query of ['sort=total', 'sort=-total', 'total=1', 'totalFrom=1'])
      expect([query, (await world.as('C1', `GET /orders?${query}`)).status]).toEqual([query, 400])
  })

  it('D2 switched on, the amounts are in list and order from the next request on, and nothing else opens', async () => {
    await switchTo(true)
    const [row] = (await world.as('C1', 'GET /orders')).body.items
    expect(row.total.amount).toBe(2 * unit * 100 + shipping)
    const order = (await world.as('C1', `GET /orders/${id}`)).body
    expect([order.amounts.shippingTotal, order.lines[0].unitPriceMicros]).toEqual([shipping, unit * 1_000_000])
    expect((await world.as('C1', `GET /orders/${id}/fulfillment-orders`)).text).not.toContain('91317')
    for (const call of ['POST /orders/export', 'GET /products', 'GET /suppliers', 'POST /orders'] as const)
      expect([call, (await world.as('C1', call, call.startsWith('POST') ? {} : undefined)).status]).toEqual([call, 403])
    await switchTo(false)
    expect((await world.as('C1', `GET /orders/${id}`)).body.amounts).toBeUndefined()
  })

  it('S1.13 S1.14 S1.24 D4 customer service is refused every endpoint but those of its work', async () => {
    const words: string[] = (await world.as('C1', 'GET /me')).body.permissions
    const never = [
      'orders:create',
      'orders:import',
      'orders:export',
      'orders:bulk',
      'products:read',
      'products:edit',
      'suppliers:read',
      'rules:read',
      'users:read',
      'keys:manage',
      'fulfillment:assign',
      'fulfillment:ship',
      'shipping-costs:read',
      'orders:approve',
    ]
    expect(words.filter((word) => never.includes(word))).toEqual([])
    const refused: string[] = []
    for (const { endpoint } of registered) {
      if (endpoint.allow === 'public' || endpoint.allow === 'signed-in' || words.includes(endpoint.allow)) continue
      const path = endpoint.path.replace(/:\w+/g, id)
      const answer = await world.as('C1', `${endpoint.method} ${path}`, endpoint.method === 'GET' ? undefined : {})
      expect([endpoint.path, answer.status]).toEqual([endpoint.path, 403])
      refused.push(endpoint.path)
    }
    for (const path of [
      '/orders/batch',
      '/orders/export',
      '/imports',
      '/products',
      '/suppliers',
      '/rules',
      '/members',
      '/orders/assign',
    ])
      expect(refused).toContain(path)
  })

  it('89 what answers a change shows no more than what answers a look', async () => {
    const answers = [
      await world.as('C1', `POST /orders/${id}/comments`, { text: 'Hello', visibility: 'internal' }),
      await world.as('C1', `POST /orders/${id}/tags`, { tag: 'vip' }),
      await world.as('C1', `PATCH /orders/${id}`, { priority: true }, at(1)),
      await world.as('C1', `POST /orders/${id}/requests`, {
        reason: 'r',
        edit: { lines: [{ lineId: id, unitPriceMicros: 1 }] },
      }),
    ]
    for (const { text } of answers) expect(text).not.toMatch(sentinels)
  })
})
