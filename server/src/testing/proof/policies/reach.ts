import type pg from 'pg'
import { accounts, parties, stores } from '../../cast.ts'
import { freshKey, readRows, type Table, warehouses } from './planted.ts'
import type { Prover } from './principals.ts'
import type { Principal, Reach, Row } from './right.ts'

interface Variant {
  account: string
  store: string
  supplier: string | null
  warehouse: string | null
  assignee: string | null
  state: string
  /** The order it is part of, where that is another one's. */
  order?: string
}
const id = (kind: string, index: number) => `0d${kind}0000-0000-7000-8000-${String(index).padStart(12, '0')}`

/** Fulfillment orders of every kind of store, fulfiller and person, and some that only one condition keeps out of reach. */
function variantsFor(people: string[]): Variant[] {
  const fulfillers = [
    { supplier: parties.S1.id, warehouse: null },
    { supplier: parties.S2.id, warehouse: null },
    { supplier: null, warehouse: warehouses.first },
    { supplier: null, warehouse: warehouses.second },
  ]
  const one = [stores.a, stores.b].flatMap((store) =>
    fulfillers.flatMap((fulfiller) =>
      [null, ...people].map(
        (assignee): Variant => ({ account: accounts.one.id, store, ...fulfiller, assignee, state: 'open' }),
      ),
    ),
  )
  const mine = { store: stores.a, ...fulfillers[0]!, account: accounts.one.id }
  const takenBack = people.map((assignee): Variant => ({ ...mine, assignee, state: 'unassigned' }))
  const theirs = people.map(
    (assignee): Variant => ({ ...mine, account: accounts.two.id, assignee, state: 'open', order: id('01', 2) }),
  )
  // Another's part of an order of which he has one.
  const beside = { ...mine, ...fulfillers[1]!, assignee: null, state: 'open', order: id('01', 0) }
  return [...one, ...takenBack, ...theirs, beside]
}

/** Rows that hang together, of every table that a confined person may reach something in. To be run like plantRows. */
export async function plantReach(client: pg.Client, tables: Table[], provers: Prover[]): Promise<void> {
  const people = provers.filter(({ name }) => name.endsWith('own only')).map(({ member }) => member)
  for (const [name, warehouse] of Object.entries(warehouses))
    await client.query('insert into stock.warehouses (account_id, id, name) values ($1, $2, $3)', [
      accounts.one.id,
      warehouse,
      name,
    ])
  const variants = variantsFor(people)
  for (const table of tables) {
    const names = table.columns.map(({ name }) => name)
    const hangs = ['order_id', 'fulfillment_order_id', 'shipment_id', 'parcel_id'].some((one) => names.includes(one))
    if (!hangs && !['orders.orders', 'fulfillment.shipments'].includes(table.name)) continue
    const base = (await readRows(client, table.name)).find((row) => row.account_id === accounts.one.id)
    if (!base) continue
    const rows = variants
      .map((variant, index) => only(names, { ...freshKey(table, base), ...linked(table, variant, index) }))
      .filter((row) => table.columns.every(({ name, nullable }) => nullable || row[name] !== null))
    const list = names.map((name) => `"${name}"`).join(', ')
    await client.query(
      `insert into ${table.name} (${list}) select ${list} from jsonb_populate_recordset(null::${table.name}, $1) on conflict do nothing`,
      [JSON.stringify(rows)],
    )
  }
}

const only = (names: string[], row: Row): Row => Object.fromEntries(names.map((name) => [name, row[name]]))

/** What makes a row one of its family: the same order, fulfillment order, line, parcel and shipment. */
function linked(
  { name }: Table,
  { account, store, supplier, warehouse, assignee, state, order }: Variant,
  index: number,
) {
  const own: Record<string, string> = {
    'orders.orders': '01',
    'fulfillment.fulfillment_orders': '02',
    'fulfillment.lines': '03',
    'fulfillment.parcels': '04',
    'fulfillment.shipments': '05',
  }
  return {
    account_id: account,
    store_id: store,
    supplier_id: supplier,
    order_id: order ?? id('01', index),
    fulfillment_order_id: id('02', index),
    line_id: id('03', index),
    parcel_id: id('04', index),
    shipment_id: id('05', index),
    ...(own[name] ? { id: id(own[name], index) } : {}),
    // Both sides have some.
    ...(/^orders\.(order_tags|holds)$/.test(name) ? { side: index % 2 ? 'host' : 'client' } : {}),
    ...(/^orders\.change_/.test(name) ? { origin: index % 2 ? 'host' : 'client' } : {}),
    ...(name === 'access.audit' && index % 2 ? { party_id: parties.P2.id, subject_kind: 'order' } : {}),
    ...(name === 'fulfillment.fulfillment_orders'
      ? {
          warehouse_id: warehouse,
          fulfiller: supplier ? 'supplier' : 'warehouse',
          assignee_member_id: assignee,
          assignee_name: '',
          state,
        }
      : {}),
  }
}

type Facts = Record<
  'members' | 'orders' | 'lines' | 'parcelLines' | 'parcels' | 'stores' | 'parties' | 'warehouses',
  Row[]
> &
  Record<'ofStores' | 'ofClients' | 'ofSuppliers' | 'ofWarehouses', Row[]>

/** Gives every confined prover his reach, and every narrowed one his stores and clients: said here from the rows, in plain words, not as app.reach() says it. */
export async function giveReach(client: pg.Client, provers: Prover[]): Promise<void> {
  const facts: Facts = {
    members: await readRows(client, 'access.members'),
    orders: await readRows(client, 'fulfillment.fulfillment_orders'),
    lines: await readRows(client, 'fulfillment.lines'),
    parcelLines: await readRows(client, 'fulfillment.parcel_lines'),
    parcels: await readRows(client, 'fulfillment.parcels'),
    stores: await readRows(client, 'channels.stores'),
    parties: await readRows(client, 'access.parties'),
    warehouses: await readRows(client, 'stock.warehouses'),
    ofStores: await readRows(client, 'access.member_stores'),
    ofClients: await readRows(client, 'access.member_clients'),
    ofSuppliers: await readRows(client, 'access.member_suppliers'),
    ofWarehouses: await readRows(client, 'access.member_warehouses'),
  }
  const kept = new Set(
    (await readRows(client, 'portal.clients')).flatMap((row) => (row.strict_warehouses ? [row.client_id] : [])),
  )
  for (const who of provers) {
    const { stores, clients, reach, owners, warehouses } = grantOf(who, facts)
    Object.assign(who, { owners, warehouses })
    if (who.confined) Object.assign(who, { reach })
    else if (who.audience === 'staff') Object.assign(who, { stores, clients })
    else if (who.audience === 'client' && kept.has(who.party))
      Object.assign(who, { elsewhere: elsewhereOf(who, facts), mayAsk: false })
  }
}

/** The orders of which somebody serves a part, and none of it from a warehouse of his. */
function elsewhereOf(who: Principal, facts: Facts): ReadonlySet<unknown> {
  const mine = new Set(
    facts.ofWarehouses.flatMap((row) =>
      row.member_id === who.member && row.account_id === who.account ? [row.warehouse_id] : [],
    ),
  )
  const parts = facts.orders.filter(
    (row) =>
      row.account_id === who.account &&
      who.stores.includes(row.store_id as string) &&
      !['unassigned', 'rejected', 'cancelled'].includes(row.state as string),
  )
  const here = new Set(parts.filter((row) => mine.has(row.warehouse_id)).map((row) => row.order_id))
  return new Set(parts.map((row) => row.order_id).filter((id) => !here.has(id)))
}

function grantOf(
  who: Principal,
  facts: Facts,
): Pick<Principal, 'stores' | 'clients' | 'owners' | 'warehouses'> & { reach: Reach } {
  const ofAccount = (rows: Row[]) => rows.filter((row) => row.account_id === who.account)
  const me = ofAccount(facts.members).find((row) => row.id === who.member)!
  const listedIn = (rows: Row[], column: string) =>
    new Set(ofAccount(rows).flatMap((row) => (row.member_id === who.member ? [row[column]] : [])))
  const listed = (rows: Row[], column: string, all: unknown) => {
    const ids = listedIn(rows, column)
    return (one: unknown) => all === true || ids.has(one)
  }
  const store = listed(facts.ofStores, 'store_id', me.all_stores)
  const client = listed(facts.ofClients, 'client_id', me.all_clients)
  const supplier = listed(facts.ofSuppliers, 'supplier_id', me.all_suppliers)
  const warehouse = listed(facts.ofWarehouses, 'warehouse_id', me.all_warehouses)
  const granted = ofAccount(facts.stores).filter((row) => store(row.id) && client(row.client_party_id))
  const stores = new Set(granted.map((row) => row.id))
  const everywhere = me.all_stores === true && me.all_clients === true
  const given = ofAccount(facts.orders).filter(
    (row) =>
      row.state !== 'unassigned' &&
      (who.party === null || row.supplier_id === who.party) &&
      (!me.own_only || row.assignee_member_id === who.member) &&
      (row.supplier_id === null ? warehouse(row.warehouse_id) : supplier(row.supplier_id)) &&
      (who.audience !== 'staff' || stores.has(row.store_id)),
  )
  const ids = (rows: Row[], column = 'id') => new Set(rows.map((row) => row[column]))
  const within = (rows: Row[], column: string, known: ReadonlySet<unknown>) =>
    ofAccount(rows).filter((row) => known.has(row[column]))
  const lines = ids(within(facts.lines, 'fulfillment_order_id', ids(given)))
  const parcels = ids(within(facts.parcelLines, 'line_id', lines), 'parcel_id')
  const left = within(facts.parcels, 'id', parcels)
  const reach = {
    orders: ids(given, 'order_id'),
    fulfillmentOrders: ids(given),
    shipments: ids(left, 'shipment_id'),
    parcels: ids(left),
    stores: ids(given, 'store_id'),
    granted: stores,
    parties: ids(
      ofAccount(facts.parties).filter((row) =>
        row.kind === 'supplier' ? supplier(row.id) : row.kind === 'client' && client(row.id),
      ),
    ),
    warehouses: ids(ofAccount(facts.warehouses).filter((row) => warehouse(row.id))),
  }
  // The goods that one's stores sell: of the client a store is of, or of the house.
  const house = ofAccount(facts.parties).flatMap((row) => (row.kind === 'self' ? [row.id] : []))
  const sold = new Set(granted.flatMap((row) => (row.client_party_id === null ? house : [row.client_party_id])))
  const named = new Set(ofAccount(facts.parties).flatMap((row) => (client(row.id) ? [row.id] : [])))
  return {
    reach,
    stores: everywhere ? '*' : ([...stores] as string[]),
    owners:
      who.audience !== 'staff'
        ? new Set([who.party])
        : !me.all_stores
          ? sold
          : me.all_clients
            ? '*'
            : listedIn(facts.ofClients, 'client_id'),
    warehouses: me.all_warehouses ? '*' : listedIn(facts.ofWarehouses, 'warehouse_id'),
    clients: everywhere ? '*' : me.all_clients ? ids(granted, 'client_party_id') : named,
  }
}

const words = {
  order: 'orders',
  fulfillment_order: 'fulfillmentOrders',
  shipment: 'shipments',
  parcel: 'parcels',
  store: 'stores',
  party: 'parties',
  warehouse: 'warehouses',
} as const satisfies Record<string, keyof Reach>
const permissionOf = { staff: 'orders:recipient', client: 'orders:read', supplier: 'queue:read' } as const

/** What app.reach() itself must say to somebody: to a confined person his reach, to anybody else nothing; and of which clients he knows. */
export function probesOfReach(who: Prover): { sql: string; expected: string }[] {
  const permission = permissionOf[who.audience]
  const holds = who.permissions.includes(permission)
  const ofReach = Object.entries(words).map(([word, what]) => ({
    sql: `select coalesce(string_agg(x::text, ',' order by x::text collate "C"), '') from unnest(app.reach('${word}', '${permission}')) as x`,
    expected: who.reach && holds ? [...who.reach[what]].sort().join(',') : '',
  }))
  if (who.owners !== '*')
    ofReach.push({
      sql: `select coalesce(string_agg(x::text, ',' order by x::text collate "C"), '') from unnest(app.owners_where_may('${permission}')) as x`,
      expected: holds ? [...who.owners].sort().join(',') : '',
    })
  if (who.clients === '*') return ofReach
  const clients = `select coalesce(string_agg(x::text, ',' order by x::text collate "C"), '') from unnest(app.granted_clients()) as x`
  return [...ofReach, { sql: clients, expected: [...who.clients].sort().join(',') }]
}

/** Each condition of app.reach(), app.granted_stores() and the like gone: [function, text, what stands instead]. */
export const weakerReach: [signature: string, text: string, instead: string][] = [
  ['app.reach(text,text)', "split_part(caller, '|', 12) is distinct from 'confined'", 'false'],
  ['app.reach(text,text)', "position(',' || permission || ',' in split_part(caller, '|', 11)) = 0", 'false'],
  ['app.reach(text,text)', 'where f.account_id = account and', 'where'],
  ['app.reach(text,text)', " f.state <> 'unassigned'", ' true'],
  ['app.reach(text,text)', '(me.party_id is null or f.supplier_id = me.party_id)', 'true'],
  ['app.reach(text,text)', '(not me.own_only or f.assignee_member_id = me.id)', 'true'],
  ['app.reach(text,text)', 'then me.all_warehouses or f.warehouse_id in', 'then true or f.warehouse_id in'],
  ['app.reach(text,text)', 'else me.all_suppliers or f.supplier_id in', 'else true or f.supplier_id in'],
  ['app.reach(text,text)', 'where w.account_id = account and w.member_id = me.id)', 'where w.member_id = me.id)'],
  ['app.reach(text,text)', 'where w.account_id = account and w.member_id = me.id)', 'where w.account_id = account)'],
  ['app.reach(text,text)', 'where p.account_id = account and p.member_id = me.id)', 'where p.member_id = me.id)'],
  ['app.reach(text,text)', 'where p.account_id = account and p.member_id = me.id)', 'where p.account_id = account)'],
  ['app.reach(text,text)', "(me.audience <> 'staff' or f.store_id = any (app.granted_stores(me)))", 'true'],
  ['app.reach(text,text)', 'l.fulfillment_order_id = any (given)', 'true'],
  ['app.reach(text,text)', '(me.all_warehouses or w.id in', '(true or w.id in'],
  ['app.reach(text,text)', 'then me.all_suppliers or p.id in', 'then true or p.id in'],
  ['app.reach(text,text)', 'then me.all_clients or p.id in', 'then true or p.id in'],
  ['app.become(access.members,text[],text)', 'elsif not m.all_stores then', 'elsif false then'],
  ['app.become(access.members,text[],text)', 's.id = any (granted)', 'true'],
  ['app.granted_clients()', 'x.member_id = m.id', 'true'],
  ['app.granted_clients()', 's.id = any (app.granted_stores(m))', 'true'],
  ['app.granted_stores(access.members)', '(m.all_stores or', '(true or'],
  ['app.granted_stores(access.members)', '(m.all_clients', '(true'],
]
