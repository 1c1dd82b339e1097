import { existsSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { accounts, memberOf, type Name } from '../testing/cast.ts'
import { jobOf, queueJob, untilJob } from '../testing/queue.ts'
import { runJob } from '../testing/run-job.ts'
import { useWorld } from '../testing/world.ts'
import { audit } from './audit.ts'
import { sql } from './db/sql.ts'
import { defineJob, enqueue, type RunningJob } from './jobs.ts'
import { jobsHealth } from './jobs-health.ts'
import { type JobWorker, startWorker } from './jobs-worker.ts'

/** A door that a job stands at until the test lets it through. */
function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

let workers: JobWorker[] = []
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop(0)))
  workers = []
})

describe('whose turn it is', () => {
  const world = useWorld(undefined, { poolSize: 6 })

  it('an account with fifty jobs does not keep one with a single job waiting', async () => {
    const started: string[] = []
    const doors: (() => void)[] = []
    defineJob('test.wait', async (job) => {
      started.push(job.accountId)
      const { open, passed } = gate()
      doors.push(open)
      await passed
    })
    for (let n = 0; n < 50; n++) await queueJob(world, 'A1', 'test.wait')
    workers.push(await startWorker(world.deps, { lapse: 1_000 }))
    await vi.waitFor(() => expect(started).toHaveLength(2), { timeout: 15_000 })
    const lone = await queueJob(world, 'A2', 'test.wait')
    doors[0]!()
    await vi.waitFor(() => expect(started).toHaveLength(3), { timeout: 15_000 })
    expect(started[2]).toBe(accounts.two.id)
    doors[2]!()
    await untilJob(world, lone, 'done')
    doors[1]!()
    const rest = setInterval(() => {
      for (const open of doors) open()
    }, 5)
    await vi.waitFor(() => expect(started).toHaveLength(51), { timeout: 10_000 })
    clearInterval(rest)
    // The last of them too: one that hangs keeps its account's turn from the next test.
    for (const open of doors) open()
    await vi.waitFor(async () => expect(await stillRunning()).toBe(0), { timeout: 10_000 })
  })

  const stillRunning = async () =>
    (
      await world.owner.query(
        "select count(*)::int as n from jobs.jobs where kind like 'test.%' and state in ('queued', 'running')",
      )
    ).rows[0].n

  it('what a person waits for goes before, and has a slot of its own', async () => {
    const started: string[] = []
    const { open, passed } = gate()
    defineJob('test.bulk', async () => {
      started.push('bulk')
      await passed
    })
    defineJob('test.urgent', async () => void started.push('urgent'), { urgent: true })
    for (let n = 0; n < 4; n++) await queueJob(world, 'A1', 'test.bulk')
    workers.push(await startWorker(world.deps, { lapse: 1_000 }))
    await vi.waitFor(() => expect(started).toHaveLength(2), { timeout: 15_000 })
    await world.work('A1', (tx) => enqueue(tx, { kind: 'test.urgent' }))
    await vi.waitFor(() => expect(started).toEqual(['bulk', 'bulk', 'urgent']), { timeout: 15_000 })
    open()
    await vi.waitFor(() => expect(started).toHaveLength(5), { timeout: 15_000 })
  })
})

describe('a job that fails', () => {
  const world = useWorld(undefined, { poolSize: 6 })

  it('F58 is set aside after three tries, others go on, and a person tries again', async () => {
    let broken = true
    defineJob('test.flaky', async () => {
      if (broken) throw new TypeError('a bug')
    })
    defineJob('test.good', async () => {})
    const flaky = await queueJob(world, 'C1', 'test.flaky')
    const good = await queueJob(world, 'C1', 'test.good')
    const heard: string[] = []
    workers.push(await startWorker(world.deps, { lapse: 60, report: (_, about) => void heard.push(about) }))
    expect(await untilJob(world, flaky, 'set_aside')).toMatchObject({ attempts: 3, error: { code: 'internal' } })
    await vi.waitFor(() => expect(heard).toEqual(['test.flaky', 'test.flaky', 'test.flaky']), { timeout: 15_000 })
    await untilJob(world, good, 'done')
    expect(await jobsHealth(world.deps)).toMatchObject({ setAside: 1, workers: 1, failing: [] })
    broken = false
    expect((await world.as('W1', `POST /jobs/${flaky}/retry`)).status).toBe(404)
    expect((await world.as('A2', `POST /jobs/${flaky}/retry`)).status).toBe(404)
    expect((await world.as('C1', `POST /jobs/${good}/retry`)).status).toBe(409)
    expect((await world.as('A1', `POST /jobs/${flaky}/retry`)).status).toBe(200)
    expect(await untilJob(world, flaky, 'done')).toMatchObject({ attempts: 4 })
    expect(await jobsHealth(world.deps)).toMatchObject({ setAside: 0 })
  })

  it('whoever gets further than ever has three tries again', async () => {
    let reached = 0
    defineJob('test.slow', async (job) => {
      await job.progress(++reached, 6)
      if (reached < 6) throw new Error('not yet')
    })
    const id = await queueJob(world, 'A1', 'test.slow')
    workers.push(await startWorker(world.deps, { lapse: 60 }))
    expect(await untilJob(world, id, 'done')).toMatchObject({ attempts: 6, done: 6 })
  })
})

describe('a job whose lease is gone', () => {
  const world = useWorld(undefined, { poolSize: 6 })

  it('F55 commits nothing, though it was in the middle of a write', async () => {
    const { open, passed } = gate()
    const inside = gate()
    const hands: RunningJob[] = []
    defineJob('test.write', async (job) => {
      hands.push(job)
      if (hands.length > 1) return
      await job.write('jobs:read', async (tx) => {
        await audit(tx, 'test.written', { kind: 'job', id: job.id })
        inside.open()
        await passed
      })
    })
    const written = async () =>
      (await world.owner.query("select from access.audit where action = 'test.written'")).rowCount
    const id = await queueJob(world, 'A1', 'test.write')
    const first = runJob(world.deps, accounts.one.id, id)
    await inside.passed
    await runJob(world.deps, accounts.one.id, id)
    expect(await jobOf(world, id)).toMatchObject({ state: 'done', lease: 2 })
    open()
    await first
    expect(await written()).toBe(0)
    // Who still has the lease writes.
    hands.length = 0
    await runJob(world.deps, accounts.one.id, await queueJob(world, 'A1', 'test.write'))
    expect(await written()).toBe(1)
  })
})

describe('a job of somebody who may not enter any more', () => {
  const world = useWorld(undefined, { poolSize: 6 })
  const leaves = async (who: Name, deed: 'deactivate' | 'reactivate') =>
    expect((await world.as('A1', `POST /members/${memberOf(who)}/${deed}`)).status).toBe(200)

  it('198 does not begin', async () => {
    let ran = 0
    defineJob('test.count', async () => void ran++)
    const allowed = await queueJob(world, 'F1', 'test.count')
    await world.drain()
    expect([await jobOf(world, allowed), ran]).toMatchObject([{ state: 'done' }, 1])
    const refused = await queueJob(world, 'F1', 'test.count')
    await leaves('F1', 'deactivate')
    await world.drain()
    expect([await jobOf(world, refused), ran]).toMatchObject([{ state: 'failed', error: { code: 'owner_gone' } }, 1])
    await leaves('F1', 'reactivate')
  })

  it('194 stops where it is, and what it left behind is cleared away', async () => {
    const file = join(world.dataDir, 'export.csv')
    const { open, passed } = gate()
    const begun = gate()
    defineJob(
      'test.export',
      async (job) => {
        writeFileSync(file, 'half of it')
        await job.read('orders:read').rows(sql`select 1`)
        begun.open()
        await passed
        await job.read('orders:read').rows(sql`select 1`)
        await job.progress(1)
      },
      { tidy: async () => await rm(file, { force: true }) },
    )
    const id = await queueJob(world, 'F1', 'test.export')
    const running = runJob(world.deps, accounts.one.id, id)
    await begun.passed
    expect(existsSync(file)).toBe(true)
    await leaves('F1', 'deactivate')
    open()
    await running
    expect(await jobOf(world, id)).toMatchObject({
      state: 'failed',
      done: 0,
      error: { code: 'owner_gone' },
      untidy: false,
    })
    expect(existsSync(file)).toBe(false)
    await leaves('F1', 'reactivate')
  })

  it('is cleared away by any worker where its own died with it', async () => {
    const file = join(world.dataDir, 'left.csv')
    writeFileSync(file, 'half of it')
    defineJob('test.left', async () => {}, { tidy: async () => await rm(file, { force: true }) })
    const id = await queueJob(world, 'F1', 'test.left')
    await world.owner.query(
      "update jobs.jobs set state = 'cancelled', untidy = true, finished_at = now() - interval '1 hour' where id = $1",
      [id],
    )
    workers.push(await startWorker(world.deps, { lapse: 60 }))
    await vi.waitFor(async () => expect(await jobOf(world, id)).toMatchObject({ untidy: false }))
    expect(existsSync(file)).toBe(false)
  })
})

describe('who sees and steers which jobs', () => {
  const world = useWorld()

  it('one sees his own; who manages jobs all of the account, of others no detail', async () => {
    const mine = await queueJob(world, 'C1', 'test.seen')
    await queueJob(world, 'A2', 'test.seen')
    await world.owner.query("update jobs.jobs set state = 'failed', error = $2 where id = $1", [
      mine,
      { code: 'not_found', detail: 'of order 4711' },
    ])
    const [own, managed, nobody, foreign] = await Promise.all(
      (['C1', 'A1', 'F1', 'A2'] as const).map(async (who) => (await world.as(who, 'GET /jobs')).body.items),
    )
    expect(own).toMatchObject([
      { id: mine, mine: true, owner: 'C1', error: { code: 'not_found', detail: 'of order 4711' } },
    ])
    expect(managed).toMatchObject([{ id: mine, mine: false, owner: 'C1' }])
    expect(managed[0].error).toEqual({ code: 'not_found' })
    expect(nobody).toEqual([])
    expect(foreign).toMatchObject([{ mine: true }])
    expect((await world.as('F1', `GET /jobs/${mine}`)).status).toBe(404)
  })

  it('lists them page by page, by state', async () => {
    for (let n = 0; n < 5; n++) await queueJob(world, 'W1', 'test.many')
    const first = (await world.as('W1', 'GET /jobs?limit=3&state=queued')).body
    const next = (await world.as('W1', `GET /jobs?limit=3&state=queued&cursor=${first.nextCursor}`)).body
    const ids = [...first.items, ...next.items].map(({ id }: { id: string }) => id)
    expect([new Set(ids).size, next.nextCursor, [...ids].sort().reverse()]).toEqual([5, null, ids])
    expect((await world.as('W1', 'GET /jobs?state=done')).body.items).toEqual([])
    expect((await world.as('V1', `GET /jobs?state=queued&cursor=${first.nextCursor}`)).status).toBe(400)
  })

  it('leaves mails that go well out of the list until they are asked for; one that failed stands there', async () => {
    const sent = await queueJob(world, '$1', 'notices.deliver')
    const failed = await queueJob(world, '$1', 'notices.deliver')
    const other = await queueJob(world, '$1', 'test.other')
    await world.owner.query("update jobs.jobs set state = 'failed' where id = $1", [failed])
    const ids = async (query: string) =>
      (await world.as('$1', `GET /jobs${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await ids('')).toEqual([other, failed])
    expect(await ids('?routine=true')).toEqual([other, failed, sent])
    expect(await ids('?state=queued')).toEqual([other])
  })

  it('cancels his own; of others only who manages jobs', async () => {
    const id = await queueJob(world, 'C1', 'test.cancel')
    for (const who of ['F1', 'W1', 'A2'] as const)
      expect((await world.as(who, `POST /jobs/${id}/cancel`)).status, who).toBe(404)
    expect((await world.as('A1', `POST /jobs/${id}/cancel`)).status).toBe(200)
    expect((await world.as('C1', `POST /jobs/${id}/cancel`)).status).toBe(409)
    const own = await queueJob(world, 'C1', 'test.cancel')
    expect((await world.as('C1', `POST /jobs/${own}/cancel`)).status).toBe(200)
  })

  it('197 no login puts a job in or changes one, least of all for another', async () => {
    const id = await queueJob(world, 'A1', 'test.kept')
    const attempts = (account: string, member: string) => [
      sql`insert into jobs.jobs (account_id, id, member_id, kind) values (${account}, gen_random_uuid(), ${member}, 'intake.run')`,
      sql`update jobs.jobs set member_id = ${member} where id = ${id}`,
      sql`update jobs.jobs set state = 'queued' where id = ${id}`,
      sql`update jobs.jobs set payload = '{}' where id = ${id}`,
      sql`delete from jobs.jobs where id = ${id}`,
      sql`select payload from jobs.jobs where id = ${id}`,
      sql`select * from jobs.claim(gen_random_uuid(), array['test.kept'], false)`,
      sql`select jobs.beat(gen_random_uuid(), array[]::uuid[], interval '0')`,
      sql`update jobs.schedules set next_run_at = now()`,
      sql`select * from jobs.workers`,
    ]
    await world.work('A1', (tx) => tx.rows(sql`select id from jobs.jobs where id = ${id}`))
    for (const who of ['A1', 'C1', 'A2', 'S1', 'P1'] as const)
      for (const attempt of [
        ...attempts(accounts.one.id, memberOf('A1')),
        ...attempts(accounts.two.id, memberOf('A2')),
      ])
        await expect(
          world.work(who, (tx) => tx.rows(attempt)),
          who,
        ).rejects.toMatchObject({ code: '42501' })
    // Whoever has the worker's login may move jobs, not say whose they are.
    for (const text of [
      'insert into jobs.jobs (account_id, id, member_id, kind) select account_id, gen_random_uuid(), member_id, kind from jobs.jobs',
      `update jobs.jobs set member_id = '${memberOf('F1')}'`,
      "update jobs.jobs set payload = '{}'",
      "update jobs.jobs set kind = 'intake.run'",
    ])
      await expect(world.deps.pools.worker.query(text), text).rejects.toMatchObject({ code: '42501' })
    // A session is minted for a job that runs, and for the lease it runs under.
    const minted = await world.deps.pools.worker.query(
      "select jobs.mint_session($1, $2, 0, '\\x01'::bytea) as audience",
      [accounts.one.id, id],
    )
    expect(minted.rows).toEqual([{ audience: null }])
    expect(await jobOf(world, id)).toMatchObject({ state: 'queued', attempts: 0 })
  })
})
