import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { json, type Statement, sql, uuids } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { accounts, memberOf, type Name, parties, stores } from './cast.ts'
import { line, orderDraft } from './scene.ts'
import { upload } from './upload.ts'
import { useWorld } from './world.ts'

/** What must not work, each by its number in the list of attacks. The allowed call comes before the refused one. */
describe('somebody with SQL of his own, as each login', () => {
  /** Order and fulfillment order ids: `a`, `b` in stores a and b, S1's and S2's parts; `two` in the other account. */
  const at = { a: '', b: '', two: '', s1: '', s2: '', lineA: '', lineB: '', fLine: '', shipment: '' }
  const world = useWorld(async (w) => {
    const add = async (who: Name, storeId: string, number: string) => {
      const lines = [line('SKU-1', 3, 10_000_000), line('SKU-2', 1, 20_000_000)]
      return [
        ...(await w.work(who, (tx) => addOrders(tx, { storeId, orders: [orderDraft(number, { lines })] }))).values(),
      ][0]!
    }
    at.a = await add('A1', stores.a, 'N-1')
    at.b = await add('A1', stores.b, 'N-1')
    const { rows } = await w.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id])
    at.two = await add('A2', rows[0].id, 'N-1')
    const lineOf = async (orderId: string, position: number) =>
      (await w.owner.query('select id from orders.lines where order_id = $1 order by position', [orderId])).rows[
        position
      ].id as string
    at.lineA = await lineOf(at.a, 0)
    at.lineB = await lineOf(at.b, 0)
    const give = async (supplierId: string, position: number) => {
      const lines = [{ orderId: at.a, orderLineId: await lineOf(at.a, position) }]
      return (await w.work('A1', (tx) => assignLines(tx, { lines, to: { supplierId } })))[0]!.fulfillmentOrderId
    }
    at.s1 = await give(parties.S1.id, 0)
    at.s2 = await give(parties.S2.id, 1)
    at.fLine = (
      await w.owner.query('select id from fulfillment.lines where fulfillment_order_id = $1', [at.s1])
    ).rows[0].id
    expect((await w.as('S2', `POST /queue/${at.s2}/ship`, { carrier: 'UPS', trackingNumber: 'S2-TRACK' })).status).toBe(
      200,
    )
    at.shipment = (await w.owner.query('select id from fulfillment.shipments')).rows[0].id
  })
  const run = (who: Name, statement: Statement<unknown>) => world.work(who, (tx) => tx.rows(statement))
  const owner = async (text: string, values: unknown[] = []) => (await world.owner.query(text, values)).rows
  /** Refused for a right, a slice or a rule that is missing, not for a slip of the pen. */
  const refusals = /^(42501|23503|23505|23514|0A000|not_permitted|not_found|not_signed_in|wrong_state)$/
  const refused = async (who: Name, statement: Statement<unknown>, why = refusals) => {
    const error = await run(who, statement).then(
      () => undefined,
      (raw) => raw,
    )
    expect(error?.code ?? error?.message, `${who}: ${JSON.stringify(statement)}`).toMatch(why)
  }
  const insert = (table: string, row: Record<string, unknown>) =>
    sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
        values (${sql.join(Object.values(row).map((value) => sql`${value}`))})`

  it('129 a context set by hand is refused', async () => {
    expect(await run('C1', sql`select app.account_id() as id`)).toEqual([{ id: accounts.one.id }])
    for (const forged of ['x', `${'0'.repeat(64)}1|2|${accounts.two.id}|x|staff||,orders:read,|*|*|hand`])
      await expect(
        world.work('C1', async (tx) => {
          await tx.rows(sql`select set_config('app.context', ${forged}, true)`)
          return await tx.rows(sql`select * from orders.orders`)
        }),
      ).rejects.toThrow('not signed in')
    const none = await world.work('C1', async (tx) => {
      await tx.rows(sql`select set_config('app.context', '', true)`)
      return await tx.rows(sql`select * from orders.orders`)
    })
    expect(none).toEqual([])
  })

  it('130 a context of another transaction, own or not, is refused', async () => {
    const [old] = (await run('A1', sql`select current_setting('app.context') as context`)) as { context: string }[]
    expect(old!.context).toContain(accounts.one.id)
    for (const who of ['A1', 'C1', 'A2'] as const)
      await expect(
        world.work(who, async (tx) => {
          await tx.rows(sql`select set_config('app.context', ${old!.context}, true)`)
          return await tx.rows(sql`select * from orders.orders`)
        }),
      ).rejects.toThrow('not signed in')
    await refused('A1', sql`select app.sign('x')`)
    await refused('A1', sql`select * from app.context_key`)
    await refused('A1', sql`select * from identity.sessions`)
  })

  it('131 no login becomes another role', async () => {
    for (const who of ['A1', 'P1', 'S1'] as const) {
      const me = await run(who, sql`select session_user, current_user`)
      await run(who, sql`reset role`)
      expect(await run(who, sql`select session_user, current_user`)).toEqual(me)
      for (const role of (await owner('select rolname from pg_roles')) as { rolname: string }[]) {
        if (JSON.stringify(me).includes(`"${role.rolname}"`)) continue
        await refused(who, sql`set local role ${sql.ref(role.rolname)}`)
        await refused(who, sql`set local session authorization ${sql.ref(role.rolname)}`)
      }
      await refused(who, sql`set local row_security = off; select * from orders.orders`)
    }
  })

  it('134 no login reaches files, programs, structure or another database', async () => {
    for (const who of ['A1', 'P1', 'S1'] as const) {
      await run(who, sql`select 1`)
      for (const text of [
        'truncate orders.orders',
        'create table orders.mine (id int)',
        'create temp table mine (id int)',
        'alter table orders.orders disable row level security',
        "copy orders.orders to '/tmp/x'",
        "copy orders.orders to program 'cat'",
        "select pg_read_file('/etc/passwd')",
        "select lo_import('/etc/passwd')",
        'create extension dblink',
        'create function public.f() returns int language sql as $$ select 1 $$',
        'drop policy own_account on orders.orders',
        'select * from pg_authid',
        'select * from graphile_worker._private_jobs',
        'select app.remove_account(gen_random_uuid())',
      ])
        await refused(who, sql.raw(text) as unknown as Statement<unknown>)
    }
  })

  it('135 each login reads what it was granted, and of that its own rows', async () => {
    const reads: [Name, string, 'none' | 'own' | 'refused'][] = [
      ['S1', 'orders.orders', 'refused'],
      ['S1', 'orders.timeline', 'refused'],
      ['S1', 'orders.search_words', 'refused'],
      ['S1', 'catalog.products', 'refused'],
      ['S1', 'channels.stores', 'refused'],
      ['S1', 'automation.rules', 'refused'],
      ['S1', 'notices.outbox', 'refused'],
      ['S1', 'intake.files', 'refused'],
      ['P1', 'orders.orders', 'own'],
      ['P1', 'orders.order_amounts', 'own'],
      ['P1', 'orders.order_tags', 'none'],
      ['P1', 'orders.timeline', 'none'],
      ['P1', 'orders.comments', 'none'],
      ['P1', 'orders.holds', 'none'],
      ['P1', 'orders.issues', 'none'],
      ['P1', 'fulfillment.lines', 'refused'],
      ['P1', 'automation.rules', 'refused'],
      ['P1', 'catalog.products', 'refused'],
      ['C1', 'orders.order_amounts', 'none'],
      ['C1', 'orders.line_amounts', 'none'],
      ['C1', 'catalog.product_costs', 'none'],
      ['C1', 'catalog.products', 'none'],
      ['C1', 'notices.outbox', 'none'],
      ['C1', 'access.audit', 'none'],
      ['C1s', 'orders.orders', 'own'],
      ['Ka', 'orders.orders', 'own'],
      ['V1', 'orders.recipients', 'none'],
      ['V1', 'orders.contacts', 'none'],
      ['V1', 'orders.comments', 'none'],
      ['$1', 'orders.recipients', 'none'],
      ['W1', 'orders.line_amounts', 'none'],
    ]
    expect(await run('A1', sql`select * from orders.order_amounts`)).toHaveLength(2)
    for (const [who, table, what] of reads) {
      const all = sql`select * from ${sql.table(table)}`
      if (what === 'refused') await refused(who, all)
      else {
        const rows = (await run(who, all)) as { store_id: string }[]
        expect(new Set(rows.map((row) => row.store_id)), `${who} ${table}`).toEqual(
          new Set(what === 'own' ? [stores.a] : []),
        )
      }
    }
    await refused('S1', sql`select order_id from fulfillment.fulfillment_orders`)
    await refused('S1', sql`select store_id from fulfillment.lines`)
    expect(await run('S1', sql`select id from fulfillment.fulfillment_orders`)).toEqual([{ id: at.s1 }])
  })

  it('139 no row is written into another account, store, order or company, nor moved there', async () => {
    const one = accounts.one.id
    const tag = (row: object) =>
      insert('orders.order_tags', { account_id: one, order_id: at.a, store_id: stores.a, tag: 't', ...row })
    await run('Ka', tag({}))
    await refused('Ka', tag({ account_id: accounts.two.id, order_id: at.two }))
    await refused('Ka', tag({ store_id: stores.b, order_id: at.b }))
    await refused('Ka', tag({ order_id: at.b })) // says store a, means an order of store b
    const hanging: [table: string, row: object][] = [
      ['orders.holds', { id: at.a, side: 'host', reason: 'r', placed_by: 'Ka' }],
      ['orders.timeline', { id: at.a, kind: 'k', actor: 'Ka', via: 'key' }],
      [
        'orders.comments',
        { id: at.a, visibility: 'client', author_member_id: memberOf('Ka'), author: 'Ka', text: 't' },
      ],
      ['orders.issues', { id: at.a, kind: 'address' }],
      ['orders.search_words', { class: 'public', word: 'w' }],
      ['orders.line_tags', { line_id: at.lineB, tag: 't' }],
      [
        'fulfillment.fulfillment_orders',
        {
          id: at.a,
          number: 'x',
          fulfiller: 'supplier',
          supplier_id: parties.S1.id,
          fulfiller_name: 'f',
          merchant_name: 'm',
          state: 'offered',
          placed_on: '2026-01-01',
        },
      ],
    ]
    for (const [table, row] of hanging)
      await refused('Ka', insert(table, { account_id: one, order_id: at.b, store_id: stores.a, ...row }))
    await refused(
      'Ka',
      insert('fulfillment.lines', {
        account_id: one,
        id: at.a,
        fulfillment_order_id: at.s1,
        supplier_id: parties.S1.id,
        store_id: stores.a,
        order_line_id: at.lineB,
        position: 1,
        name: 'n',
        quantity: 1,
      }),
    )
    const before = await owner('select * from orders.recipients order by order_id')
    expect(await run('Ka', sql`update orders.recipients set city = city where order_id = ${at.b} returning 1`)).toEqual(
      [],
    )
    await refused('Ka', sql`update orders.recipients set store_id = ${stores.b}`)
    await refused('Ka', sql`update orders.recipients set account_id = ${accounts.two.id}`)
    expect(
      await run(
        'Ka',
        sql`with gone as (delete from orders.order_tags where order_id = ${at.b} returning 1) select * from gone`,
      ),
    ).toEqual([])
    expect(await owner('select * from orders.recipients order by order_id')).toEqual(before)
    for (const who of ['P1', 'S1'] as const)
      for (const text of [
        'delete from orders.orders',
        "update orders.recipients set city = 'x'",
        "insert into orders.order_tags select account_id, id, store_id, 'x' from orders.orders",
      ])
        await refused(who, sql.raw(text) as unknown as Statement<unknown>)
    expect(
      await run(
        'S1',
        sql`update fulfillment.lines set accepted = 0 where fulfillment_order_id = ${at.s2} returning id`,
      ),
    ).toEqual([])
    await refused('S1', sql`update fulfillment.lines set supplier_id = ${parties.S2.id}`)
    await refused('S1', sql`update fulfillment.lines set quantity = 99`)
    await refused('S1', sql`update fulfillment.fulfillment_orders set state = 'shipped'`)
  })

  it('139 who may edit stores and suppliers edits those within his reach, and no other company', async () => {
    await run('Ka', sql`update channels.stores set name = name`)
    await run('F1', sql`update access.parties set email = 'x@example.com'`)
    await run('Ka', sql`update channels.stores set name = 'Taken'`)
    expect(await owner("select id from channels.stores where name = 'Taken'")).toEqual([{ id: stores.a }])
    await run('Ka', sql`update channels.stores set name = 'Store a'`)
    expect(await owner("select kind from access.parties where email = 'x@example.com' group by 1")).toEqual([
      { kind: 'supplier' },
    ])
    await refused(
      'F1',
      insert('access.parties', { account_id: accounts.one.id, id: at.a, kind: 'client', name: 'Mine' }),
    )
    expect(await run('F1', sql`update access.members set deactivated_at = now() returning id`)).toEqual([])
  })

  it('27 an import is of the file of the one who imports', async () => {
    const { body } = await upload(world, 'A1', 'orders', 'Order number,SKU,Quantity,Country\n1,T,1,FR\n')
    const [file] = (await owner('select file_id as id from intake.imports where id = $1', [body.id])) as {
      id: string
    }[]
    const mine = {
      account_id: accounts.one.id,
      id: at.a,
      kind: 'orders',
      file_id: file!.id,
      store_id: stores.a,
      currency: 'EUR',
      format: '{}',
      sure: '{}',
      mapping: '{}',
    }
    await run('A1', insert('intake.imports', { ...mine, member_id: memberOf('A1') }))
    await refused('F1', insert('intake.imports', { ...mine, id: at.b, member_id: memberOf('F1') }))
    await refused('F1', insert('intake.imports', { ...mine, id: at.b, member_id: memberOf('A1') }))
  })

  it('223 nobody changes or deletes the log, nor writes into it or into a story in the name of another', async () => {
    const deed = {
      account_id: accounts.one.id,
      id: at.a,
      member_id: memberOf('C1'),
      actor: 'C1',
      via: 'hand',
      action: 'x',
    }
    await run('C1', insert('access.audit', deed))
    await refused('C1', insert('access.audit', { ...deed, id: at.b, actor: 'A1' }))
    await refused('C1', insert('access.audit', { ...deed, id: at.b, member_id: memberOf('A1') }))
    const story = {
      account_id: accounts.one.id,
      id: at.a,
      order_id: at.a,
      store_id: stores.a,
      kind: 'k',
      actor: 'C1',
      via: 'hand',
    }
    await run('C1', insert('orders.timeline', story))
    await refused('C1', insert('orders.timeline', { ...story, id: at.b, actor: 'A1' }))
    await refused('C1', insert('orders.timeline', { ...story, id: at.b, via: 'rule' }))
    await refused('V1', insert('orders.timeline', { ...story, id: at.b, actor: 'V1' }))
    const said = {
      account_id: accounts.one.id,
      id: at.a,
      order_id: at.a,
      store_id: stores.a,
      visibility: 'client',
      author_member_id: memberOf('C1'),
      author: 'C1',
      text: 't',
    }
    await run('C1', insert('orders.comments', said))
    await refused('C1', insert('orders.comments', { ...said, id: at.b, author: 'A1' }))
    for (const who of ['A1', 'C1', 'S1'] as const)
      for (const text of [
        "update access.audit set action = 'y'",
        'delete from access.audit',
        "update orders.timeline set kind = 'y'",
        'delete from orders.timeline',
      ])
        await refused(who, sql.raw(text) as unknown as Statement<unknown>)
  })

  it('67 nobody has the automation do what he may not start', async () => {
    const enqueue = (kind: string, asAutomation: boolean) =>
      sql`select jobs.enqueue(gen_random_uuid(), ${kind}, null, '{}', ${asAutomation})`
    await run('F1', enqueue('automation.run', true))
    await run('Ka', enqueue('automation.arrival', true))
    for (const who of ['C1', 'V1', '$1', 'W1'] as const)
      for (const kind of ['automation.run', 'automation.arrival', 'notices.deliver', 'intake.run'])
        await refused(who, enqueue(kind, true))
    await refused('A1', enqueue('intake.run', true))
    await refused('S1', enqueue('automation.run', true))
    await refused('S1', enqueue('intake.run', false))
    await refused('P1', enqueue('intake.run', false))
  })

  it('62 a supplier tells of, ships and finds his own part only, and only as what he is', async () => {
    const record = (id: string, kind: string, data: object = {}) =>
      sql`select fulfillment.record(${id}, ${kind}, ${json(data)})`
    const stories = () =>
      owner(
        "select kind, actor, data from orders.timeline where kind like 'fulfillment.%' or kind like 'order.%' order by at, id",
      )
    await run('S1', record(at.s1, 'fulfillment.accepted', { units: 1, onBehalf: true }))
    const told = await stories()
    expect(told.at(-1)).toMatchObject({ actor: 'S1 · Exotic Liquids', data: { units: 1, fulfiller: 'Exotic Liquids' } })
    expect(told.at(-1)!.data).not.toHaveProperty('onBehalf')
    await run('S1', record(at.s2, 'fulfillment.accepted'))
    await refused('S1', record(at.s1, 'order.cancelled'))
    await refused('S1', record(at.s1, 'lines.unassigned'))
    await refused('S1p', record(at.s1, 'fulfillment.accepted'))
    await refused('V1', record(at.s1, 'fulfillment.shipped'))
    expect(await stories()).toEqual(told)

    const shipment = (change: object) =>
      json([
        {
          id: at.b,
          parcelId: at.a,
          carrier: 'c',
          service: '',
          shippedOn: '2026-01-01',
          notifyBuyer: false,
          notifyChannel: false,
          trackingNumber: 'FORGED',
          lines: [{ id: at.fLine, quantity: 1 }],
          ...change,
        },
      ])
    const parcels = () => owner('select * from fulfillment.parcels order by id')
    const before = await parcels()
    await refused('S1', sql`select fulfillment.ship(${shipment({ id: at.shipment, lines: [] })})`)
    await refused('S1', sql`select fulfillment.ship(${shipment({ id: at.shipment })})`)
    await refused('S1', sql`select fulfillment.ship(${shipment({ lines: [{ id: at.fLine, quantity: -1 }] })})`)
    await refused('S1', sql`select fulfillment.ship(${shipment({ lines: [{ id: at.fLine, quantity: 99 }] })})`)
    const [foreign] = await owner('select id from fulfillment.lines where fulfillment_order_id = $1', [at.s2])
    await refused('S1', sql`select fulfillment.ship(${shipment({ lines: [{ id: foreign!.id, quantity: 1 }] })})`)
    expect(await parcels()).toEqual(before)
    await run('S1', sql`select fulfillment.ship(${shipment({ trackingNumber: 'S1 Track/é' })})`)
    expect(await parcels()).toHaveLength(before.length + 1)

    const words = (word: string, id = at.s1) =>
      sql`select fulfillment.add_tracking_words(${json([{ id, words: [word] }])})`
    const found = (word: string) => owner('select order_id from orders.search_words where word = $1', [word])
    await run('S1', words('track/e'))
    expect(await found('track/e')).toEqual([{ order_id: at.a }])
    await run('S1', words('10248'))
    await run('S1', words('s2-track', at.s2))
    expect(await found('10248')).toEqual([])
    await refused('V1', words('track'))
    await refused('S1p', sql`select fulfillment.raise_rejected(array[${at.fLine}]::uuid[], 'r')`)
    await refused('S1', sql`select fulfillment.unassign(${at.s1})`)
    await refused('S1', sql`select * from fulfillment.snapshot(${uuids([at.s1])})`)
    await refused('S1', sql`select orders.recompute(${uuids([at.a])})`)
    await refused('S1', sql`select orders.stage_of(${at.a})`)
    await refused('S1', sql`select * from automation.supplier_names()`)
  })

  it('61 a function with the rights of its owner asks for the permission and the slice', async () => {
    const stage = (who: Name, id: string) => run(who, sql`select orders.stage_of(${id}) as stage`)
    expect(await stage('C1s', at.a)).toEqual([{ stage: 'submitted' }])
    expect(await stage('P1', at.a)).toEqual([{ stage: 'submitted' }])
    for (const [who, id] of [
      ['C1s', at.b],
      ['P1', at.b],
      ['P2', at.a],
      ['A1', at.two],
    ] as const)
      expect(await stage(who, id), who).toEqual([{ stage: null }])
    const words = sql`select fulfillment.set_words(${json([{ id: at.s1, words: [] }])})`
    await refused('V1', words)
    await refused('$1', words)
    await refused('V1', sql`select fulfillment.settle(${uuids([at.s1])})`)
    await refused('C1', sql`select fulfillment.unassign(${at.s1})`)
    await refused('V1', sql`select fulfillment.follow_cancelled(${uuids([at.a])})`)
    await refused('C1', sql`select orders.follow_products(${uuids([at.a])})`)
    await refused('C1', sql`select access.end_sessions(${memberOf('A1')})`)
    await refused('F1', sql`select access.add_key(${memberOf('Ka')}, '\\x00'::bytea, null)`)
    await refused('F1', sql`select access.mint_invitation_token(${accounts.one.id}, ${at.a}, '\\x00'::bytea)`)
    await refused('A1', sql`select access.mint_invitation_token(${accounts.two.id}, ${at.a}, '\\x00'::bytea)`)
    await refused('F1', sql`select access.void_invitation_links(${at.a})`)
    await refused('A1', sql`select jobs.mint_session(${accounts.two.id}, ${at.a}, '\\x00'::bytea)`)
    await refused('A1', sql`select orders.recompute_in(${accounts.two.id}, ${uuids([at.two])})`)
    await refused('A1', sql`select access.create_account(${at.a}, 'x', 'EUR', 'UTC', false, ${at.a}, ${at.a})`)
    await refused('A1', sql`select * from access.places_of(${at.a})`)
    await refused('A1', sql`select orders.release_due_holds()`)
    // What is out of reach stays as it is, without a word.
    await owner("update orders.orders set status = 'on_hold' where id = any ($1)", [[at.b, at.two]])
    await run('C1s', sql`select orders.recompute(${uuids([at.a, at.b, at.two])})`)
    expect(await owner('select distinct status from orders.orders where id = any ($1)', [[at.b, at.two]])).toEqual([
      { status: 'on_hold' },
    ])
    await run('A1', sql`select orders.recompute(${uuids([at.b])})`)
    expect(await owner('select status from orders.orders where id = $1', [at.b])).toEqual([
      { status: 'awaiting_shipment' },
    ])
  })

  it('6 the number a supplier sees tells of no part but his own', async () => {
    for (const who of ['S1', 'S2'] as const)
      expect((await world.as(who, 'GET /queue')).body.items.map((item: { number: string }) => item.number)).toEqual([
        'N-1',
      ])
    const more = await world.work('A1', async (tx) => {
      await tx.rows(sql`update fulfillment.lines set quantity = quantity - 1 where id = ${at.fLine}`)
      return await assignLines(tx, {
        lines: [{ orderId: at.a, orderLineId: at.lineA }],
        to: { supplierId: parties.S1.id },
      })
    })
    expect(more[0]!.number).toBe('N-1-2')
  })
})
