import type pg from 'pg'
import { Connection, type Reply } from './client.ts'
import { csvOf, drafts, nextDraft } from './drafts.ts'
import { insertByHand, rowsByHand } from './insert-by-hand.ts'
import { headersOf, type People } from './people.ts'
import type { Place, Started } from './place.ts'
import { perSecond, processorTime, summary, type Timed } from './timing.ts'

export interface Rates {
  /** Orders a second. */
  importByHand: number
  importByHttp: number
  /** Until the rules have run on all of them. */
  importByHttpWithRules: number
  importByCsv: number
  /** Orders a second, one request each. */
  createOne: number
  createOneByHand: number
  markShipped: Timed
  markShippedOnItsProcessors: number
  /** Processor time for 500 orders, in ms. */
  cost: { byHand: number; databaseByHttp: number; serverByHttp: number; rules: number }
}

const lanes = [0, 1]

/** What is written: in the product through HTTP, on two connections at once, against two connections of plain SQL. */
export async function measureWrites(place: Place, ours: Started, people: People, batches: number): Promise<Rates> {
  const admin = await place.openAdmin()
  const hands = await Promise.all(lanes.map(() => place.openAdmin()))
  const connections = await Promise.all(lanes.map(() => Connection.open(ours.port)))
  const store = people.stores[0]!
  const headers = { ...headersOf(people, 'administrator'), 'content-type': 'application/json' }
  const send = async (lane: number, method: string, path: string, body: string, wanted: number): Promise<Reply> => {
    const reply = await connections[lane]!.send(method, `/api/v1${path}`, headers, body)
    if (reply.status !== wanted) throw new Error(`${method} ${path}: ${reply.body}`)
    return reply
  }
  const batch = () => JSON.stringify({ mode: 'valid', orders: drafts(500, store) })
  const costs = await meters(admin, hands, ours)
  const products = await productsOf(admin, people)
  try {
    await rulesDone(admin)
    for (const lane of lanes) {
      await send(lane, 'POST', '/orders/batch', batch(), 200)
      await send(lane, 'POST', '/orders/batch', batch(), 200)
      await insertByHand(hands[lane]!, people.accountId, store, rowsByHand(drafts(500, store), products))
    }
    await rulesDone(admin)

    // By hand and by HTTP in turns, so that both meet the same machine.
    const spent = { hand: 0, http: 0, rules: 0 }
    const cost = { byHand: 0, databaseByHttp: 0, serverByHttp: 0, rules: 0 }
    for (let done = 0; done < batches; done += 4) {
      const rows = Array.from({ length: 4 }, () => rowsByHand(drafts(500, store), products))
      const bodies = Array.from({ length: 4 }, batch)
      let before = await costs()
      spent.hand +=
        4 / (await perSecond(4, 2, (index, lane) => insertByHand(hands[lane]!, people.accountId, store, rows[index]!)))
      cost.byHand += (await costs()).byHand - before.byHand
      before = await costs()
      const began = performance.now()
      spent.http +=
        4 / (await perSecond(4, 2, (index, lane) => send(lane, 'POST', '/orders/batch', bodies[index]!, 200)))
      const answered = await costs()
      await rulesDone(admin)
      spent.rules += (performance.now() - began) / 1000
      const ruled = await costs()
      cost.databaseByHttp += answered.staff - before.staff
      cost.serverByHttp += answered.server - before.server
      cost.rules += ruled.staff + ruled.server - answered.staff - answered.server
    }
    const perBatch = (sum: number) => sum / batches
    const orders = batches * 500

    const bodies = Array.from({ length: 200 }, () => JSON.stringify(nextDraft(store)))
    for (const _ of lanes) connections.push(await Connection.open(ours.port))
    const createOne = await perSecond(bodies.length, 4, (index, lane) =>
      send(lane, 'POST', '/orders', bodies[index]!, 201),
    )
    const ones = Array.from({ length: 200 }, () => rowsByHand(drafts(1, store), products))
    const createOneByHand = await perSecond(ones.length, 2, (index, lane) =>
      insertByHand(hands[lane]!, people.accountId, store, ones[index]!),
    )
    await rulesDone(admin)
    const shipped = await markShipped(admin, people, costs, (path, body) => send(0, 'POST', path, body, 200))
    return {
      importByHand: orders / spent.hand,
      importByHttp: orders / spent.http,
      importByHttpWithRules: orders / spent.rules,
      importByCsv: await importByCsv(connections[0]!, admin, people, orders),
      createOne,
      createOneByHand,
      ...shipped,
      cost: {
        byHand: perBatch(cost.byHand),
        databaseByHttp: perBatch(cost.databaseByHttp),
        serverByHttp: perBatch(cost.serverByHttp),
        rules: perBatch(cost.rules),
      },
    }
  } finally {
    for (const connection of connections) connection.close()
    await Promise.all([admin, ...hands].map((client) => client.end()))
  }
}

/** What the connections of plain SQL, those of the product and its server have spent on a processor, in ms. */
async function meters(admin: pg.Client, hands: pg.Client[], ours: Started) {
  const byHand = await Promise.all(
    hands.map(async (client) => (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number),
  )
  const sum = (pids: number[]) => pids.reduce((total, pid) => total + processorTime(pid), 0)
  const known = new Set<number>()
  return async () => {
    const { rows } = await admin.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = 'crossdock staff'",
    )
    for (const { pid } of rows) known.add(pid)
    return { byHand: sum(byHand), staff: sum([...known]), server: processorTime(ours.process.pid!) }
  }
}

async function productsOf(admin: pg.Client, { accountId }: People): Promise<Map<string, string>> {
  const { rows } = await admin.query('select sku, id from catalog.products where account_id = $1', [accountId])
  return new Map(rows.map((row) => [row.sku, row.id]))
}

/** Waits until the queue is empty: rules run after the answer. */
async function rulesDone(admin: pg.Client): Promise<void> {
  for (;;) {
    const { rowCount } = await admin.query("select from jobs.jobs where state in ('queued', 'running') limit 1")
    if (rowCount === 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** A hundred orders that nobody has yet, one by one, as the page does it. */
async function markShipped(
  admin: pg.Client,
  people: People,
  costs: () => Promise<{ staff: number; server: number }>,
  post: (path: string, body: string) => Promise<Reply>,
) {
  const { rows } = await admin.query<{ id: string }>(
    `select o.id from orders.orders o where o.account_id = $1 and o.status = 'awaiting_shipment'
        and not exists (select from fulfillment.fulfillment_orders f where f.account_id = o.account_id and f.order_id = o.id)
      order by o.placed_at desc limit 110`,
    [people.accountId],
  )
  const times: number[] = []
  let before = await costs()
  for (const [index, { id }] of rows.entries()) {
    if (index === 10) before = await costs()
    const began = performance.now()
    await post(`/orders/${id}/ship`, JSON.stringify({ carrier: 'Post', trackingNumber: `BENCH${Date.now()}${index}` }))
    if (index >= 10) times.push(performance.now() - began)
  }
  const after = await costs()
  return {
    markShipped: summary(times),
    markShippedOnItsProcessors: (after.staff + after.server - before.staff - before.server) / times.length,
  }
}

/** Upload, check, run: the time of the run alone, as orders a second. */
async function importByCsv(connection: Connection, admin: pg.Client, people: People, orders: number): Promise<number> {
  const headers = headersOf(people, 'administrator')
  const boundary = 'boundary-of-the-bench'
  const file = csvOf(drafts(orders, people.stores[0]!))
  const form = [
    `--${boundary}\r\ncontent-disposition: form-data; name="kind"\r\n\r\norders\r\n`,
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="orders.csv"\r\ncontent-type: text/csv\r\n\r\n${file}\r\n`,
    `--${boundary}--\r\n`,
  ].join('')
  const ask = async (method: string, path: string, more: Record<string, string> = {}, body?: string) => {
    const reply = await connection.send(method, `/api/v1${path}`, { ...headers, ...more }, body)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.body}`)
    return reply
  }
  await ask('POST', '/imports', { 'content-type': `multipart/form-data; boundary=${boundary}` }, form)
  const of = async () =>
    (
      await admin.query(
        'select id, state, created from intake.imports where account_id = $1 order by created_at desc limit 1',
        [people.accountId],
      )
    ).rows[0]
  const until = async (state: string) => {
    for (;;) {
      const row = await of()
      if (row.state === state) return row
      if (row.state === 'failed') throw new Error('the import failed')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const { id } = await of()
  await ask('POST', `/imports/${id}/check`)
  await until('checked')
  const began = performance.now()
  await ask('POST', `/imports/${id}/run`)
  const { created } = await until('done')
  if (created !== orders) throw new Error(`${created} of ${orders} came in`)
  return created / ((performance.now() - began) / 1000)
}
