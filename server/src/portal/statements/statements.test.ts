import { describe, expect, it } from 'vitest'
import { parties, stores, warehouses } from '../../testing/cast.ts'
import { bringIn } from '../../testing/people.ts'
import { line } from '../../testing/scene.ts'
import { useStock } from '../../testing/stock-scene.ts'
import { at } from '../../testing/world.ts'

describe('the monthly statement of a client', () => {
  const { world, product, adjust, order, assign } = useStock()
  const ids: Record<string, string> = {}
  const month = new Date().toISOString().slice(0, 7)

  /** What moved long ago, at an instant of its own. */
  const move = (sku: string, instant: string, onHand: number, warehouseId: string = warehouses.main) =>
    world.owner.query(
      `with level as (
         insert into stock.levels as l (account_id, warehouse_id, product_id, owner_party_id, on_hand)
         select account_id, $3, id, owner_party_id, greatest($4, 0) from catalog.products where id = $1
         on conflict (account_id, warehouse_id, product_id, owner_party_id, lot, location, condition) do update set on_hand = l.on_hand + $4::integer
         returning *)
       insert into stock.movements (account_id, id, at, warehouse_id, product_id, owner_party_id, kind, on_hand, actor, via)
       select account_id, gen_random_uuid(), $2, warehouse_id, product_id, owner_party_id, 'adjusted', $4, 'A1', 'hand' from level`,
      [ids[sku], instant, warehouseId, onHand],
    )
  const statement = async (who: Parameters<typeof world.as>[0], of: string, more = '') =>
    await world.as(who, `GET /statements?month=${of}${more}`)
  const ofP1 = `&clientId=${parties.P1.id}`

  it('S2.1 counts storage by what was on hand when each day ended, in the zone of the account', async () => {
    ids.TEA = await product('TEA', parties.P1.id)
    ids.CUP = await product('=CUP', parties.P1.id)
    ids.RUM = await product('RUM', parties.P2.id)
    // Paris is an hour ahead in January: the first is on hand at the end of the 1st, the second on the 31st alone.
    await move('TEA', '2025-12-31T23:30:00Z', 10)
    await move('TEA', '2026-01-30T23:30:00Z', 5)
    await move('TEA', '2026-01-31T23:30:00Z', 100)
    await move('CUP', '2026-01-10T12:00:00Z', 4)
    await move('CUP', '2026-01-10T18:00:00Z', -4)
    await move('CUP', '2026-01-20T12:00:00Z', 2, warehouses.north)
    await move('RUM', '2026-01-01T12:00:00Z', 1000)
    const { body, text, status } = await statement('A1', '2026-01', ofP1)
    expect(status, text).toBe(200)
    expect(body).toMatchObject({ client: 'Client Petit', month: '2026-01', through: '2026-01-31', soFar: false })
    expect(body.total).toMatchObject({ storageDays: 315 + 24, onHand: 17, received: 0, orders: 0 })
    expect(body.warehouses.map((one: { storageDays: number }) => one.storageDays)).toEqual([315, 24])
    const february = (await statement('A1', '2026-02', ofP1)).body
    expect(february.total).toMatchObject({ storageDays: 115 * 28 + 2 * 28, onHand: 117 })
    expect((await statement('A1', '2025-11', ofP1)).body).toMatchObject({
      products: [],
      warehouses: [],
      productCount: 0,
    })
  })

  it('S2.8 a client reads his own, of the warehouses granted to him; nobody reads one of a client he does not know', async () => {
    const mine = (await statement('P1', '2026-01')).body
    expect(mine.warehouses).toMatchObject([{ warehouse: { id: warehouses.main }, storageDays: 315 }])
    expect(mine.total.storageDays).toBe(315)
    expect((await statement('P1', '2026-01', ofP1)).body).toEqual(mine)
    expect((await statement('P2', '2026-01')).body.total.storageDays).toBe(31_000)
    expect((await statement('P2', '2026-01', ofP1)).status).toBe(404)
    expect((await statement('$1', '2026-01', ofP1)).status).toBe(200)
    expect((await statement('Ka', '2026-01', ofP1)).status).toBe(200)
    expect((await statement('Ka', '2026-01', `&clientId=${parties.P2.id}`)).status).toBe(404)
    expect((await statement('A2', '2026-01', ofP1)).status).toBe(404)
    expect((await statement('A1', '2026-01', `&clientId=${parties.S1.id}`)).status).toBe(404)
    for (const who of ['C1', 'W1', 'V1', 'S1'] as const)
      expect((await statement(who, '2026-01', ofP1)).status).toBe(403)
    const grant = {
      role: 'client-member',
      partyId: parties.P1.id,
      scope: { stores: [stores.a], warehouses: [warehouses.main] },
    }
    const cookie = await bringIn(world, { email: 'member@example.com', ...grant })
    const asMember = await world.as(null, 'GET /p/aster-goods/api/v1/statements?month=2026-01', undefined, { cookie })
    expect(asMember.status).toBe(403)
  })

  it('says which field is wrong: no client, a month that is none, one that is yet to come', async () => {
    expect((await statement('A1', '2026-01')).body.errors[0].field).toBe('clientId')
    expect((await statement('P1', '2026-13')).body.errors[0].field).toBe('month')
    expect((await statement('P1', '2099-01')).body.errors[0].field).toBe('month')
  })

  it('S2.30 counts what was received good and damaged, what was shipped, its orders and lines, and says so far', async () => {
    const goods = { sku: 'TEA', quantity: 10 }
    const made = (await world.as('P1', 'POST /transfers', { warehouseId: warehouses.main, lines: [goods] })).body
    await world.as('P1', `POST /transfers/${made.id}/ship`, {})
    const counts = [{ lineId: made.lines[0].id, good: 7, damaged: 2 }]
    expect((await world.as('W1', `POST /transfers/${made.id}/receive`, { lines: counts }, at(2))).status).toBe(200)
    await adjust(ids.TEA!, 3)
    const { id, lines } = await order('N-1', [line('TEA', 2, 1_000_000)], undefined, stores.a)
    await assign(id, lines, { warehouseId: warehouses.main })
    const before = (await statement('P1', month)).body.total
    expect(before).toMatchObject({ received: 7, damaged: 2, shipped: 0, orders: 0, lines: 0 })
    const shipped = await world.as('A1', `POST /orders/${id}/ship`, {
      shippedOn: new Date().toISOString().slice(0, 10),
      carrier: 'DHL',
    })
    expect([shipped.status, shipped.text]).toEqual([200, expect.anything()])
    const { body } = await statement('P1', month)
    expect(body).toMatchObject({ month, soFar: true })
    expect(body.total).toMatchObject({ received: 7, damaged: 2, shipped: 2, orders: 1, lines: 1 })
    expect((await statement('P2', month)).body.total).toMatchObject({ received: 0, shipped: 0, orders: 0 })
    expect((await statement('A1', month, ofP1)).body.total).toMatchObject({ received: 7, orders: 1, lines: 1 })
  })

  it('is the same as CSV, where no cell is a formula', async () => {
    const file = await world.as('A1', `GET /statements/export?month=2026-01${ofP1}&language=fr`)
    expect(file.headers['content-disposition']).toBe('attachment; filename="statement-2026-01.csv"')
    const rows = file.text.trim().split('\r\n')
    expect(rows[0]).toContain('Entrepôt')
    expect(rows).toHaveLength(1 + 2 + 2)
    expect(rows.find((row) => row.includes('CUP'))).toContain("'=CUP")
    expect(rows.find((row) => row.includes('TEA'))).toContain(';TEA;TEA;0;0;0;;;15;315')
    expect((await world.as('P2', `GET /statements/export?month=2026-01${ofP1}`)).status).toBe(404)
  })
})
