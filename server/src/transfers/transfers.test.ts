import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accounts, memberOf, parties, warehouses } from '../testing/cast.ts'
import { at, useWorld, type World } from '../testing/world.ts'
import { type StepRule, steps } from './lifecycle.ts'

const goods = async (world: World) => {
  for (const [owner, skus] of [
    [parties.P1.id, ['TEA', 'CUP']],
    [parties.P2.id, ['RUM']],
  ] as const)
    for (const sku of skus)
      await world.owner.query(
        'insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, $3, $4)',
        [accounts.one.id, owner, sku, `The ${sku}`],
      )
  await world.as('A1', 'POST /products', { sku: 'BOX', name: 'The BOX' })
}

/** What the stock says of a SKU in a warehouse, without what is nothing. */
const levelOf = async (world: World, sku: string, warehouse: string = warehouses.main) => {
  const { rows } = await world.owner.query(
    `select jsonb_strip_nulls(jsonb_build_object('onHand', nullif(l.on_hand, 0), 'quarantine', nullif(l.quarantine, 0), 'unverified', nullif(l.unverified, 0),
            'announced', nullif(l.announced, 0), 'inTransit', nullif(l.in_transit, 0))) as level
       from stock.levels l join catalog.products p on p.account_id = l.account_id and p.id = l.product_id
      where p.sku = $1 and l.warehouse_id = $2`,
    [sku, warehouse],
  )
  return rows[0]?.level ?? {}
}
const announce = async (world: World, lines: object[] = [{ sku: 'TEA', quantity: 10 }]) =>
  (await world.as('P1', 'POST /transfers', { warehouseId: warehouses.main, lines })).body

describe('a transfer that a client announces', () => {
  const world = useWorld(goods)

  it('S2.25 S2.28 S2.30 goes from To ship to Received, and raises stock once, at receipt', async () => {
    const made = await announce(world)
    expect(made).toMatchObject({ state: 'to_ship', from: 'P1 · Client Petit', quantity: 10 })
    expect(await levelOf(world, 'TEA')).toEqual({ announced: 10 })
    const early = await world.as('P1', `POST /transfers/${made.id}/receive`, {}, at(1))
    expect([early.status, early.body.code, early.body.from]).toEqual([
      409,
      'wrong_state',
      ['shipped', 'delivered', 'partially_received'],
    ])
    const left = await world.as('P1', `POST /transfers/${made.id}/ship`, { carrier: 'DHL', tracking: 'X1', cartons: 2 })
    expect(left.body).toMatchObject({ state: 'shipped', carrier: 'DHL', cartons: 2, version: 2 })
    expect(await levelOf(world, 'TEA')).toEqual({ inTransit: 10 })
    expect((await world.as('P1', `POST /transfers/${made.id}/deliver`)).body.state).toBe('delivered')
    expect(await levelOf(world, 'TEA')).toEqual({ inTransit: 10 })
    const got = await world.as('W1', `POST /transfers/${made.id}/receive`, {}, at(3))
    expect(got.body).toMatchObject({ state: 'received', arrived: 10, remaining: 0 })
    expect(await levelOf(world, 'TEA')).toEqual({ onHand: 10 })
    const again = await world.as('W1', `POST /transfers/${made.id}/receive`, {}, at(3))
    expect(again.status).toBe(409)
    expect(await levelOf(world, 'TEA')).toEqual({ onHand: 10 })
    expect(got.body.timeline.map((one: { kind: string; actor: string }) => [one.kind, one.actor])).toEqual([
      ['created', 'P1'],
      ['shipped', 'P1'],
      ['delivered', 'P1'],
      ['received', 'W1'],
    ])
    const asClient = await world.as('P1', `GET /transfers/${made.id}`)
    expect(asClient.body.timeline.at(-1)).toMatchObject({ kind: 'received', side: 'host', actor: accounts.one.name })
    expect(asClient.text).not.toContain('W1')
  })

  it('D7 counts less, more and damaged beside what was declared, and never changes that', async () => {
    const before = await levelOf(world, 'TEA')
    const made = await announce(world, [
      { sku: 'TEA', quantity: 10 },
      { sku: 'CUP', quantity: 4 },
    ])
    await world.as('P1', `POST /transfers/${made.id}/ship`, {})
    const [tea, cup] = made.lines
    const first = await world.as(
      'W1',
      `POST /transfers/${made.id}/receive`,
      { lines: [{ lineId: tea.id, good: 6, damaged: 1, reason: 'wet' }] },
      at(2),
    )
    expect(first.body).toMatchObject({ state: 'partially_received', remaining: 7, version: 3 })
    const second = await world.as(
      'W1',
      `POST /transfers/${made.id}/receive`,
      {
        lines: [
          { lineId: tea.id, good: 5 },
          { lineId: cup.id, good: 1 },
        ],
      },
      at(3),
    )
    expect(second.body.lines).toMatchObject([
      { quantity: 10, good: 11, damaged: 1, remaining: 0, over: 2 },
      { quantity: 4, good: 1, remaining: 3 },
    ])
    expect(await levelOf(world, 'TEA')).toEqual({ onHand: before.onHand + 11, quarantine: 1 })
    expect(await levelOf(world, 'CUP')).toEqual({ onHand: 1, inTransit: 3 })
    const closed = await world.as(
      'W1',
      `POST /transfers/${made.id}/close`,
      { reason: 'lost by the carrier', rest: 'written_off' },
      at(4),
    )
    expect(closed.body).toMatchObject({ state: 'closed_short', remaining: 0, reason: 'lost by the carrier' })
    expect(await levelOf(world, 'CUP')).toEqual({ onHand: 1 })
  })

  it('S2.34 is cancelled before receipt without a trace in the stock, and for its rest afterwards, with a reason', async () => {
    const before = await levelOf(world, 'CUP')
    const early = await announce(world, [{ sku: 'CUP', quantity: 5 }])
    expect((await world.as('P1', `POST /transfers/${early.id}/cancel`, {}, at(1))).body.state).toBe('cancelled')
    expect(await levelOf(world, 'CUP')).toEqual(before)
    const late = await announce(world, [{ sku: 'CUP', quantity: 5 }])
    await world.as('P1', `POST /transfers/${late.id}/ship`, {})
    const lines = [{ lineId: late.lines[0].id, good: 2 }]
    await world.as('P1', `POST /transfers/${late.id}/receive`, { lines }, at(2))
    expect((await world.as('W1', `POST /transfers/${late.id}/cancel`, {}, at(3))).body.errors[0].field).toBe('reason')
    const off = await world.as('W1', `POST /transfers/${late.id}/cancel`, { reason: 'never left' }, at(3))
    expect(off.body).toMatchObject({ state: 'closed_short', arrived: 2, remaining: 0 })
    expect(await levelOf(world, 'CUP')).toEqual({ onHand: before.onHand + 2 })
  })

  it('S2.25 refuses a warehouse that is not granted and a SKU of another client like ones that never were', async () => {
    const ask = (warehouseId: string, sku: string, quantity: unknown = 1) =>
      world.as('P1', 'POST /transfers', { warehouseId, lines: [{ sku, quantity }] })
    expect((await ask(warehouses.main, 'TEA')).status).toBe(201)
    const foreign = await ask(warehouses.north, 'TEA')
    const never = await ask(memberOf('A1'), 'TEA')
    expect([foreign.status, foreign.body.errors]).toEqual([400, never.body.errors])
    const others = await ask(warehouses.main, 'RUM')
    expect([others.status, others.body.errors[0].field]).toEqual([400, 'lines.0.sku'])
    expect(others.body.errors).toEqual((await ask(warehouses.main, 'NONE')).body.errors)
    for (const quantity of [0, -1, 1.5, 1_000_001, '1'])
      expect((await ask(warehouses.main, 'TEA', quantity)).body.errors[0].field).toBe('lines.0.quantity')
  })

  it('D6 holds what the client received himself back until the house has counted it, where that was agreed', async () => {
    await world.owner.query('update portal.clients set receipts_unverified = true where client_id = $1', [
      parties.P1.id,
    ])
    const before = await levelOf(world, 'CUP')
    const made = await announce(world, [{ sku: 'CUP', quantity: 8 }])
    await world.as('P1', `POST /transfers/${made.id}/ship`, {})
    const own = await world.as('P1', `POST /transfers/${made.id}/receive`, {}, at(2))
    expect([own.body.state, own.body.lines[0].unverified]).toEqual(['received', 8])
    expect(await levelOf(world, 'CUP')).toEqual({ ...before, unverified: 8 })
    expect((await world.as('P1', `POST /transfers/${made.id}/verify`, {}, at(3))).status).toBe(403)
    const lines = [{ lineId: made.lines[0].id, good: 5, damaged: 1, reason: 'two are missing' }]
    const counted = await world.as('W1', `POST /transfers/${made.id}/verify`, { lines }, at(3))
    expect(counted.body.lines[0]).toMatchObject({ good: 5, damaged: 1, unverified: 0, closed: 2, remaining: 0 })
    expect(await levelOf(world, 'CUP')).toEqual({ onHand: before.onHand + 5, quarantine: 1 })
    await world.owner.query('update portal.clients set receipts_unverified = false')
  })

  it('the house records the arrival of what the client forgot to ship, and takes in what nobody announced', async () => {
    const made = await announce(world, [{ sku: 'TEA', quantity: 3 }])
    expect((await world.as('W1', `POST /transfers/${made.id}/ship`, {})).status).toBe(403)
    expect((await world.as('P1', `POST /transfers/${made.id}/arrive`)).status).toBe(403)
    expect((await world.as('W1', `POST /transfers/${made.id}/arrive`)).body.state).toBe('delivered')
    const before = await levelOf(world, 'TEA')
    const found = await world.as('W1', 'POST /transfers/unannounced', {
      warehouseId: warehouses.main,
      ownerId: parties.P1.id,
      lines: [{ sku: 'TEA', good: 7, damaged: 1 }],
    })
    expect([found.status, found.body]).toMatchObject([
      201,
      { state: 'received', unannounced: true, from: 'Client Petit' },
    ])
    expect(await levelOf(world, 'TEA')).toEqual({
      ...before,
      onHand: before.onHand + 7,
      quarantine: before.quarantine + 1,
    })
    const seen = await world.as('P1', `GET /transfers/${found.body.id}`)
    expect(seen.body).toMatchObject({ createdBy: accounts.one.name })
    expect(seen.text).not.toContain('W1')
  })
})

describe("the house's own transfers", () => {
  const world = useWorld(goods)

  it('are drafted, edited, cloned and shipped: stock leaves the source then, never what is not available', async () => {
    const supplier = await world.as('A1', 'POST /suppliers', { name: 'Mill' })
    const bought = await world.as('W1', 'POST /transfers', {
      warehouseId: warehouses.north,
      supplierId: supplier.body.id,
      lines: [{ sku: 'BOX', quantity: 20 }],
      draft: true,
    })
    expect(bought.body).toMatchObject({ state: 'draft', from: 'Mill' })
    expect(await levelOf(world, 'BOX', warehouses.north)).toEqual({})
    const edited = await world.as(
      'W1',
      `PATCH /transfers/${bought.body.id}`,
      { note: 'by lorry', lines: [{ sku: 'BOX', quantity: 12 }] },
      at(1),
    )
    expect(edited.body).toMatchObject({ note: 'by lorry', quantity: 12, version: 2 })
    await world.as('W1', `POST /transfers/${bought.body.id}/announce`)
    expect(await levelOf(world, 'BOX', warehouses.north)).toEqual({ announced: 12 })
    await world.as('W1', `PATCH /transfers/${bought.body.id}`, { lines: [{ sku: 'BOX', quantity: 10 }] }, at(3))
    expect(await levelOf(world, 'BOX', warehouses.north)).toEqual({ announced: 10 })
    await world.as('W1', `POST /transfers/${bought.body.id}/ship`, {})
    await world.as('W1', `POST /transfers/${bought.body.id}/receive`, {}, at(5))
    expect(await levelOf(world, 'BOX', warehouses.north)).toEqual({ onHand: 10 })
    expect((await world.as('W1', `PATCH /transfers/${bought.body.id}`, { note: 'n' }, at(6))).status).toBe(409)

    const move = (quantity: number) =>
      world.as('W1', 'POST /transfers', {
        warehouseId: warehouses.main,
        fromWarehouseId: warehouses.north,
        lines: [{ sku: 'BOX', quantity }],
      })
    const much = await move(11)
    const refused = await world.as('W1', `POST /transfers/${much.body.id}/ship`, {})
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'Not enough is available where it comes from: BOX (10 of 11).',
    ])
    const some = await move(4)
    expect((await world.as('W1', `POST /transfers/${some.body.id}/ship`, {})).status).toBe(200)
    expect(await levelOf(world, 'BOX', warehouses.north)).toEqual({ onHand: 6 })
    expect(await levelOf(world, 'BOX')).toEqual({ announced: 11, inTransit: 4 })
    await world.as('W1', `POST /transfers/${some.body.id}/cancel`, { reason: 'came back' }, at(2))
    expect(await levelOf(world, 'BOX', warehouses.north)).toEqual({ onHand: 10 })
    const copy = await world.as('W1', `POST /transfers/${some.body.id}/clone`)
    expect([copy.status, copy.body]).toMatchObject([201, { state: 'draft', quantity: 4, from: 'North warehouse' }])
  })

  it("S2.22 S2.23 are told from a client's in the list, which is filtered by portal user", async () => {
    await announce(world)
    const froms = async (query: string) =>
      (await world.as('W1', `GET /transfers?${query}`)).body.items.map(({ from }: { from: string }) => from)
    expect(await froms(`portalUser=${memberOf('P1')}`)).toEqual(['P1 · Client Petit'])
    expect(await froms('portalUser=none')).not.toContain('P1 · Client Petit')
    expect(await froms(`portalUser=${memberOf('P1')}&portalUser=none`)).toHaveLength((await froms('')).length)
    expect(await froms(`portalUser=${memberOf('P2')}`)).toEqual([])
    const choices = await world.as('W1', 'GET /transfers/choices')
    expect(choices.body.portalUsers).toEqual([{ id: memberOf('P1'), name: 'P1', client: 'Client Petit' }])
    expect((await world.as('P1', 'GET /transfers/choices')).body).toMatchObject({
      warehouses: [{ id: warehouses.main }],
      owners: [{ id: parties.P1.id }],
      portalUsers: [],
    })
    const first = await world.as('W1', 'GET /transfers?limit=2')
    const rest = await world.as('W1', `GET /transfers?limit=2&cursor=${first.body.nextCursor}`)
    expect(new Set([...first.body.items, ...rest.body.items].map(({ id }: { id: string }) => id)).size).toBe(4)
    expect((await world.as('P1', 'GET /transfers')).body.items).toHaveLength(1)
    expect((await world.as('P2', 'GET /transfers')).body.items).toHaveLength(0)
    expect((await world.as('P1', 'GET /transfers?portalUser=none')).status).toBe(403)
  })
})

it('the database knows no step that the lifecycle does not', () => {
  const sql = readFileSync(join(import.meta.dirname, 'moving-functions.sql'), 'utf8')
  const known = [...sql.matchAll(/'(\w+)>(\w+)'/g)].map(([, from, to]) => `${from}>${to}`)
  expect(known.length).toBeGreaterThan(10)
  const said = Object.values(steps as Record<string, StepRule>).flatMap(({ from, to, partly }) =>
    from.flatMap((state) =>
      (partly && state === 'partially_received' ? [partly] : to).map((next) => `${state}>${next}`),
    ),
  )
  expect(known.filter((pair) => !said.includes(pair))).toEqual([])
})

describe('numbers of transfers', () => {
  const world = useWorld(goods)

  it('43 his numbers go on by one, whatever another client announces in between', async () => {
    const number = async (who: 'P1' | 'P2', sku: string) =>
      (
        await world.as(who, 'POST /transfers', {
          warehouseId: warehouses.main,
          lines: [{ sku, quantity: 1 }],
        })
      ).body.number
    const first = Number((await number('P1', 'CUP')).slice(2))
    for (let turn = 0; turn < 3; turn++) expect(await number('P2', 'RUM')).toBe(`T-${1001 + turn}`)
    expect(await number('P1', 'CUP')).toBe(`T-${first + 1}`)
  })
})
