import { describe, expect, it } from 'vitest'
import { stores } from '../testing/cast.ts'
import { useWorld, type World } from '../testing/world.ts'

const draft = (number: string, change: object = {}) => ({
  storeId: stores.a,
  number,
  placedAt: '2026-03-01T23:30:00Z',
  recipient: { buyerName: 'Zoë Martin', name: 'Zoë Martin', line1: '3 rue Haute', city: 'Reims', country: 'FR' },
  contact: { email: 'zoe@example.com' },
  shippingTotal: 590,
  lines: [
    { sku: 'NW-011', name: 'Queso Cabrales', quantity: 2, unitPriceMicros: 21_000_000, discountRate: 0.05 },
    { name: 'Gift card', quantity: 1, requiresShipping: false, unitPriceMicros: 10_000_000 },
  ],
  ...change,
})
const countOf = async (world: World, number: string) =>
  (await world.owner.query('select from orders.orders where number = $1', [number])).rowCount

describe('orders that programs create', () => {
  const world = useWorld()
  const create = (who: 'A1' | 'F1' | 'C1' | 'Ka', body: object) => world.as(who, 'POST /orders', body)
  const batch = (who: 'A1' | 'Ka', body: object) => world.as(who, 'POST /orders/batch', body)

  it('is there with its lines, amounts, story and under its words', async () => {
    const made = await create('A1', draft('API-1', { internalNote: 'Fragile', tags: ['gift', 'gift'] }))
    expect([made.status, made.body]).toEqual([201, { id: expect.any(String), number: 'API-1' }])
    const { body } = await world.as('A1', `GET /orders/${made.body.id}`)
    expect(body).toMatchObject({
      status: 'awaiting_shipment',
      placedAt: '2026-03-01T23:30:00.000Z',
      placedOn: '2026-03-02',
      amounts: { currency: 'EUR', linesTotal: 5_200, discountTotal: 210, shippingTotal: 590, total: 5_580 },
      recipient: { name: 'Zoë Martin', country: 'FR' },
      tags: ['gift'],
      timeline: [{ kind: 'order.created', actor: 'A1', via: 'hand' }],
      comments: [{ text: 'Fragile', visibility: 'internal' }],
    })
    expect(
      body.lines.map(({ name, requiresShipping }: { name: string; requiresShipping: boolean }) => [
        name,
        requiresShipping,
      ]),
    ).toEqual([
      ['Queso Cabrales', true],
      ['Gift card', false],
    ])
    expect((await world.as('A1', 'GET /orders?q=zoe')).body.items).toHaveLength(1)
  })

  it('takes the default store, its currency and this moment where nothing is said', async () => {
    const made = await create('A1', { number: 'API-2', lines: [{ sku: 'X', quantity: 1 }] })
    const { body } = await world.as('A1', `GET /orders/${made.body.id}`)
    expect(body.store.name).toBe('Aster Goods')
    expect(body.amounts.currency).toBe('EUR')
    expect(body.placedAt).not.toBeNull()
    expect((await create('Ka', { number: 'API-3', lines: [{ sku: 'X', quantity: 1 }] })).body.errors).toEqual([
      { field: 'storeId', message: 'is required: the default store is not yours' },
    ])
  })

  it('begins as what its facts make it: unpaid waits, what needs no shipping is done', async () => {
    const statusOf = async (body: object) =>
      (await world.as('A1', `GET /orders/${(await create('A1', body)).body.id}`)).body.status
    expect(await statusOf(draft('API-4', { payment: 'unpaid' }))).toBe('awaiting_payment')
    expect(await statusOf(draft('API-5', { lines: [{ name: 'Voucher', quantity: 1, requiresShipping: false }] }))).toBe(
      'shipped',
    )
  })

  it('F39 an external id that the store has already makes no second order: 409 with the id it has', async () => {
    const first = await create('F1', draft('API-6', { externalId: 'shop-6' }))
    const again = await create('F1', draft('API-6b', { externalId: 'shop-6' }))
    expect([again.status, again.body.code, again.body.id]).toEqual([409, 'already_exists', first.body.id])
    expect((await create('F1', draft('API-6', { externalId: 'shop-6', storeId: stores.b }))).status).toBe(201)
  })

  it('the rules run on it', async () => {
    await world.as('A1', 'POST /rules', {
      name: 'Big',
      condition: { match: 'all', of: [{ about: 'quantity', atLeast: 40 }] },
      actions: [{ do: 'tag', tag: 'big' }],
    })
    const made = await create('Ka', draft('API-7', { lines: [{ sku: 'X', quantity: 50 }] }))
    await world.drain()
    expect((await world.as('A1', `GET /orders/${made.body.id}`)).body.tags).toEqual(['big'])
  })

  it('names every field that is wrong', async () => {
    const lines = [
      { quantity: 1 },
      { sku: 'A', quantity: 2, unitPriceMicros: 1_000_000, discountRate: 0.1, discountMicros: 1 },
      { sku: 'A', quantity: 1_000_000, unitPriceMicros: 999_999_999_000_000 },
      { sku: 'A', quantity: 1, unitPriceMicros: 5, discountMicros: 6 },
    ]
    const wrong = draft(' ', {
      placedAt: '0000-01-01T00:00:00Z',
      currency: 'ABC',
      shipBy: '0001-01-01',
      recipient: { country: 'XX' },
      contact: { email: 'nobody' },
      lines,
    })
    const answer = await create('A1', wrong)
    expect(answer.status).toBe(400)
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'contact.email',
      'currency',
      'lines.0.name',
      'lines.1.discountMicros',
      'lines.2.unitPriceMicros',
      'lines.3.discountMicros',
      'number',
      'placedAt',
      'recipient.country',
      'shipBy',
    ])
  })

  it('S1.24 customer service, who may not create, is refused; a key creates in its own store only', async () => {
    expect((await create('Ka', draft('API-8'))).status).toBe(201)
    expect((await create('C1', draft('API-9'))).status).toBe(403)
    const hidden = await create('Ka', draft('API-9', { storeId: stores.b }))
    const never = await create('Ka', draft('API-9', { storeId: '01900000-0000-7000-8000-000000000000' }))
    expect([hidden.status, hidden.bare]).toEqual([404, never.bare])
    expect(await countOf(world, 'API-9')).toBe(0)
  })

  const fiveHundred = (name: string) => {
    const orders = Array.from({ length: 500 }, (_, index) => draft(`${name}-${index}`))
    orders[7] = draft(`${name}-7`, { lines: [] })
    orders[77] = draft(`${name}-77`, { currency: 'ABC' })
    orders[177] = draft(`${name}-0`)
    return orders
  }
  const at = async (name: string) =>
    (await world.owner.query("select from orders.orders where number like $1 || '-%'", [name])).rowCount

  it('F40 of 500 orders with 3 that are wrong, `valid` adds 497 and says why not of the 3', async () => {
    const orders = fiveHundred('V')
    const answer = await batch('Ka', { mode: 'valid', orders })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ created: 497, unchanged: 0, refused: 3 })
    const { rows } = answer.body
    expect([rows[7].errors[0].field, rows[77].errors[0].field, rows[177].errors[0].field]).toEqual([
      'lines',
      'currency',
      'externalId',
    ])
    expect(rows[0]).toEqual({ outcome: 'created', id: expect.any(String), number: 'V-0' })
    expect(await at('V')).toBe(497)
    const again = await batch('Ka', { mode: 'valid', orders })
    expect(again.body).toMatchObject({ created: 0, unchanged: 497, refused: 3 })
    expect(again.body.rows[0]).toEqual({ ...rows[0], outcome: 'unchanged' })
  })

  it('F40 and `all` adds none and names the 3', async () => {
    const answer = await batch('Ka', { mode: 'all', orders: fiveHundred('N') })
    expect(answer.status).toBe(400)
    expect(answer.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'orders.7.lines',
      'orders.77.currency',
      'orders.177.externalId',
    ])
    expect(await at('N')).toBe(0)
  })

  it('S3.14 one store that is not the caller’s rejects the whole call, as one that does not exist', async () => {
    const withStore = (storeId: string) => ({ mode: 'valid', orders: [draft('B-1'), draft('B-2', { storeId })] })
    const hidden = await batch('Ka', withStore(stores.b))
    const never = await batch('Ka', withStore('01900000-0000-7000-8000-000000000000'))
    expect([hidden.status, hidden.bare]).toEqual([404, never.bare])
    expect(await countOf(world, 'B-1')).toBe(0)
    expect((await batch('A1', withStore(stores.b))).body.created).toBe(2)
  })
})
