import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { lint } from '#kernel/db/lint.ts'
import { sql } from '#kernel/db/sql.ts'
import { plain, useAttackScene } from './attack-scene.ts'
import { accounts, type Name } from './cast.ts'

/** Somebody with SQL of his own in one of the program's logins; each by its number in the list of attacks. */
describe('with SQL of one’s own', () => {
  const { at, world, run } = useAttackScene()

  it('137 what PostgreSQL tells of others holds no value of theirs', async () => {
    await world.owner.query('analyze orders.recipients; analyze orders.orders')
    for (const who of ['P1', 'S1', 'C1s'] as const)
      for (const query of [
        "select string_agg(coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, ''), '') as t from pg_stats where schemaname in ('orders', 'fulfillment', 'access')",
        'select string_agg(query, $q$ $q$) as t from pg_stat_activity where pid <> pg_backend_pid()',
        "select string_agg(statement, ' ') as t from pg_prepared_statements",
        'select string_agg(relation::regclass::text, $q$ $q$) as t from pg_locks where pid <> pg_backend_pid()',
      ]) {
        const rows = await run(who, plain(query)).catch(() => [])
        expect(JSON.stringify(rows), `${who}: ${query}`).not.toMatch(/Henriot|paul@|Abbaye|S2-TRACK|0a000000-0000/)
      }
  })

  it('138 the same statement for two clients in turn, through everything a plan may be kept for, gives each his own', async () => {
    const ways = [
      sql<{ id: string }>`select id from orders.orders order by id`,
      sql<{ id: string }>`with o as (select * from orders.orders) select id from o order by id`,
      sql<{ id: string }>`with o as materialized (select * from orders.orders) select id from o order by id`,
      sql<{ id: string }>`select x.id from (select id from orders.orders offset 0) x order by id`,
      sql<{
        id: string
      }>`select id from orders.lines where exists (select from orders.orders o where o.id = order_id) order by id`,
      sql<{ id: string }>`select unnest(array(select id from orders.orders order by id)) as id`,
    ]
    for (const way of ways) {
      const first = { P1: '', P2: '' }
      for (let turn = 0; turn < 20; turn++)
        for (const who of ['P1', 'P2'] as const) {
          const ids = JSON.stringify(await run(who, way))
          first[who] ||= ids
          expect(ids).toBe(first[who])
        }
      expect(first.P1).not.toBe(first.P2)
      expect(first.P1).toContain('id')
    }
  })

  it('141 nobody holds a row, a transaction or a statement for long', async () => {
    for (const who of ['C1', 'P1', 'S1'] as const) {
      const [limits] = (await run(
        who,
        plain(
          "select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle",
        ),
      )) as { statement: string; lock: string; idle: string }[]
      expect(limits).toEqual({ statement: '12s', lock: '5s', idle: '10s' })
    }
  })

  it('142 a table without a policy is refused before the server starts', async () => {
    const { admin, logins } = inject('server')
    const client = new pg.Client({ ...admin, database: world.owner.database } as pg.ClientConfig)
    await client.connect()
    const names = Object.values(logins).map(({ user }) => user)
    try {
      expect(await lint(client, names)).toEqual([])
      await client.query('begin; create table orders.careless (account_id uuid not null, id uuid primary key)')
      expect((await lint(client, names)).join()).toContain('orders.careless')
      await client.query('rollback')
    } finally {
      await client.end()
    }
  })

  it('210 a store that leaves a grant is gone from the next request on, whatever comes into it meanwhile', async () => {
    const orderIds = async (who: Name) =>
      (await world.as(who, 'GET /orders?limit=200')).body.items.map(({ id }: { id: string }) => id) as string[]
    expect(await orderIds('P1')).toContain(at.a)
    const { rows } = await world.owner.query(
      "delete from access.member_stores where account_id = $1 and member_id = (select id from access.members where account_id = $1 and name = 'P1') returning *",
      [accounts.one.id],
    )
    for (let turn = 0; turn < 5; turn++) {
      await world.as('A1', 'POST /orders', {
        storeId: rows[0].store_id,
        number: `NEW-${turn}`,
        lines: [{ sku: 'S', quantity: 1 }],
      })
      expect(await orderIds('P1')).toEqual([])
      expect((await world.as('P1', `GET /orders/${at.a}`)).status).toBe(404)
    }
    await world.owner.query('insert into access.member_stores values ($1, $2, $3)', [
      rows[0].account_id,
      rows[0].member_id,
      rows[0].store_id,
    ])
    expect(await orderIds('P1')).toContain(at.a)
  })
})
