import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { plain, useAttackScene } from './attack-scene.ts'
import { accounts, memberOf, type Name, parties, stores } from './cast.ts'

/** What must not work, each by its number in the list of attacks. The allowed call comes before the refused one. */
describe('somebody with SQL of his own, as each login', () => {
  const { at, world, run, owner, refused, insert } = useAttackScene()

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
      // Of two statements in one, none is taken; of two in turn, the second asks for what nobody may see.
      await refused(who, sql`set local row_security = off; select * from orders.orders`, /^42601$/)
      const blind = world.work(who, (tx) => tx.all(sql`set local row_security = off`, sql`select * from orders.orders`))
      await expect(blind).rejects.toMatchObject({ code: '42501' })
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
        'select * from jobs.workers',
        'select app.remove_account(gen_random_uuid())',
      ])
        await refused(who, plain(text))
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
      ['P1', 'catalog.products', 'none'],
      ['P1', 'catalog.product_costs', 'refused'],
      ['C1', 'orders.order_amounts', 'none'],
      ['C1', 'orders.line_amounts', 'none'],
      ['C1', 'catalog.product_costs', 'none'],
      ['C1', 'catalog.products', 'none'],
      ['C1', 'notices.outbox', 'none'],
      ['W1', 'access.audit', 'none'],
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
        "insert into orders.order_tags (account_id, order_id, store_id, tag, side) select account_id, id, store_id, 'x', 'host' from orders.orders",
      ])
        await refused(who, plain(text))
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
})
