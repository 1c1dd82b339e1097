import { describe, expect, it } from 'vitest'
import { accounts, memberOf, type Name, parties, stores, warehouses } from '../testing/cast.ts'
import { houseStore } from '../testing/scene.ts'
import { useStock } from '../testing/stock-scene.ts'
import { at } from '../testing/world.ts'

describe('goods and transfers of who is kept to a part of the house', () => {
  const { world, product, adjust } = useStock()
  const keep = async (who: Name, table: 'stores' | 'warehouses', id: string) => {
    const member = memberOf(who)
    await world.owner.query(`update access.members set all_${table} = false where id = $1`, [member])
    await world.owner.query(
      `insert into access.member_${table} (account_id, member_id, ${table.slice(0, -1)}_id) values ($1, $2, $3)`,
      [accounts.one.id, member, id],
    )
  }
  const skus = async (who: Name, call: string) =>
    (await world.as(who, `GET ${call}`)).body.items.map((row: { sku?: string; product?: { sku: string } }) =>
      row.product ? row.product.sku : row.sku,
    )

  it('who is kept to a store has to do with the goods that it sells: of its client, or of the house', async () => {
    const goods = {
      petit: await product('TEA', parties.P1.id),
      rivet: await product('RUM', parties.P2.id),
      house: await product('BOX'),
    }
    for (const id of Object.values(goods)) await adjust(id, 5)
    const change = async (who: Name, productId: string) => {
      const there = { productId, warehouseId: warehouses.main }
      const adjusted = await world.as(who, 'POST /stock/adjustments', { ...there, by: 1, reason: 'Found' })
      const { onHand } = (await world.as('A1', `GET /stock/products/${productId}`)).body.total
      const counted = await world.as(who, 'POST /stock/counts', { ...there, expected: onHand, counted: onHand })
      const level = await world.as(who, 'PUT /stock/low-levels', { ...there, level: 2 }, at(1))
      return [adjusted.status, counted.status, level.status]
    }
    const who: [Name, keyof typeof goods][] = [
      ['Ka', 'petit'],
      ['F1', 'house'],
    ]
    await keep('F1', 'stores', await houseStore(world))
    for (const [name, theirs] of who) {
      expect(await change(name, goods[theirs]), name).toEqual([200, 200, 200])
      const sku = { petit: 'TEA', house: 'BOX', rivet: 'RUM' }[theirs]
      for (const list of ['/stock', '/products']) expect(await skus(name, list), `${name} ${list}`).toEqual([sku])
      for (const [whose, id] of Object.entries(goods)) {
        if (whose === theirs) continue
        expect(await change(name, id), `${name} ${whose}`).toEqual([404, 404, 404])
        expect((await world.as(name, `GET /stock/products/${id}`)).status).toBe(404)
      }
    }
    const lines = [{ sku: 'TEA', quantity: 1 }]
    // Of another's goods there is no such SKU.
    for (const [ownerId, status] of [
      [parties.P1.id, 201],
      [parties.P2.id, 400],
    ] as const) {
      const lineOf = ownerId === parties.P1.id ? lines : [{ sku: 'RUM', quantity: 1 }]
      const body = { warehouseId: warehouses.main, fromWarehouseId: warehouses.north, ownerId, lines: lineOf }
      expect((await world.as('Ka', 'POST /transfers', body)).status).toBe(status)
    }
    expect((await world.as('Ka', `GET /orders?storeId=${stores.a}`)).status).toBe(200)
  })

  it('who looks after the warehouse that goods leave sees their transfer, prints it and ships it, and does nothing of what is done where it goes', async () => {
    const cup = await product('CUP')
    await adjust(cup, 30, warehouses.north)
    await adjust(cup, 30)
    const move = async (from: string, to: string) =>
      (
        await world.as('A1', 'POST /transfers', {
          warehouseId: to,
          fromWarehouseId: from,
          lines: [{ sku: 'CUP', quantity: 4 }],
        })
      ).body
    const [leaving, coming] = [
      await move(warehouses.north, warehouses.main),
      await move(warehouses.main, warehouses.north),
    ]
    await product('MUG', parties.P1.id)
    const lines = [{ sku: 'MUG', quantity: 2 }]
    const ofClient = (await world.as('P1', 'POST /transfers', { warehouseId: warehouses.main, lines })).body
    await keep('W1', 'warehouses', warehouses.north)
    const { items } = (await world.as('W1', 'GET /transfers')).body
    const listed: string[] = items.map(({ id }: { id: string }) => id)
    expect([leaving.id, coming.id, ofClient.id].map((id) => listed.includes(id))).toEqual([true, true, false])
    expect((await world.as('W1', `GET /transfers/${ofClient.id}`)).status).toBe(404)
    const seen = (await world.as('W1', `GET /transfers/${leaving.id}`)).body
    expect([seen.lines.length, seen.timeline.length, seen.can]).toEqual([1, 1, { ship: true, print: true }])
    expect((await world.as('W1', `GET /transfers/${coming.id}`)).body.can).toMatchObject({ cancel: true, print: true })
    expect('ship' in (await world.as('W1', `GET /transfers/${coming.id}`)).body.can).toBe(false)
    expect((await world.as('W1', `GET /transfers/${leaving.id}/sheet`)).status).toBe(200)
    expect((await world.as('W1', `POST /transfers/${coming.id}/ship`, {})).status).toBe(403)
    expect((await world.as('W1', `POST /transfers/${leaving.id}/ship`, {})).body).toMatchObject({ state: 'shipped' })
    for (const [step, body] of [
      ['deliver', {}],
      ['receive', {}],
      ['cancel', { reason: 'No' }],
      ['close', { reason: 'No', rest: 'sent_back' }],
    ] as const) {
      const version = step === 'deliver' ? {} : at(2)
      expect((await world.as('W1', `POST /transfers/${leaving.id}/${step}`, body, version)).status, step).toBe(403)
    }
    expect((await world.as('A1', `POST /transfers/${leaving.id}/receive`, {}, at(2))).body.state).toBe('received')
    expect((await world.as('A1', `POST /transfers/${coming.id}/ship`, {})).status).toBe(200)
    expect((await world.as('W1', `POST /transfers/${coming.id}/receive`, {}, at(2))).body.state).toBe('received')
  })
})
