import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { json, sql } from '#kernel/db/sql.ts'
import { accounts, memberOf, parties, warehouses } from './cast.ts'
import { at, useWorld, type World } from './world.ts'

const tea = async (w: World) => {
  for (const owner of [parties.P1.id, parties.P2.id])
    await w.owner.query(
      "insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, 'TEA', 'Tea')",
      [accounts.one.id, owner],
    )
}
const announceTo = async (world: World, quantity = 10) =>
  (await world.as('P1', 'POST /transfers', { warehouseId: warehouses.main, lines: [{ sku: 'TEA', quantity }] })).body

describe("a client's transfer", () => {
  const world = useWorld(tea)
  const onHand = async () =>
    Number((await world.owner.query('select coalesce(sum(on_hand), 0) as units from stock.levels')).rows[0].units)

  it("22 another client's is not there, in any way of asking", async () => {
    const made = await announceTo(world)
    expect((await world.as('P1', `GET /transfers/${made.id}`)).status).toBe(200)
    const never = uuidv7()
    for (const [method, rest, body, headers] of [
      ['GET', '', undefined, {}],
      ['GET', '/sheet', undefined, {}],
      ['GET', `/photos/${never}`, undefined, {}],
      ['POST', '/ship', {}, {}],
      ['POST', '/deliver', undefined, {}],
      ['POST', '/receive', {}, at(1)],
      ['POST', '/cancel', {}, at(1)],
      ['POST', '/comments', { text: 't' }, {}],
      ['POST', '/confirm', undefined, {}],
    ] as const) {
      const ask = (id: string) => world.as('P2', `${method} /transfers/${id}${rest}`, body, headers)
      expect((await ask(made.id)).bare, `${method} ${rest}`).toBe((await ask(never)).bare)
    }
    expect(await world.work('P2', (tx) => tx.rows(sql`select * from transfers.lines`))).toEqual([])
  })

  it('23 a portal viewer reads and prints it, and takes no step', async () => {
    const made = await announceTo(world)
    const become = (slug: string) =>
      world.owner.query(
        'update access.members set role_id = (select id from access.roles where account_id = $1 and slug = $2) where id = $3',
        [accounts.one.id, slug, memberOf('P1')],
      )
    await become('client-viewer')
    expect((await world.as('P1', `GET /transfers/${made.id}`)).body.can).toEqual({ print: true })
    expect((await world.as('P1', `GET /transfers/${made.id}/sheet`)).status).toBe(200)
    for (const step of ['ship', 'deliver', 'receive', 'cancel', 'confirm'])
      expect((await world.as('P1', `POST /transfers/${made.id}/${step}`, {}, at(1))).status, step).toBe(403)
    expect((await world.as('P1', 'POST /transfers', {})).status).toBe(403)
    await become('client-admin')
  })

  it('57 S2.21 the host can neither edit nor clone a client’s transfer, Administrator included; it receives, cancels and prints it', async () => {
    const made = await announceTo(world)
    for (const who of ['A1', 'F1', 'W1'] as const) {
      const edited = await world.as(who, `PATCH /transfers/${made.id}`, { note: 'ours now' }, at(1))
      expect([edited.status, edited.body.code]).toEqual([403, 'not_permitted'])
      expect((await world.as(who, `POST /transfers/${made.id}/clone`)).status).toBe(403)
      expect((await world.as(who, `POST /transfers/${made.id}/ship`, {})).status).toBe(403)
      const { can } = (await world.as(who, `GET /transfers/${made.id}`)).body
      expect(Object.keys(can)).toEqual(expect.arrayContaining(['receive', 'cancel', 'print', 'arrive']))
      for (const step of ['edit', 'clone', 'announce', 'ship']) expect(can).not.toHaveProperty(step)
      expect((await world.as(who, `GET /transfers/${made.id}/sheet`)).status).toBe(200)
      // Nor by SQL: the policy leaves him no row, and no login writes lines.
      expect(
        await world.work(who, (tx) =>
          tx.rows(sql`update transfers.transfers set note = 'x' where id = ${made.id} returning id`),
        ),
      ).toEqual([])
      await expect(
        world.work(who, (tx) => tx.rows(sql`update transfers.lines set quantity = 1 where transfer_id = ${made.id}`)),
      ).rejects.toMatchObject({ code: '42501' })
      const lines = await world.work(who, (tx) =>
        tx.rows<{ product_id: string }>(sql`select product_id from transfers.lines`),
      )
      const fewer = json([{ productId: lines[0]!.product_id, quantity: 1 }])
      expect(
        await world.work(who, (tx) => tx.rows(sql`select transfers.replace_lines(${made.id}, ${fewer}) as done`)),
      ).toEqual([{ done: null }])
    }
    await world.as('W1', `POST /transfers/${made.id}/arrive`)
    const line = made.lines[0].id
    const part = await world.as(
      'F1',
      `POST /transfers/${made.id}/receive`,
      { lines: [{ lineId: line, good: 4 }] },
      at(2),
    )
    expect(part.body.lines[0]).toMatchObject({ quantity: 10, good: 4 })
    expect((await world.as('A1', `POST /transfers/${made.id}/cancel`, { reason: 'r' }, at(3))).status).toBe(200)
    // What the client declared stands, even for the owner of the tables.
    await expect(world.owner.query('update transfers.lines set quantity = 1 where id = $1', [line])).rejects.toThrow(
      'declared',
    )
  })

  it('58 S2.24 the client himself neither edits nor deletes it, and receives nothing before it left', async () => {
    const made = await announceTo(world)
    expect((await world.as('P1', `PATCH /transfers/${made.id}`, { note: 'n' }, at(1))).status).toBe(403)
    expect((await world.as('P1', `POST /transfers/${made.id}/clone`)).status).toBe(403)
    expect((await world.as('P1', `DELETE /transfers/${made.id}`)).status).toBe(404)
    const early = await world.as('P1', `POST /transfers/${made.id}/receive`, {}, at(1))
    expect([early.status, early.body.state]).toEqual([409, 'to_ship'])
    const before = await onHand()
    const counts = json([{ lineId: made.lines[0].id, good: 10, damaged: 0, reason: '' }])
    const receive = sql`select transfers.receive(${made.id}, 1, ${uuidv7()}, ${counts}, '') as done`
    expect(await world.work('P1', (tx) => tx.rows(receive))).toEqual([{ done: null }])
    expect(await world.work('P2', (tx) => tx.rows(receive))).toEqual([{ done: null }])
    await expect(world.work('V1', (tx) => tx.rows(receive))).rejects.toMatchObject({ code: 'not_permitted' })
    await expect(world.work('P1', (tx) => tx.rows(sql`select stock.move('[]')`))).rejects.toMatchObject({
      code: '42501',
    })
    expect(await onHand()).toBe(before)
  })

  it('59 the client receives no more than was shipped, nothing negative, and nothing twice', async () => {
    const before = await onHand()
    const made = await announceTo(world)
    await world.as('P1', `POST /transfers/${made.id}/ship`, {})
    const receive = (good: unknown, version = 2) =>
      world.as('P1', `POST /transfers/${made.id}/receive`, { lines: [{ lineId: made.lines[0].id, good }] }, at(version))
    const much = await receive(11)
    expect([much.status, much.body.errors[0].field]).toEqual([400, 'lines.0.good'])
    for (const good of [-1, 0, 1.5, 1_000_001, '3', null]) expect((await receive(good)).status).toBe(400)
    expect((await receive(10)).status).toBe(200)
    expect((await receive(10)).status).toBe(409)
    expect((await receive(10, 3)).status).toBe(409)
    const counts = json([{ lineId: made.lines[0].id, good: 1_000, damaged: -900, reason: '' }])
    const late = world.work('P1', (tx) =>
      tx.rows(sql`select transfers.receive(${made.id}, null, ${uuidv7()}, ${counts}, '') as done`),
    )
    expect(await late).toEqual([{ done: null }])
    expect(await onHand()).toBe(before + 10)
  })

  it('a client adds no transfer of another’s goods, of the house, or in another state, whatever he calls', async () => {
    const { rows } = await world.owner.query<{ id: string; owner: string }>(
      "select id, owner_party_id as owner from catalog.products where sku = 'TEA'",
    )
    const product = (owner: string) => rows.find((row) => row.owner === owner)!.id
    const add = (change: object, owner: string = parties.P1.id) => {
      const transfer = {
        id: uuidv7(),
        origin: 'client',
        ownerId: parties.P1.id,
        warehouseId: warehouses.main,
        state: 'to_ship',
        unannounced: false,
        note: '',
        ...change,
      }
      const lines = [{ productId: product(owner), quantity: 1 }]
      return world.work('P1', (tx) =>
        tx.first<{ number: string | null }>(
          sql`select transfers.add_transfer(${json(transfer)}, ${json(lines)}) as number`,
        ),
      )
    }
    expect((await add({}))!.number).toMatch(/^T-/)
    expect((await add({ ownerId: parties.P2.id }))!.number).toBeNull()
    expect((await add({ warehouseId: warehouses.north }))!.number).toBeNull()
    for (const change of [{ state: 'shipped' }, { origin: 'warehouse' }, { unannounced: true, state: 'delivered' }])
      await expect(add(change)).rejects.toMatchObject({ code: 'wrong_state' })
    await expect(add({}, parties.P2.id)).rejects.toMatchObject({ code: 'wrong_state' })
  })

  it('takes no step on a transfer to a warehouse that is not his, by no function', async () => {
    const made = await announceTo(world)
    const steps = (who: 'P1' | 'W1') =>
      [
        sql`select transfers.ship(${made.id}, '{}') as done`,
        sql`select transfers.arrive(${made.id}) as done`,
        sql`select transfers.deliver(${made.id}) as done`,
        sql`select transfers.cancel(${made.id}, null, 'r') as done`,
      ].filter((_, index) => who === 'W1' || index !== 1)
    await world.owner.query('update access.members set all_warehouses = false where id = $1', [memberOf('W1')])
    await world.owner.query('insert into access.member_warehouses values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('W1'),
      warehouses.north,
    ])
    const give = (warehouse: string) =>
      world.owner.query('update access.member_warehouses set warehouse_id = $2 where member_id = $1', [
        memberOf('P1'),
        warehouse,
      ])
    await give(warehouses.north)
    for (const state of ['to_ship', 'shipped']) {
      for (const who of ['P1', 'W1'] as const)
        for (const step of steps(who))
          expect([state, who, await world.work(who, (tx) => tx.rows(step))]).toEqual([state, who, [{ done: null }]])
      await world.owner.query("update transfers.transfers set state = 'shipped' where id = $1 and state = 'to_ship'", [
        made.id,
      ])
    }
    await give(warehouses.main)
    await world.owner.query('update access.members set all_warehouses = true where id = $1', [memberOf('W1')])
  })

  it('of what the house buys, who is kept to one supplier sees what comes from that one', async () => {
    await world.as('A1', 'POST /products', { sku: 'BOX', name: 'Box' })
    const bought: Record<string, string> = {}
    for (const party of ['S1', 'S2'] as const) {
      const { body } = await world.as('A1', 'POST /transfers', {
        warehouseId: warehouses.main,
        supplierId: parties[party].id,
        lines: [{ sku: 'BOX', quantity: 5 }],
      })
      bought[party] = body.id
    }
    const see = async () => (await world.as('F1', 'GET /transfers')).body.items.map(({ id }: { id: string }) => id)
    expect(await see()).toEqual(expect.arrayContaining([bought.S1, bought.S2]))
    await world.owner.query('update access.members set all_suppliers = false where id = $1', [memberOf('F1')])
    await world.owner.query('insert into access.member_suppliers values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('F1'),
      parties.S1.id,
    ])
    expect(await see()).toContain(bought.S1)
    expect(await see()).not.toContain(bought.S2)
    const never = (await world.as('F1', `GET /transfers/${uuidv7()}`)).bare
    expect((await world.as('F1', `GET /transfers/${bought.S2}`)).bare).toBe(never)
    for (const [call, body, headers] of [
      ['ship', {}, {}],
      ['deliver', undefined, {}],
      ['cancel', {}, at(1)],
      ['clone', undefined, {}],
    ] as const) {
      expect([call, (await world.as('F1', `POST /transfers/${bought.S2}/${call}`, body, headers)).status]).toEqual([
        call,
        404,
      ])
      expect((await world.as('F1', `PATCH /transfers/${bought.S2}`, { note: 'n' }, at(1))).status).toBe(404)
    }
    expect((await world.as('F1', `POST /transfers/${bought.S1}/ship`, {})).status).toBe(200)
    await world.owner.query('update access.members set all_suppliers = true where id = $1', [memberOf('F1')])
  })
})
