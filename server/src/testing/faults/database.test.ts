import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { pipeline } from '#kernel/db/pipeline.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { defineJob, enqueue } from '#kernel/jobs.ts'
import { startWorker } from '#kernel/jobs-worker.ts'
import { registered } from '#kernel/routes.ts'
import { addOrders } from '#orders'
import { type Name, stores } from '../cast.ts'
import { cases, pathFor } from '../matrix-cases.ts'
import { type Network, openNetwork } from '../network.ts'
import { orderDraft } from '../scene.ts'
import { openWorld, type World } from '../world.ts'

describe('a database that fails', () => {
  let network: Network
  let world: World & { close(): Promise<void> }
  let boss: pg.Client
  let orderId: string
  const server = inject('server')

  beforeAll(async () => {
    // To PostgreSQL itself, pooler or not: it is its failures that are made.
    network = await openNetwork(server.admin)
    world = await openWorld({ network, poolSize: 4 })
    boss = new pg.Client({ ...server.admin, database: world.owner.database } as pg.ClientConfig)
    await boss.connect()
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('1')] }))
    orderId = [...ids.values()][0]!
  })
  afterAll(async () => {
    await boss.end()
    await world.close()
    await network.close()
  })
  afterEach(() => {
    network.delay = 0
    vi.restoreAllMocks()
  })

  const comment = (text: string, key?: string) =>
    world.as(
      'A1',
      `POST /orders/${orderId}/comments`,
      { text, visibility: 'internal' },
      key ? { 'idempotency-key': key } : {},
    )
  const comments = async (text: string) =>
    (await world.owner.query('select 1 from orders.comments where text = $1', [text])).rowCount
  const insertComment = (tx: Tx, text: string) =>
    tx.rows(sql`insert into orders.comments (account_id, id, order_id, store_id, visibility, author_member_id, author, text)
      select account_id, gen_random_uuid(), id, store_id, 'internal', app.member_id(), 'A1', ${text} from orders.orders where id = ${orderId}`)
  const pidOf = async (tx: Tx) => (await tx.first(sql<{ pid: number }>`select pg_backend_pid() as pid`))!.pid
  const end = (pid: number) => boss.query('select pg_terminate_backend($1, 5000)', [pid])

  it('F4 a connection that is ended in the middle of a transaction: it is done anew, once in effect', async () => {
    let runs = 0
    await world.work('A1', async (tx) => {
      runs++
      await insertComment(tx, 'F4')
      if (runs > 1) return
      await end(await pidOf(tx))
      await pidOf(tx) // before the commit, of which it could not be said how it went
    })
    expect([runs, await comments('F4')]).toEqual([2, 1])
    const refused = world.work('A1', async () => {
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    })
    await expect(refused, 'and given up when that does not help').rejects.toMatchObject({ code: 'unavailable' })
    expect((await world.as('A1', 'GET /orders')).status).toBe(200)
  })

  it('F47 deadlocks and serialization failures in a burst: each is done anew as a whole, once in effect', async () => {
    const skus = ['F47-a', 'F47-b']
    for (const sku of skus) await world.as('A1', 'POST /products', { sku, name: sku })
    const touch = (tx: Tx, sku: string) =>
      tx.rows(sql`update catalog.products set version = version + 1 where sku = ${sku}`)
    await boss.query(`alter database ${world.owner.database} set deadlock_timeout = '50ms'`)
    network.cut()
    let runs = 0
    const crosswise = Array.from({ length: 4 }, (_, n) =>
      world.work('A1', async (tx) => {
        runs++
        await touch(tx, skus[n % 2]!)
        await tx.rows(sql`select pg_sleep(0.05)`)
        await touch(tx, skus[(n + 1) % 2]!)
      }),
    )
    const ended = await Promise.allSettled(crosswise)
    const done = ended.filter(({ status }) => status === 'fulfilled').length
    const { rows } = await world.owner.query('select version from catalog.products where sku = any ($1)', [skus])
    expect(rows.map(({ version }) => version)).toEqual([1 + done, 1 + done])
    expect(runs).toBeGreaterThan(4)
    for (const one of ended) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'busy' })

    let tries = 0
    const never = world.work('A1', async (tx) => {
      tries++
      await insertComment(tx, 'F47')
      throw Object.assign(new Error('could not serialize'), { code: '40001' })
    })
    await expect(never).rejects.toMatchObject({ code: 'busy', status: 409 })
    expect([tries, await comments('F47')]).toEqual([3, 0])
  })

  it('F48 a BEGIN that was forgotten is ended by the database, and those behind it go on', async () => {
    for (const [name, login] of Object.entries(server.logins)) {
      const client = new pg.Client({ ...server.admin, ...login, database: world.owner.database } as pg.ClientConfig)
      client.on('error', () => {})
      await client.connect()
      const { rows } = await client.query('show idle_in_transaction_session_timeout')
      expect([name, rows[0].idle_in_transaction_session_timeout]).toEqual([name, '10s'])
      if (name === 'owner') {
        await client.query("set idle_in_transaction_session_timeout = '100ms'")
        await client.query('begin')
        await client.query("update catalog.products set version = version where sku = 'F47-a'")
        await world.work('A1', (tx) => tx.rows(sql`update catalog.products set version = version where sku = 'F47-a'`))
      }
      await client.end().catch(() => {})
    }
  })

  it('F49 no lock, no transaction and no context is left on a pooled connection', async () => {
    await comment('F49')
    const { rows } = await boss.query(
      `select l.locktype, a.application_name, a.state from pg_stat_activity a left join pg_locks l on l.pid = a.pid and l.locktype = 'advisory'
        where a.datname = current_database() and a.usename like 'cd\\_%' and a.pid <> pg_backend_pid()`,
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.filter(({ locktype, state }) => locktype !== null || state !== 'idle')).toEqual([])
    const { rows: left } = await world.deps.pools.staff.query(
      "select coalesce(nullif(current_setting('app.context', true), ''), 'nobody') as who",
    )
    expect(left).toEqual([{ who: 'nobody' }])
  })

  it('F51 no connection is free: 503 within two seconds, health answers, and it goes on at once', async () => {
    const held = await Promise.all([1, 2, 3, 4].map(() => world.deps.pools.staff.connect()))
    try {
      const began = Date.now()
      const [list, write, health, ready] = await Promise.all([
        world.as('A1', 'GET /orders'),
        comment('F51'),
        world.app.inject('/healthz'),
        world.app.inject('/readyz'),
      ])
      expect(Date.now() - began).toBeLessThan(2_000)
      expect([list.status, list.body.code, write.status]).toEqual([503, 'unavailable', 503])
      expect(Number(list.headers['retry-after'])).toBeGreaterThan(0)
      expect([health.statusCode, ready.statusCode]).toEqual([200, 200])
    } finally {
      for (const client of held) client.release()
    }
    expect((await world.as('A1', 'GET /orders')).status).toBe(200)
    expect(await comments('F51')).toBe(0)
  })

  it('F63 the answer to the commit is lost: that is what is said, and the same key tells how it went', async () => {
    // A new connection: on one that has committed before, the statement has a name.
    network.cut()
    network.loseAnswerTo('commit\0')
    const lost = await comment('F63', 'f63')
    expect([lost.status, lost.body.code]).toEqual([503, 'outcome_unknown'])
    expect(lost.body.detail).toContain('Idempotency-Key')
    expect(Number(lost.headers['retry-after'])).toBeGreaterThan(0)
    const again = await comment('F63', 'f63')
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true'])
    expect(await comments('F63')).toBe(1)
  })

  it('F63 a commit that the database broke off likewise, where nothing was done', async () => {
    await world.owner.query(`
      create function orders.dawdle() returns trigger language plpgsql set search_path = pg_catalog as $$ begin perform pg_sleep(5); return null; end $$;
      create constraint trigger dawdle after insert on orders.comments deferrable initially deferred for each row execute function orders.dawdle()`)
    const asked = comment('F63 too', 'f63-too')
    const atCommit =
      "select pid from pg_stat_activity where datname = current_database() and query = 'commit' and state = 'active'"
    await vi.waitFor(async () => expect((await boss.query(atCommit)).rowCount).toBe(1), { interval: 20 })
    await end((await boss.query(atCommit)).rows[0].pid)
    expect((await asked).body.code).toBe('outcome_unknown')
    await world.owner.query('drop trigger dawdle on orders.comments; drop function orders.dawdle()')
    const again = await comment('F63 too', 'f63-too')
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, undefined])
    expect(await comments('F63 too')).toBe(1)
  })

  it('F70 connections that are reset are replaced without anybody noticing', async () => {
    network.cut()
    expect((await world.as('A1', 'GET /orders')).status).toBe(200)
    network.cut()
    expect((await comment('F70')).status).toBe(201)
    expect(await comments('F70')).toBe(1)
  })

  it('F70 a connection whose other end is silent is given up when its time is over', async () => {
    const client = await world.deps.pools.staff.connect()
    network.freeze()
    await expect(pipeline(client, [{ text: 'select 1', values: [] }], 200)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    client.release(true)
    network.cut()
    network.thaw()
    expect((await world.as('A1', 'GET /orders')).status).toBe(200)
  })

  it('F71 the connection that listens is dead without a sound: jobs begin within five seconds all the same', async () => {
    defineJob('does nothing', async () => {})
    const worker = await startWorker(world.deps)
    try {
      await vi.waitFor(
        async () =>
          expect(
            (
              await boss.query(
                "select from pg_stat_activity where query ilike 'listen%' and datname = current_database()",
              )
            ).rowCount,
          ).toBe(1),
        { timeout: 5_000, interval: 20 },
      )
      network.freeze('listen crossdock_jobs')
      await world.work('A1', (tx) => enqueue(tx, { kind: 'does nothing' }))
      const began = Date.now()
      const waiting = "select from jobs.jobs where kind = 'does nothing' and state <> 'done'"
      await vi.waitFor(async () => expect((await boss.query(waiting)).rowCount).toBe(0), {
        timeout: 5_000,
        interval: 50,
      })
      expect(Date.now() - began).toBeLessThan(5_000)
    } finally {
      network.cut()
      await worker.stop()
    }
  })

  it('F72 the database is 200 ms away: it works', async () => {
    network.delay = 100
    const began = Date.now()
    expect((await world.as('A1', 'GET /orders')).status).toBe(200)
    expect((await comment('F72')).status).toBe(201)
    expect(Date.now() - began).toBeLessThan(20 * 2 * 200)
    expect(await comments('F72')).toBe(1)
  })

  it('F72 no request asks the database more than twenty times', async () => {
    const ask = vi.spyOn(pg.Client.prototype, 'query')
    const asked: Record<string, number> = {}
    for (const { name, endpoint } of registered) {
      if (name === 'signOut') continue
      const one = cases[name]!
      const who: Name = endpoint.allow.startsWith('queue:') ? 'S1' : 'A1'
      const subject = (await one.subject?.(world, 'own')) ?? ''
      const path = pathFor(endpoint.path, subject)
      const body = one.body?.(subject)
      ask.mockClear()
      await world.as(who, `${endpoint.method} ${path}${one.query ?? ''}`, body, one.headers)
      asked[name] = ask.mock.calls.length
    }
    expect(Object.entries(asked).filter(([, times]) => times > 20)).toEqual([])
    expect(Math.max(...Object.values(asked))).toBeGreaterThan(3)
    if (process.env.ROUND_TRIPS)
      console.log(
        Object.entries(asked)
          .sort((a, b) => b[1] - a[1])
          .slice(0, 15),
      )
  }, 60_000)
})
