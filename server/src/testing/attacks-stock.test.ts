import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { registered } from '#kernel/routes.ts'
import { parties, warehouses } from './cast.ts'
import { useStock } from './stock-scene.ts'

/** What a client tries on stock; each by its number in the list of attacks. */
describe('a client and the goods in the warehouses', () => {
  const { world, product, adjust, level } = useStock()
  const words = ['stock:read', 'products:read']

  it('18 he reads his own goods in the warehouses granted to him, and nothing of the others', async () => {
    const own = await product('OWN', parties.P1.id)
    const others = [await product('OWN', parties.P2.id), await product('OWN')]
    for (const id of [own, ...others]) {
      await adjust(id, 7)
      await adjust(id, 5, warehouses.north)
    }
    await world.owner.query(
      "update access.roles set permissions = array(select distinct w from unnest(permissions || $1::text[]) w) where slug = 'client-admin'",
      [words],
    )
    const read = (table: string) =>
      world.work('P1', (tx) =>
        tx.rows(sql`select product_id, warehouse_id, on_hand::int from ${sql.table(`stock.${table}`)}`),
      )
    const seen = [{ product_id: own, warehouse_id: warehouses.main, on_hand: 7 }]
    expect(await read('levels')).toEqual(seen)
    expect(await read('movements')).toEqual(seen)
    const products = await world.work('P1', (tx) => tx.rows(sql`select id from catalog.products`))
    expect(products).toEqual([{ id: own }])
    for (const column of ['actor', 'member_id', 'via', 'location'])
      await expect(
        world.work('P1', (tx) => tx.rows(sql`select ${sql.ref(column)} from stock.movements`)),
      ).rejects.toThrow()
    for (const table of ['allocations', 'counts', 'settings', 'low_levels'])
      await expect(
        world.work('P1', (tx) => tx.rows(sql`select 1 from ${sql.table(`stock.${table}`)}`)),
      ).rejects.toThrow()
    for (const who of ['S1', 'S1p'] as const)
      await expect(world.work(who, (tx) => tx.rows(sql`select 1 from stock.levels`))).rejects.toThrow()
  })

  it('55 S2.20 S2.26 S2.27 he changes no stock by hand, through no endpoint and no function', async () => {
    const mine = await product('MINE', parties.P1.id)
    await adjust(mine, 3)
    const tries = [
      sql`select stock.adjust(${warehouses.main}, ${mine}, 5, 'Found')`,
      sql`select stock.count(${mine}, ${warehouses.main}, ${mine}, 3, 8, '')`,
      sql`select stock.move('[]')`,
      sql`select stock.put(${warehouses.main}, ${mine}, 5, 'adjusted', '', null)`,
      sql`update stock.levels set on_hand = 9`,
      sql`insert into stock.movements (account_id, id) select app.account_id(), ${mine}`,
      sql`update catalog.products set is_stocked = false`,
    ]
    for (const one of tries) await expect(world.work('P1', (tx) => tx.rows(one))).rejects.toThrow()
    const writing = registered.filter(
      ({ endpoint: { method, allow } }) =>
        method !== 'GET' && /^(stock|warehouses|products):(adjust|count|edit)$/.test(String(allow)),
    )
    expect(writing.length).toBeGreaterThan(1)
    for (const {
      endpoint: { method, path },
    } of writing) {
      const call = `${method} ${path.replaceAll(/:\w+/g, mine)}`
      const answer = await world.as('P1', call, {
        productId: mine,
        warehouseId: warehouses.main,
        by: 5,
        reason: 'Found',
      })
      expect([call, answer.status]).toEqual([call, 403])
    }
    expect(await level(mine)).toEqual({ onHand: 3, allocated: 0, backordered: 0 })
  })
})
