import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accounts, stores } from '../testing/cast.ts'
import { runJob } from '../testing/run-job.ts'
import { newStore, upload } from '../testing/upload.ts'
import { at, useWorld } from '../testing/world.ts'

describe('an import that is stopped', () => {
  const world = useWorld()
  const orders = 1_700
  // Every second one comes in as already shipped.
  const row = (at: number) => `N${at},TEA-01,1,FR,${at % 2 ? '2026-03-01,4.10' : ','}`
  const file = `Order number,SKU,Quantity,Country,Shipped on,Carrier cost\n${Array.from({ length: orders }, (_, at) => row(at)).join('\n')}\n`

  async function checked(storeName: string): Promise<string> {
    const { body } = await upload(world, 'A1', 'orders', file)
    await world.as('A1', `PATCH /imports/${body.id}`, { storeId: await newStore(world, storeName) }, at(1))
    await world.as('A1', `POST /imports/${body.id}/check`)
    await world.drain()
    await world.as('A1', `POST /imports/${body.id}/run`)
    return body.id
  }
  const runningJob = async (id: string) =>
    (await world.owner.query('select job_id from intake.imports where id = $1', [id])).rows[0].job_id as string
  const inStoreOf = async (id: string) =>
    (
      await world.owner.query(
        'select count(*) from orders.orders o join intake.imports i on i.store_id = o.store_id where i.id = $1',
        [id],
      )
    ).rows[0].count

  const shipmentsOf = async (id: string) =>
    (
      await world.owner.query(
        'select count(*), count(c.amount) as costs from fulfillment.shipments s join intake.imports i on i.store_id = s.store_id left join fulfillment.shipment_costs c on c.shipment_id = s.id where i.id = $1',
        [id],
      )
    ).rows[0]

  /** Lets two batches in, then does something in the place of the third. */
  async function afterTwoBatches(id: string, deed: () => Promise<void>): Promise<void> {
    const jobId = await runningJob(id)
    let batches = 0
    const connect = world.deps.pools.worker.query.bind(world.deps.pools.worker)
    const worker = world.deps.pools.worker as { query: unknown }
    worker.query = async (text: string, values: unknown[]) => {
      if (text.startsWith('update jobs.jobs set done') && ++batches === 2) await deed()
      return connect(text, values)
    }
    try {
      await runJob(world.deps, accounts.one.id, jobId)
    } finally {
      worker.query = connect
    }
  }

  it('is cancelled between two batches and resumed, each order once', async () => {
    const id = await checked('cancelled')
    await afterTwoBatches(id, async () => {
      expect((await world.as('A1', `POST /imports/${id}/cancel`)).status).toBe(200)
    })
    const stopped = (await world.as('A1', `GET /imports/${id}`)).body
    expect(stopped).toMatchObject({ state: 'cancelled', created: 1_000, rowsDone: 1_000, rows: orders })
    expect((await world.as('A1', `POST /imports/${id}/cancel`)).status).toBe(409)
    expect((await world.as('A1', `POST /imports/${id}/resume`)).status).toBe(202)
    await world.drain()
    const done = (await world.as('A1', `GET /imports/${id}`)).body
    expect(done).toMatchObject({ state: 'done', created: orders, unchanged: 0, rowsDone: orders })
    expect(await inStoreOf(id)).toBe(orders)
  })

  it('F1 goes on after a crash with the first batch that is not in, without doubles or gaps', async () => {
    const id = await checked('crashed')
    const crash = afterTwoBatches(id, async () => {
      throw new Error('the power went')
    })
    await expect(crash).rejects.toThrow('the power went')
    expect(await inStoreOf(id)).toBe(1_000)
    expect((await world.as('A1', `GET /imports/${id}`)).body.state).toBe('running')
    await runJob(world.deps, accounts.one.id, await runningJob(id))
    expect((await world.as('A1', `GET /imports/${id}`)).body).toMatchObject({
      state: 'done',
      created: orders,
      unchanged: 0,
    })
    expect(await inStoreOf(id)).toBe(orders)
    expect(await shipmentsOf(id)).toEqual({ count: orders / 2, costs: orders / 2 })
  })

  it('a job stopped from the job list stops its import, which can be resumed', async () => {
    const id = await checked('from the list')
    expect((await world.as('A1', `POST /jobs/${await runningJob(id)}/cancel`)).status).toBe(200)
    expect((await world.as('A1', `GET /imports/${id}`)).body.state).toBe('cancelled')
    expect((await world.as('A1', `POST /imports/${id}/resume`)).status).toBe(202)
    await world.drain()
    expect((await world.as('A1', `GET /imports/${id}`)).body).toMatchObject({ state: 'done', created: orders })
  })

  it('two workers at one job bring each order in once', async () => {
    const id = await checked('two workers')
    const jobId = await runningJob(id)
    const run = () => runJob(world.deps, accounts.one.id, jobId)
    const results = await Promise.allSettled([run(), run()])
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect((await world.as('A1', `GET /imports/${id}`)).body).toMatchObject({
      state: 'done',
      created: orders,
      rowsDone: orders,
    })
    expect(await inStoreOf(id)).toBe(orders)
    expect(await shipmentsOf(id)).toEqual({ count: orders / 2, costs: orders / 2 })
  })
})

describe('an import whose file is gone', () => {
  const world = useWorld()
  it('says so, and asks for the file again', async () => {
    const { body } = await upload(world, 'A1', 'orders', 'Order number,SKU,Quantity,Country\n1,TEA-01,1,FR\n')
    for (const name of await readdir(world.deps.filesDir)) await rm(join(world.deps.filesDir, name))
    const gone = await world.as('A1', `GET /imports/${body.id}`)
    expect([gone.status, gone.body.error.code]).toEqual([200, 'file_gone'])
    for (const call of ['POST /imports/:id/check', 'GET /imports/:id/rejections.csv']) {
      const refused = await world.as('A1', call.replace(':id', body.id))
      expect([refused.status, refused.body.reason]).toEqual([400, 'file_gone'])
    }
  })
})

describe('who may import', () => {
  const world = useWorld()
  const content = 'Order number,SKU,Quantity,Country\n1,TEA-01,1,FR\n'

  it('S1.18 an administrator and full access may; customer service, warehouse, supplier and client may not', async () => {
    for (const who of ['A1', 'F1', 'Ka', 'A2'] as const)
      expect((await upload(world, who, 'orders', content)).status, who).toBe(201)
    for (const who of ['C1', 'C1s', 'W1', '$1', 'V1', 'P1', 'S1', 'S1p'] as const) {
      const refused = await upload(world, who, 'orders', content)
      expect([refused.status, refused.body.permission], who).toEqual([403, 'orders:import'])
    }
    expect((await upload(world, null, 'orders', content)).status).toBe(401)
  })

  it("nobody finds another's import, not even in his own account", async () => {
    const { body } = await upload(world, 'F1', 'orders', content)
    expect((await world.as('F1', `GET /imports/${body.id}`)).status).toBe(200)
    for (const who of ['A1', 'A2'] as const) {
      const hidden = await world.as(who, `GET /imports/${body.id}`)
      const never = await world.as(who, 'GET /imports/01900000-0000-7000-8000-000000000000')
      expect([hidden.status, hidden.bare]).toEqual([404, never.bare])
      expect((await world.as(who, `POST /imports/${body.id}/check`)).status).toBe(404)
      expect((await world.as(who, `GET /imports/${body.id}/rejections.csv`)).status).toBe(404)
    }
  })

  it('whoever has a key on one store imports into that store alone', async () => {
    const { body } = await upload(world, 'Ka', 'orders', content)
    expect(body.storeId).toBe(stores.a)
    expect((await world.as('Ka', `PATCH /imports/${body.id}`, { storeId: stores.a }, at(1))).status).toBe(200)
    expect((await world.as('Ka', `PATCH /imports/${body.id}`, { storeId: stores.b }, at(2))).status).toBe(400)
  })
})
