import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { addOrders } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'

describe('suppliers, told through HTTP', () => {
  const world = useWorld()

  it('S3.6 a supplier is created with a name alone, needs no login, and its name is taken once', async () => {
    const made = await world.as('A1', 'POST /suppliers', { name: ' Tokyo Traders ', email: 'orders@tokyo.example' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Tokyo Traders', open: 0, users: 0, rules: 0, archived: false })
    const again = await world.as('F1', 'POST /suppliers', { name: 'tokyo traders' })
    expect([again.status, again.body.errors[0].field]).toEqual([409, 'name'])
    expect((await world.as('A2', 'POST /suppliers', { name: 'Tokyo Traders' })).status).toBe(201)
  })

  it('shows what each has to do, and to whom it may be shown', async () => {
    const order = { ...orderDraft('1'), shipBy: '1996-07-10' }
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [order, orderDraft('2')] }))
    const lines = await Promise.all([...ids.values()].map(linesOf))
    await world.work('A1', (tx) => assignLines(tx, { lines: lines.flat(), to: { supplierId: parties.S1.id } }))
    const listed = (await world.as('A1', 'GET /suppliers')).body.items
    const names = listed.map(({ name }: { name: string }) => name)
    expect(names).toEqual(['Exotic Liquids', 'Pavlova, Ltd.', 'Tokyo Traders'])
    expect(listed[0]).toMatchObject({ open: 2, late: 1, rejected: 0, users: 2 })
    const accountant = (await world.as('$1', 'GET /suppliers')).body.items[0]
    expect(accountant.open).toBe(2)
    expect(accountant).not.toHaveProperty('users')
    expect(accountant).not.toHaveProperty('rules')
  })
  const linesOf = async (orderId: string) => {
    const { body } = await world.as('A1', `GET /orders/${orderId}`)
    return body.lines.map((line: { id: string }) => ({ orderId, orderLineId: line.id }))
  }

  it('is changed with its version, and archived: its users are refused at once', async () => {
    const path = `/suppliers/${parties.S2.id}`
    const before = (await world.as('A1', `GET ${path}`)).body
    const edited = await world.as('A1', `PATCH ${path}`, { email: 'p@example.com' }, at(before.version))
    expect([edited.status, edited.body.version]).toEqual([200, before.version + 1])
    const late = await world.as('F1', `PATCH ${path}`, { name: 'Late', email: 'p@example.com' }, at(before.version))
    expect([late.status, late.body.fields]).toEqual([412, { name: { yours: 'Late', theirs: before.name } }])
    expect((await world.as('S2', 'GET /me')).status).toBe(200)
    expect((await world.as('A1', `PATCH ${path}`, { archived: true }, at(before.version + 1))).body.archived).toBe(true)
    expect((await world.as('S2', 'GET /me')).status).toBe(401)
    expect((await world.as('A1', 'GET /suppliers?archived=true')).body.items).toHaveLength(1)
  })

  it('S1.26 customer service, suppliers and another account find nothing here', async () => {
    const path = `/suppliers/${parties.S1.id}`
    expect((await world.as('A1', `GET ${path}`)).status).toBe(200)
    for (const who of ['C1', 'W1', 'V1', 'S1', 'P1'] as const) {
      expect([who, (await world.as(who, 'GET /suppliers')).status]).toEqual([who, 403])
      expect([who, (await world.as(who, `GET ${path}`)).status]).toEqual([who, 403])
      expect([who, (await world.as(who, 'POST /suppliers', { name: 'X' })).status]).toEqual([who, 403])
    }
    expect((await world.as('$1', `PATCH ${path}`, { name: 'X' }, at(1))).status).toBe(403)
    expect((await world.as('A2', `GET ${path}`)).status).toBe(404)
    expect((await world.as('A2', `PATCH ${path}`, { name: 'X' }, at(1))).status).toBe(404)
  })
})
