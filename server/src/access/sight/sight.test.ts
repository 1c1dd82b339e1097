import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { memberOf, type Name, parties, stores } from '../../testing/cast.ts'
import { orderDraft } from '../../testing/scene.ts'
import { useWorld } from '../../testing/world.ts'

describe('what a person can see', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', async (tx) => {
      await addOrders(tx, { storeId: stores.a, orders: [orderDraft('N-1'), orderDraft('N-2')] })
      const ids = await addOrders(tx, { storeId: stores.b, orders: [orderDraft('N-3')] })
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${[...ids.values()][0]!}`)
      await assignLines(tx, { lines, to: { supplierId: parties.S1.id } })
    })
  })
  const sight = (who: Name, of: Name) => world.as(who, `GET /members/${memberOf(of)}/sight`)
  const counts = async (of: Name) => {
    const { body } = await sight('A1', of)
    return (
      body.counts &&
      Object.fromEntries(body.counts.map((one: { what: string; count: number }) => [one.what, one.count]))
    )
  }

  it('is counted by the database under his very rights, whatever narrows them', async () => {
    for (const who of ['C1', 'C1s', 'F1', 'V1'] as const) {
      const { items } = (await world.as(who, 'GET /orders')).body
      expect([who, (await counts(who)).orders]).toEqual([who, items.length])
    }
    expect(await counts('C1s')).toMatchObject({ orders: 2, products: 0, users: 0, stock: 0, transfers: 0, clients: 0 })
    expect((await counts('W1')).clients).toBe(2)
    expect(await counts('S1')).toEqual({ fulfillmentOrders: 1, shipments: 0 })
    expect(await counts('S2')).toEqual({ fulfillmentOrders: 0, shipments: 0 })
    expect(await counts('A1')).toMatchObject({ orders: 3 })
    const { rows } = await world.owner.query("select count(*)::int as n from identity.sessions where purpose = 'view'")
    expect(rows[0].n).toBe(0)
  })

  it('says each permission with where it comes from, the fields, and the scope with names', async () => {
    await world.owner.query(
      "update access.roles set permissions = permissions || '{orders:amounts}' where slug = 'customer-service' and account_id = (select account_id from access.members where id = $1)",
      [memberOf('C1s')],
    )
    const { body } = await sight('A1', 'C1s')
    const from = Object.fromEntries(
      body.permissions.map((one: { permission: string; from: string }) => [one.permission, one.from]),
    )
    expect(from).toMatchObject({ 'orders:read': 'role', 'orders:amounts': 'switch' })
    expect(from['products:read']).toBe(undefined)
    expect(body.scope.stores).toEqual([{ id: stores.a, name: 'Store a' }])
    const seen = Object.fromEntries(body.fields.map((one: { field: string; seen: boolean }) => [one.field, one.seen]))
    expect(seen).toMatchObject({ recipient: true, contact: true, amounts: true, costs: false, carrierCosts: false })
    const supplier = (await sight('A1', 'S1')).body.fields.filter((one: { seen: boolean }) => one.seen)
    expect(supplier.map((one: { field: string }) => one.field)).toEqual(['recipient'])
  })

  it('S2.15 counts nothing as a client, nor for whom one may not look as, nor who is not let in', async () => {
    expect(await counts('S1p')).not.toBe(null)
    expect(await counts('P1')).toBe(null)
    await world.owner.query('update access.members set deactivated_at = now() where id = $1', [memberOf('S1p')])
    expect(await counts('S1p')).toBe(null)
    expect((await sight('A2', 'C1')).status).toBe(404)
    expect((await sight('F1', 'C1')).status).toBe(403)
  })

  it('everybody sees his own: what he may do, his access, and until when', async () => {
    for (const who of ['C1s', 'P1', 'S1', 'Ka'] as const) {
      const { status, body } = await world.as(who, 'GET /me/access')
      const me = (await world.as(who, 'GET /me')).body
      expect([who, status]).toEqual([who, 200])
      expect(body.permissions.map((one: { permission: string }) => one.permission)).toEqual(me.permissions)
    }
    const { scope } = (await world.as('P1', 'GET /me/access')).body
    expect(scope.stores).toEqual([{ id: stores.a, name: 'Store a' }])
  })
})
