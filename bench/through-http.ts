import { Connection } from './client.ts'
import { headersOf, type People } from './people.ts'
import type { Place, Started } from './place.ts'
import type { Case } from './screens.ts'
import { inTurns, processorTime, type Timed } from './timing.ts'

export interface ThroughHttp {
  ours: Timed
  bare: Timed
  /** Processor time of the two server processes for one request, in ms. */
  processor: { ours: number; bare: number }
}

/** The same screen from the product and from the bare server, one request after the other, in turns. */
export async function throughHttp(ours: Started, bare: Started, people: People, test: Case): Promise<ThroughHttp> {
  const [mine, theirs] = await Promise.all([Connection.open(ours.port), Connection.open(bare.port)])
  const headers = headersOf(people, test.who)
  const path = `/api/v1${test.path.endsWith('cursor=') ? await deepIn(mine, headers) : test.path}`
  const byHand = `/${encodeURIComponent(JSON.stringify([test.screen, test.values]))}`
  const ask = async (connection: Connection, at: string, more: Record<string, string>) => {
    const reply = await connection.send('GET', at, more)
    if (reply.status !== 200) throw new Error(`GET ${at}: ${reply.body}`)
  }
  try {
    const ways = { bare: () => ask(theirs, byHand, {}), ours: () => ask(mine, path, headers) }
    const timed = await inTurns(ways, test.rounds)
    const spent = await inTurns(ways, 40, {
      bare: () => processorTime(bare.process.pid!),
      ours: () => processorTime(ours.process.pid!),
    })
    return { ...timed, processor: { ours: spent.ours.p50, bare: spent.bare.p50 } }
  } finally {
    mine.close()
    theirs.close()
  }
}

/** The address of a page some thousands of orders down the list, got as a person would: page by page. */
async function deepIn(connection: Connection, headers: Record<string, string>): Promise<string> {
  let cursor = ''
  for (let pages = 0; pages < 20; pages++) {
    const reply = await connection.send('GET', `/api/v1/orders?limit=200${cursor}`, headers)
    cursor = `&cursor=${encodeURIComponent(JSON.parse(reply.body.toString()).nextCursor)}`
  }
  return `/orders?limit=50${cursor}`
}

/** The whole account as CSV, against the same columns copied to nowhere by SQL; lines a second. */
export async function exportLines(place: Place, ours: Started, people: People) {
  const admin = await place.openAdmin()
  const connection = await Connection.open(ours.port)
  const headers = { ...headersOf(people, 'administrator'), 'content-type': 'application/json' }
  try {
    const { rows } = await admin.query('select count(*) from orders.lines where account_id = $1', [people.accountId])
    const lines = Number(rows[0].count)
    const began = performance.now()
    const status = await connection.drain('POST', '/api/v1/orders/export', headers, '{}')
    if (status !== 200) throw new Error(`the export answered ${status}`)
    const answered = performance.now()
    await admin.query(copied.replace('$account', people.accountId))
    const done = performance.now()
    return { lines, ours: lines / ((answered - began) / 1000), byHand: lines / ((done - answered) / 1000) }
  } finally {
    connection.close()
    await admin.end()
  }
}

const copied = `copy (
  select o.number, o.status, o.placed_on, s.name, o.country, o.region, o.postcode, o.service, o.ship_by, o.deliver_by, r.buyer_name, r.name, r.company, r.line1,
         r.line2, r.line3, r.city, c.email, c.phone, a.currency, a.lines_total, a.discount_total, a.shipping_total, a.tax_total, a.total, l.sku, l.name, l.quantity,
         m.unit_price_micros
    from orders.orders o
    join channels.stores s on s.account_id = o.account_id and s.id = o.store_id
    join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
    join orders.contacts c on c.account_id = o.account_id and c.order_id = o.id
    join orders.order_amounts a on a.account_id = o.account_id and a.order_id = o.id
    join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
    join orders.line_amounts m on m.account_id = l.account_id and m.line_id = l.id
   where o.account_id = '$account' order by o.placed_at desc, o.id desc, l.position) to '/dev/null' (format csv)`
