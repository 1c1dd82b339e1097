import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { defineJob } from '#kernel/jobs.ts'
import { jobsHealth } from '#kernel/jobs-health.ts'
import { keepSchedules, schedule, startDue } from '#kernel/jobs-schedule.ts'
import { type JobWorker, startWorker } from '#kernel/jobs-worker.ts'
import { tokenOf } from '../cast.ts'
import { secret } from '../global-setup.ts'
import { jobOf, queueJob, untilJob } from '../queue.ts'
import { nameInstallation, type Spawned, spawnServer } from '../spawned.ts'
import { newStore, upload } from '../upload.ts'
import { at, useWorld, type World } from '../world.ts'

const lapse = 1_000
const env = { WORKER_LAPSE: String(lapse / 1_000) }

/** A checked import of so many orders, whose run is in the queue. */
async function queuedImport(world: World, name: string, orders: number) {
  const rows = Array.from({ length: orders }, (_, n) => `${name}-${n},TEA-01,1,FR`)
  const { body } = await upload(world, 'A1', 'orders', `Order number,SKU,Quantity,Country\n${rows.join('\n')}\n`)
  const storeId = await newStore(world, name)
  expect((await world.as('A1', `PATCH /imports/${body.id}`, { storeId }, at(1))).status).toBe(200)
  await world.as('A1', `POST /imports/${body.id}/check`)
  await world.drain()
  await vi.waitFor(async () => expect((await world.as('A1', `GET /imports/${body.id}`)).body.state).toBe('checked'), {
    timeout: 10_000,
  })
  expect((await world.as('A1', `POST /imports/${body.id}/run`)).status).toBe(202)
  const { rows: jobs } = await world.owner.query('select job_id from intake.imports where id = $1', [body.id])
  return {
    jobId: jobs[0].job_id as string,
    count: async () =>
      (await world.owner.query('select count(*) from orders.orders where store_id = $1', [storeId])).rows[0].count,
  }
}

describe('a worker that is lost', { timeout: 60_000 }, () => {
  const world = useWorld(undefined, { poolSize: 6 })
  let other: JobWorker | undefined
  let server: Spawned | undefined
  afterEach(async () => {
    await other?.stop(0)
    other = undefined
  })
  const another = async () => {
    other = await startWorker(world.deps, { lapse })
  }

  it('F2 killed in the middle of a job: another goes on within seconds, each order once, and the attempts are counted', async () => {
    const { jobId, count } = await queuedImport(world, 'killed', 1_600)
    const killed = await spawnServer(world, { ...env, CROSSDOCK_FAILPOINT: 'import.after_batch:2:kill' })
    expect(await killed.ended).toBe('SIGKILL')
    expect([await count(), (await jobOf(world, jobId)).state]).toEqual([1_000, 'running'])
    await another()
    expect(await untilJob(world, jobId, 'done')).toMatchObject({ attempts: 2 })
    expect(await count()).toBe(1_600)
  })

  it('F55 frozen for longer than its lease: another finishes, and what it does when it thaws changes nothing', async () => {
    const file = join(world.dataDir, 'paused')
    const { jobId, count } = await queuedImport(world, 'frozen', 1_600)
    server = await spawnServer(world, { ...env, CROSSDOCK_FAILPOINT: `import.after_batch:2:pause=${file}` })
    await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 10_000 })
    server.process.kill('SIGSTOP')
    await another()
    expect(await untilJob(world, jobId, 'done')).toMatchObject({ attempts: 2 })
    rmSync(file)
    const before = await world.owner.query('select id from jobs.workers')
    server.process.kill('SIGCONT')
    await vi.waitFor(
      async () => {
        const { rowCount } = await world.owner.query('select from jobs.workers')
        expect(rowCount).toBe(before.rowCount! + 1) // it lives, and says so
      },
      { timeout: 10_000 },
    )
    expect((await server.as('A1', 'GET /me')).status).toBe(200)
    expect(await count()).toBe(1_600)
    expect(await jobOf(world, jobId)).toMatchObject({ state: 'done', attempts: 2 })
  })

  it('F7 asked to stop: no request fails, its job is handed back at once and counts as not begun', async () => {
    server ??= await spawnServer(world, env)
    const { url, process, ended } = server
    const { jobId, count } = await queuedImport(world, 'handed back', 5_000)
    await vi.waitFor(async () => expect(await count()).toBeGreaterThan(0), { timeout: 10_000 })
    const begun = Date.now()
    const clients = [1, 2, 3].map(() => askOn(url))
    await vi.waitFor(() => expect(clients.every(({ answered }) => answered() > 5)).toBe(true), { timeout: 10_000 })
    process.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(Date.now() - begun).toBeLessThan(25_000)
    expect(await Promise.all(clients.map(({ failed }) => failed))).toEqual([[], [], []])
    expect(await jobOf(world, jobId)).toMatchObject({ state: 'queued', attempts: 0, tries: 0 })
    expect(await count()).toBeLessThan(5_000)
    await another()
    expect(await untilJob(world, jobId, 'done', 30_000)).toMatchObject({ attempts: 1 })
    expect(await count()).toBe(5_000)
  })
})

describe('a worker of its own', { timeout: 60_000 }, () => {
  const world = useWorld()

  it('runs jobs beside servers that do not, and leaves nothing behind when it is asked to stop', async () => {
    await nameInstallation(world)
    const { jobId, count } = await queuedImport(world, 'worker', 10)
    const worker = spawn(process.execPath, [join(import.meta.dirname, '../../cli.ts'), 'worker'], {
      env: { ...process.env, DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir, CROSSDOCK_SECRET: secret },
      stdio: 'ignore',
    })
    await untilJob(world, jobId, 'done', 30_000)
    expect(await count()).toBe(10)
    worker.kill('SIGTERM')
    expect(await once(worker, 'exit')).toEqual([0, null])
    expect((await world.owner.query('select from jobs.workers')).rowCount).toBe(0)
  })
})

/** Asks again and again on a kept connection, until nobody takes a connection any more. Everything else is a failure. */
function askOn(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let count = 0
  const one = () =>
    new Promise<string | undefined>((resolve) => {
      const headers = { cookie: `crossdock_session=${tokenOf('A1')}` }
      get(`${url}/api/v1/orders?limit=1`, { agent, headers }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode === 200 ? 'ok' : `status ${response.statusCode}`))
        response.on('error', (error) => resolve(`broken off: ${error.message}`))
      }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    })
  const failed = (async () => {
    for (;;) {
      const answer = await one()
      if (answer === 'ECONNREFUSED') return []
      if (answer !== 'ok') return [answer]
      count++
    }
  })()
  return { failed, answered: () => count }
}

describe('a job that kills its worker', { timeout: 60_000 }, () => {
  const world = useWorld(undefined, { poolSize: 6 })

  it('F6 F58 is set aside after it took three workers with it; its neighbours are done', async () => {
    const {
      user: _user,
      password: _password,
      ...direct
    } = { ...inject('server').admin, database: world.owner.database }
    const settings = { target: direct, logins: inject('server').logins, lapse: 300 }
    const poison = await queueJob(world, 'A1', 'test.poison')
    const neighbours: string[] = []
    for (const who of ['A1', 'F1', 'A2'] as const) neighbours.push(await queueJob(world, who, 'test.good'))
    for (let start = 1; start <= 3; start++) {
      const child = fork(join(import.meta.dirname, 'poison-worker.ts'), {
        env: { ...process.env, POISON: JSON.stringify(settings) },
        execArgv: [],
      })
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
      expect(await jobOf(world, poison)).toMatchObject({ state: 'running', attempts: start })
    }
    defineJob('test.good', async () => {})
    const worker = await startWorker(world.deps, { lapse: 300 })
    expect(await untilJob(world, poison, 'set_aside')).toMatchObject({ attempts: 3, error: { code: 'crashed' } })
    for (const id of neighbours) await untilJob(world, id, 'done')
    expect(await jobsHealth(world.deps)).toMatchObject({ setAside: 1, queued: 0, running: 0 })
    await worker.stop()
  })
})

describe('what the house does by itself', () => {
  const world = useWorld(undefined, { poolSize: 6 })
  const due = (name: string) =>
    world.owner.query("update jobs.schedules set next_run_at = now() - interval '1 second' where name = $1", [name])
  const workers = [uuidv7(), uuidv7()]
  const tick = async () => {
    const started = await Promise.all(workers.map((id) => startDue(world.deps, id, () => {})))
    await Promise.all(started.flat())
  }

  it('F8 happens once each time, however many servers there are', async () => {
    let ticks = 0
    schedule('test.tick', { every: '1 hour' }, async () => void ticks++)
    await Promise.all(workers.map(() => keepSchedules(world.deps)))
    for (let round = 1; round <= 20; round++) {
      await due('test.tick')
      await tick()
      await tick()
      expect(ticks).toBe(round)
    }
    const { rows } = await world.owner.query("select runs, error from jobs.schedules where name = 'test.tick'")
    expect(rows).toEqual([{ runs: 20, error: '' }])
  })

  it('one that fails is told to the operator and comes again', async () => {
    schedule('test.fails', { every: '1 hour' }, async () => {
      throw new TypeError('a bug')
    })
    await keepSchedules(world.deps)
    await tick()
    expect(await jobsHealth(world.deps)).toMatchObject({ failing: ['test.fails'] })
    schedule('test.fails', { every: '1 hour' }, async () => {})
    await due('test.fails')
    await tick()
    expect(await jobsHealth(world.deps)).toMatchObject({ failing: [] })
  })

  it('F8 is taken over from a worker that died in the middle', async () => {
    let begun = 0
    schedule('test.dies', { every: '1 hour' }, async () => void begun++)
    await keepSchedules(world.deps)
    await tick()
    await world.owner.query("update jobs.schedules set worker_id = gen_random_uuid() where name = 'test.dies'")
    await due('test.dies')
    await tick()
    expect(begun).toBe(1)
    const worker = await startWorker(world.deps, { lapse: 100 })
    await vi.waitFor(() => expect(begun).toBe(2), { timeout: 15_000 })
    await worker.stop()
  })

  it('F77 comes once a day in its zone, also on the days that have 23 or 25 hours', async () => {
    const nextAfter = async (now: string, daily: string, zone: string) => {
      const { rows } = await world.owner.query(
        `with clock as materialized (select set_config('app.test_now', $1, false))
         select jobs.next_run(null, $2::time, $3) as next from clock`,
        [now, daily, zone],
      )
      return rows[0].next as string
    }
    for (const zone of ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe'])
      for (const daily of ['01:30', '02:30'])
        for (const season of ['2026-03-06T12:00:00Z', '2026-10-02T12:00:00Z']) {
          let now = season
          const days: string[] = []
          for (let n = 0; n < 32; n++) {
            now = await nextAfter(now, daily, zone)
            days.push(new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(now)))
          }
          const first = Date.parse(days[0]!)
          expect([zone, daily, days]).toEqual([
            zone,
            daily,
            days.map((_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10)),
          ])
        }
    await world.owner.query("select set_config('app.test_now', '', false)")
  })
})

describe('F77 a clock of the server that is wrong by an hour', () => {
  const world = useWorld(undefined, { poolSize: 6 })
  afterEach(() => void vi.useRealTimers())

  it.each([1, -1])('by %i h: nobody is signed out, no lease lapses, nothing is done twice', async (hours) => {
    let runs = 0
    let ticks = 0
    let open = () => {}
    const passed = new Promise<void>((resolve) => {
      open = resolve
    })
    defineJob('test.long', async () => {
      runs++
      await passed
    })
    schedule('test.hourly', { every: '1 hour' }, async () => void ticks++)
    const first = await startWorker(world.deps, { lapse: 2_000 })
    const id = await queueJob(world, 'A1', 'test.long')
    await vi.waitFor(() => expect([runs, ticks > 0]).toEqual([1, true]), { timeout: 5_000 })
    const before = ticks
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 })
    const second = await startWorker(world.deps, { lapse: 2_000 })
    expect((await world.as('A1', 'GET /me')).status).toBe(200)
    const beats = await world.owner.query('select max(heartbeat_at) as at from jobs.workers')
    await vi.waitFor(
      async () => {
        const later = await world.owner.query('select min(heartbeat_at) as at from jobs.workers')
        expect(Date.parse(later.rows[0].at)).toBeGreaterThan(Date.parse(beats.rows[0].at))
      },
      { timeout: 5_000 },
    )
    expect([runs, ticks]).toEqual([1, before])
    open()
    await untilJob(world, id, 'done')
    await Promise.all([first.stop(), second.stop()])
    await world.owner.query("delete from jobs.schedules where name = 'test.hourly'")
  })
})
