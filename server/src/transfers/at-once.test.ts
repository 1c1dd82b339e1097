import { describe, expect, it } from 'vitest'
import { accounts, parties, warehouses } from '../testing/cast.ts'
import { at, useWorld } from '../testing/world.ts'

describe('a transfer that several people have in hand', () => {
  const world = useWorld(
    async (w) => {
      await w.owner.query(
        "insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, 'TEA', 'Tea')",
        [accounts.one.id, parties.P1.id],
      )
    },
    { poolSize: 8 },
  )
  const shipped = async (quantity = 10) => {
    const { body } = await world.as('P1', 'POST /transfers', {
      warehouseId: warehouses.main,
      lines: [{ sku: 'TEA', quantity }],
    })
    await world.as('P1', `POST /transfers/${body.id}/ship`, {})
    return { id: body.id as string, lineId: body.lines[0].id as string }
  }
  const level = async () => {
    const { rows } = await world.owner.query(
      'select on_hand as "onHand", in_transit as "inTransit", announced from stock.levels',
    )
    return rows[0] as { onHand: number; inTransit: number; announced: number }
  }
  /** The ledger adds up to the levels, whatever happened at once. */
  const differences = async () =>
    (
      await world.owner.query(`
        select l.on_hand, s.on_hand from stock.levels l
          join (select account_id, warehouse_id, product_id, sum(on_hand) as on_hand, sum(in_transit) as in_transit, sum(announced) as announced
                  from stock.movements group by 1, 2, 3) s using (account_id, warehouse_id, product_id)
         where (l.on_hand, l.in_transit, l.announced) is distinct from (s.on_hand, s.in_transit, s.announced)`)
    ).rows

  it('F42 S2.33 59 is received once where both sides receive it at the same instant', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const before = (await level())?.onHand ?? 0
      const { id } = await shipped()
      const answers = await Promise.all(
        (['P1', 'W1', 'P1', 'A1'] as const).map((who) => world.as(who, `POST /transfers/${id}/receive`, {}, at(2))),
      )
      const statuses = answers.map(({ status }) => status).sort()
      expect(statuses[0]).toBe(200)
      for (const status of statuses.slice(1)) expect([409, 412]).toContain(status)
      expect(await level()).toEqual({ onHand: before + 10, inTransit: 0, announced: 0 })
    }
    expect(await differences()).toEqual([])
  })

  it('a page that is behind changes nothing more, and is told the version there is', async () => {
    const before = await level()
    const { id, lineId } = await shipped()
    const part = (who: 'W1' | 'P1', good: number) =>
      world.as(who, `POST /transfers/${id}/receive`, { lines: [{ lineId, good }] }, at(2))
    const both = await Promise.all([part('W1', 4), part('P1', 3)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(both.find(({ status }) => status === 412)!.body).toMatchObject({ code: 'changed_meanwhile', version: 3 })
    const { onHand, inTransit } = await level()
    expect([4, 3]).toContain(onHand - before.onHand)
    expect(onHand + inTransit).toBe(before.onHand + 10)
  })

  it('is received once where the answer was lost and the request is sent again under its key', async () => {
    const before = await level()
    const { id } = await shipped(5)
    const send = () =>
      world.as(
        'W1',
        `POST /transfers/${id}/receive`,
        {},
        { ...at(2), 'idempotency-key': `receive ${id}`.replace(' ', '-') },
      )
    const [first, again] = [await send(), await send()]
    expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([200, 200, 'true'])
    expect(again.body.receipts).toHaveLength(1)
    expect((await level()).onHand).toBe(before.onHand + 5)
  })

  it('F43 S2.34 is either cancelled or received, never both', async () => {
    for (let turn = 0; turn < 6; turn++) {
      const before = await level()
      const { id } = await shipped()
      const [received, cancelled] = await Promise.all([
        world.as('W1', `POST /transfers/${id}/receive`, {}, at(2)),
        world.as('P1', `POST /transfers/${id}/cancel`, { reason: 'ours' }, at(2)),
      ])
      expect([received!.status, cancelled!.status].filter((status) => status === 200)).toHaveLength(1)
      const { body } = await world.as('W1', `GET /transfers/${id}`)
      expect(body.state).toBe(received!.status === 200 ? 'received' : 'cancelled')
      expect(await level()).toEqual({ ...before, onHand: before.onHand + (received!.status === 200 ? 10 : 0) })
    }
    expect(await differences()).toEqual([])
  })

  it('F43 is either shipped before it is called off, or never: and closed short is what was not received', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const before = await level()
      const { body } = await world.as('P1', 'POST /transfers', {
        warehouseId: warehouses.main,
        lines: [{ sku: 'TEA', quantity: 10 }],
      })
      const [left, off] = await Promise.all([
        world.as('P1', `POST /transfers/${body.id}/ship`, {}),
        world.as('W1', `POST /transfers/${body.id}/cancel`, { reason: 'ours' }, at(1)),
      ])
      expect([left!.status, off!.status].sort()).toSatisfy(([first, second]) => first === 200 && second >= 409)
      const { state } = (await world.as('W1', `GET /transfers/${body.id}`)).body
      expect(state).toBe(left!.status === 200 ? 'shipped' : 'cancelled')
      if (state === 'cancelled') {
        expect(await level()).toEqual(before)
        continue
      }
      const lines = [{ lineId: body.lines[0].id, good: 4 }]
      const [closed, received] = await Promise.all([
        world.as('A1', `POST /transfers/${body.id}/close`, { reason: 'lost', rest: 'written_off' }, at(2)),
        world.as('P1', `POST /transfers/${body.id}/receive`, { lines }, at(2)),
      ])
      expect([closed!.status, received!.status].filter((status) => status === 200)).toHaveLength(1)
      const now = await level()
      const rest = received!.status === 200 ? { onHand: 4, inTransit: 6 } : { onHand: 0, inTransit: 0 }
      expect([now.onHand - before.onHand, now.inTransit - before.inTransit]).toEqual([rest.onHand, rest.inTransit])
      if (received!.status === 200)
        await world.as('A1', `POST /transfers/${body.id}/close`, { reason: 'lost', rest: 'written_off' }, at(3))
    }
    expect(await differences()).toEqual([])
  })

  it('two transfers of the same goods are shipped and received at the same time without a word lost', async () => {
    const before = await level()
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map((quantity) => shipped(quantity)))
    const answers = await Promise.all(all.map(({ id }) => world.as('W1', `POST /transfers/${id}/receive`, {}, at(2))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect((await level()).onHand).toBe(before.onHand + 21)
    expect(await differences()).toEqual([])
  })
})
