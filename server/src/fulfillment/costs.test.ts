import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { accounts, cast, type Name, parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { keepAverages } from './index.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' })
/** The 15th of the month so many before this one. */
const month = (back: number, day = 15) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, day)).toISOString().slice(0, 10)
}
const first = (back: number) => month(back, 1)

describe('what carriers charge', () => {
  const ids: Record<string, string> = {}
  let made = 0
  const world = useWorld(async () => {
    await shipped('seen', { cost: eur(83_917_311) })
  })
  const order = async (number: string, storeId: string = stores.a, quantity = 2) => {
    const orders = [
      {
        ...orderDraft(number, { lines: [line('A', quantity, 1_000_000)] }),
        placedOn: month(3, 1),
        placedAt: `${month(3, 1)}T00:00:00Z`,
      },
    ]
    ids[number] = (await world.work('A1', (tx) => addOrders(tx, { storeId, orders }))).get(number)!
    return ids[number]!
  }
  const shipped = async (number: string, ship: object = {}, storeId?: string) => {
    const id = await order(number, storeId)
    const answer = await world.as('A1', `POST /orders/${id}/ship`, { carrier: 'DHL', ...ship })
    expect(answer.status).toBe(200)
    return answer.body.items[0].shipments[0]
  }
  const many = async (count: number, ship: object, storeId?: string) => {
    for (let at = 0; at < count; at++) await shipped(`m-${++made}`, ship, storeId)
  }
  const averages = async (who: Name = 'C1') => (await world.as(who, 'GET /orders/averages')).body
  const of = async (back: number, dimension: string, who: Name = 'C1') =>
    (await averages(who)).months
      .find((one: { month: string }) => one.month === first(back))
      .cost.filter((one: { dimension: string }) => one.dimension === dimension)
      .map((one: { name: string; average: { amount: number } }) => [one.name, one.average.amount])

  it('S1.17 is entered with the shipment, read by who may, corrected with its old value in the audit; absent for all others', async () => {
    const shipment = (await world.as('F1', `GET /orders/${ids.seen}/fulfillment-orders`)).body.items[0].shipments[0]
    expect(shipment.cost).toEqual(eur(83_917_311))
    expect((await world.as('$1', `GET /orders/${ids.seen}/fulfillment-orders`)).text).toContain('83917311')
    for (const who of Object.keys(cast) as Name[]) {
      if (['A1', 'F1', '$1', 'Ka'].includes(who)) continue
      for (const path of [
        `/orders/${ids.seen}`,
        `/orders/${ids.seen}/fulfillment-orders`,
        '/orders/averages',
        '/queue',
      ])
        expect([who, path, (await world.as(who, `GET ${path}`)).text.includes('83917311')]).toEqual([who, path, false])
      const refused = await world.as(who, `PUT /shipments/${shipment.id}/cost`, { cost: eur(1) }, at(1))
      expect([who, refused.status >= 403]).toEqual([who, true])
    }
    expect((await world.as('$1', `PUT /shipments/${shipment.id}/cost`, { cost: eur(1) }, at(1))).body.permission).toBe(
      'fulfillment:ship',
    )
    const forbidden = await world.as('W1', `POST /orders/${await order('by W1')}/ship`, {
      carrier: 'DHL',
      cost: eur(1),
    })
    expect([forbidden.status, forbidden.body.permission]).toEqual([403, 'shipping-costs:read'])
    expect((await world.as('F1', `PUT /shipments/${shipment.id}/cost`, { cost: eur(590) }, at(1))).status).toBe(200)
    const { rows } = await world.owner.query(
      "select changes from access.audit a join access.audit_values v on v.audit_id = a.id where action = 'shipment.costed' and subject_id = $1 order by id desc limit 1",
      [shipment.id],
    )
    expect(rows[0].changes).toEqual({ from: eur(83_917_311), to: eur(590) })
    expect(
      (await world.as('F1', `PUT /shipments/${shipment.id}/cost`, { cost: { amount: 1, currency: 'XXQ' } }, at(2)))
        .status,
    ).toBe(400)
    expect((await world.as('F1', `PUT /shipments/${shipment.id}/cost`, { cost: null }, at(2))).status).toBe(200)
    expect(
      (await world.as('F1', `GET /orders/${ids.seen}/fulfillment-orders`)).body.items[0].shipments[0].cost,
    ).toBeUndefined()
  })

  it('F45 S1.17 a cost is corrected on what one saw: who comes second is shown both; taken out, it is not new again', async () => {
    const path = `/shipments/${(await shipped('two hands', { cost: eur(500) })).id}/cost`
    const put = (amount: number | null, headers?: Record<string, string>) =>
      world.as('F1', `PUT ${path}`, { cost: amount === null ? null : eur(amount) }, headers)
    expect((await put(600)).body.code).toBe('version_missing')
    expect((await put(600, at(1))).body).toEqual({ version: 2, cost: eur(600) })
    const late = await put(700, at(1))
    expect([late.status, late.body.version, late.body.fields]).toEqual([
      412,
      2,
      { cost: { yours: eur(700), theirs: eur(600) } },
    ])
    expect((await put(null, at(2))).body).toEqual({ version: 3, cost: null })
    const entered = await Promise.all([put(800, at(3)), put(900, at(3))])
    expect(entered.map(({ status }) => status).sort()).toEqual([200, 412])
    const fresh = (await shipped('no cost yet')).id
    const both = await Promise.all(
      [1, 2].map((amount) => world.as('F1', `PUT /shipments/${fresh}/cost`, { cost: eur(amount) }, at(0))),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    const [seen] = (await world.as('F1', `GET /orders/${ids['two hands']}/fulfillment-orders`)).body.items[0].shipments
    expect([seen.costVersion, [800, 900].includes(seen.cost.amount)]).toEqual([4, true])
    for (const who of ['C1', 'W1'] as const)
      expect((await world.as(who, `GET /orders/${ids['two hands']}/fulfillment-orders`)).text).not.toContain(
        'costVersion',
      )
  })

  it('many are marked as shipped with what each cost, and the file has the column for who may', async () => {
    for (const number of ['bulk-1', 'bulk-2'])
      await world.as('A1', `POST /orders/${await order(number)}/assign`, { supplierId: parties.S1.id })
    const rows = [
      { number: 'bulk-1', trackingNumber: 'T1', cost: eur(711) },
      { number: 'bulk-2', trackingNumber: 'T2' },
    ]
    const answer = await world.as('F1', 'POST /fulfillment-orders/ship', { carrier: 'UPS', rows })
    expect(answer.body.rows.map((row: { result: string }) => row.result)).toEqual(['done', 'done'])
    const file = async (who: 'F1' | '$1') => {
      const columns = ['order_number', 'carrier_cost', 'carrier_cost_currency'].map((key) => ({ key }))
      const { text } = await world.as(who, 'POST /orders/export', { columns, filter: { q: 'bulk' } })
      return parse(text, { bom: true }).slice(1).sort()
    }
    expect(await file('$1')).toEqual([
      ['bulk-1', '7.11', 'EUR'],
      ['bulk-2', '', ''],
    ])
    const role = await world.owner.query(
      "update access.roles set permissions = array_remove(permissions, 'shipping-costs:read') where slug = 'full-access' returning id",
    )
    expect(role.rowCount).toBeGreaterThan(0)
    const refused = await world.as('F1', 'POST /orders/export', { columns: [{ key: 'carrier_cost' }] })
    expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'columns.0.key'])
    await world.owner.query(
      "update access.roles set permissions = permissions || array['shipping-costs:read'] where slug = 'full-access'",
    )
  })

  it('45 S1.25 D1 averages: groups of ten at least, an order in two parcels once, a voided shipment not at all', async () => {
    await many(9, { cost: eur(1000), shippedOn: month(2) })
    await keepAverages(world.deps)
    expect(await of(2, 'overall')).toEqual([]) // nine are too few
    const two = await order('two parcels', stores.a)
    const [one] = (await world.as('F1', `GET /orders/${two}`)).body.lines
    for (const _ of [1, 2])
      await world.as('A1', `POST /orders/${two}/ship`, {
        carrier: 'DHL',
        shippedOn: month(2),
        cost: eur(1500),
        lines: [{ lineId: one.id, quantity: 1 }],
      })
    await keepAverages(world.deps)
    expect(await of(2, 'overall')).toEqual([['', 1200]]) // (9 × 1000 + 3000) / 10
    expect(await of(2, 'carrier')).toEqual([['DHL', 1200]])
    expect((await averages()).months[1].handling[0].days).toBeGreaterThan(10)
    expect(JSON.stringify(await averages())).not.toMatch(/orders"?:\s*\d{2,}/)
  })

  it('45 a month that is final does not change by one order more, nor by a corrected cost', async () => {
    const before = JSON.stringify(await averages())
    const more = await shipped('one more', { cost: eur(99_999), shippedOn: month(2) })
    await world.as('F1', `PUT /shipments/${more.id}/cost`, { cost: eur(5) }, at(1))
    await keepAverages(world.deps)
    expect(JSON.stringify(await averages())).toBe(before)
    for (const query of ['?carrier=DHL', '?from=2026-01-01', '?q=seen'])
      expect((await world.as('C1', `GET /orders/averages${query}`)).status).toBe(400)
  })

  it('45 a group left out cannot be worked out from the others', async () => {
    const shown = async (back: number, dimension: string) => {
      await world.owner.query('select fulfillment.keep_averages_of($1, $2)', [accounts.one.id, first(back)])
      const { rows } = await world.owner.query(
        "select key from fulfillment.averages where month = $1 and dimension = $2 and measure = 'cost' order by key",
        [first(back), dimension],
      )
      return rows.map(({ key }) => key)
    }
    // One by GLS is left out; with it the next smallest, or it would be the difference to all.
    await many(14, { cost: eur(1000), carrier: 'DHL', shippedOn: month(5) })
    await many(11, { cost: eur(2000), carrier: 'UPS', shippedOn: month(5) })
    await many(1, { cost: eur(77_777), carrier: 'GLS', shippedOn: month(5) })
    expect(await shown(5, 'carrier')).toEqual(['DHL'])
    expect(await shown(5, 'overall')).toEqual([''])
    // All of store b but one go by DPD: that one would be the difference between the store and the carrier.
    await many(12, { cost: eur(1000), carrier: 'DHL', shippedOn: month(3) })
    await many(11, { cost: eur(3000), carrier: 'DPD', shippedOn: month(3) }, stores.b)
    await many(1, { cost: eur(88_888), carrier: 'DHL', shippedOn: month(3) }, stores.b)
    expect(await shown(3, 'carrier')).toEqual(['DHL'])
    expect(await shown(3, 'store')).toEqual([stores.b])
  })

  it('S1.25 who sees some stores gets the averages of those alone', async () => {
    expect((await of(2, 'store', 'C1s')).map(([name]: [string]) => name)).toEqual(['Store a'])
    for (const dimension of ['overall', 'channel', 'carrier', 'service'])
      expect([dimension, await of(2, dimension, 'C1s')]).toEqual([dimension, []])
    for (const who of ['W1', 'V1', 'P1', 'S1'] as const)
      expect([who, (await world.as(who, 'GET /orders/averages')).status]).toEqual([who, 403])
  })
})
