import type pg from 'pg'
import { listQueue } from '../server/src/fulfillment/queries/queue.ts'
import { type Compiled, compile, type Statement } from '../server/src/kernel/db/sql.ts'
import type { Principal, Tx } from '../server/src/kernel/db/transaction.ts'
import { countByStatus } from '../server/src/orders/queries/count-orders.ts'
import { getOrder } from '../server/src/orders/queries/get-order.ts'
import { listOrders } from '../server/src/orders/queries/list-orders.ts'
import { upperBound } from '../server/src/orders/search.ts'
import { listPortalOrders } from '../server/src/portal/orders/list.ts'
import type { Screen } from './by-hand.ts'
import { members, type People, type Who } from './people.ts'
import { openAs, type Place } from './place.ts'

/** A screen that is measured: who opens it, by which request, and with which values it is written by hand. */
export interface Case {
  name: string
  who: Who
  path: string
  screen: Screen
  values: unknown[][]
  /** The statements the product sends for it. */
  ours: Compiled[]
  rounds: number
}

/** The order in the middle of the account, and values that searches find. */
interface Sample {
  id: string
  placed_at: string
  number: string
  buyer: string
  sku: string
  tracking: string
}

export async function casesOf(place: Place, admin: pg.Client, people: People): Promise<Case[]> {
  const { rows } = await admin.query<Sample>(
    `select o.id, o.placed_at, o.number, split_part(r.buyer_name, ' ', 2) as buyer, l.sku, lower(p.tracking_number) as tracking
       from (select * from orders.orders where account_id = $1 and status = 'shipped'
              order by placed_at desc offset (select count(*) / 2 from orders.orders where account_id = $1 and status = 'shipped') limit 1) o
       join orders.recipients r on r.account_id = o.account_id and r.order_id = o.id
       join orders.lines l on l.account_id = o.account_id and l.order_id = o.id
       join fulfillment.fulfillment_orders f on f.account_id = o.account_id and f.order_id = o.id
       join fulfillment.lines fl on fl.account_id = f.account_id and fl.fulfillment_order_id = f.id
       join fulfillment.parcel_lines pl on pl.account_id = fl.account_id and pl.line_id = fl.id
       join fulfillment.parcels p on p.account_id = pl.account_id and p.id = pl.parcel_id
      order by l.sku desc limit 1`,
    [people.accountId],
  )
  const middle = rows[0]!
  const { accountId: account, supplierId: supplier, stores } = people
  const position = [middle.placed_at, middle.id]
  const sent = (who: Who, query: (tx: Tx) => Promise<unknown>) => statementsOf(place, people, who, query)
  const list = (query: object, after?: unknown[]) => (tx: Tx) =>
    listOrders({ tx, query, pages: { open: () => after, seal: () => '' } } as unknown as Parameters<
      typeof listOrders
    >[0])
  const queue = (query: object) => (tx: Tx) =>
    listQueue({
      tx,
      query: { view: 'to_ship', ...query },
      pages: { open: () => undefined, seal: () => '' },
    } as unknown as Parameters<typeof listQueue>[0])
  const clients = (query: object) => (tx: Tx) =>
    listPortalOrders({ tx, query, pages: { open: () => undefined, seal: () => '' } } as unknown as Parameters<
      typeof listPortalOrders
    >[0])
  const search = async (name: string, word: string): Promise<Case> => ({
    name: `search by ${name}`,
    who: 'administrator',
    path: `/orders?q=${word}`,
    screen: 'search',
    values: [[account, word.toLowerCase(), upperBound(word.toLowerCase())]],
    ours: await sent('administrator', list({ q: word })),
    rounds: 100,
  })
  return [
    {
      name: 'list, administrator',
      who: 'administrator',
      path: '/orders',
      screen: 'list',
      values: [[account]],
      ours: await sent('administrator', list({})),
      rounds: 200,
    },
    {
      name: 'list, customer service',
      who: 'customerService',
      path: '/orders',
      screen: 'listOfStores',
      values: [[account, stores.slice(0, 2)]],
      ours: await sent('customerService', list({})),
      rounds: 200,
    },
    {
      name: 'orders, client',
      who: 'client',
      path: '/portal/orders',
      screen: 'listOfClient',
      values: [[account, stores.slice(0, 2)]],
      ours: await sent('client', clients({})),
      rounds: 200,
    },
    {
      name: 'queue, supplier',
      who: 'supplier',
      path: '/queue?view=to_ship',
      screen: 'queue',
      values: [[account, supplier]],
      ours: await sent('supplier', queue({})),
      rounds: 200,
    },
    {
      name: 'a page in the middle',
      who: 'administrator',
      path: '/orders?cursor=',
      screen: 'deepPage',
      values: [[account, ...position]],
      ours: await sent('administrator', list({}, position)),
      rounds: 200,
    },
    {
      name: 'open one',
      who: 'administrator',
      path: `/orders/${middle.id}`,
      screen: 'open',
      values: Array(11).fill([account, middle.id]),
      ours: await sent('administrator', (tx) => getOrder(tx, middle.id)),
      rounds: 200,
    },
    {
      name: 'counts by status',
      who: 'administrator',
      path: '/orders/counts',
      screen: 'countByStatus',
      values: [[account], [account]],
      ours: await sent('administrator', countByStatus),
      rounds: 30,
    },
    await search('number', middle.number),
    await search('name', middle.buyer),
    await search('SKU', middle.sku),
    await search('tracking', middle.tracking),
  ]
}

/** What a query of the product sends, taken down while it is sent as who asks. */
async function statementsOf(
  place: Place,
  people: People,
  who: Who,
  query: (tx: Tx) => Promise<unknown>,
): Promise<Compiled[]> {
  const sent: Compiled[] = []
  const client = await openAs(place, people, who)
  const run = async (statement: Statement<unknown>) => {
    const { text, values } = compile(statement)
    sent.push({ text, values })
    return (await client.query(text, values as unknown[])).rows
  }
  const tx = {
    who: { permissions: [] as string[], audience: members[who].audience } as Principal,
    rows: run,
    first: async (statement: Statement<unknown>) => (await run(statement))[0],
    async all(...statements: Statement<unknown>[]) {
      const results = []
      for (const statement of statements) results.push(await run(statement))
      return results
    },
  } as unknown as Tx
  await query(tx)
  await client.end()
  return sent
}
