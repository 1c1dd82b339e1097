import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { hashToken } from '#kernel/tokens.ts'
import { doorFor } from '../cast.ts'
import type { Member, Order, Some } from './model.ts'
import { type MemberPlan, type Plan, places } from './plan.ts'

export interface Person extends Member {
  token: string
  /** A person signs in, a key is sent. */
  isKey: boolean
  /** Under which name the portal of his account stands. */
  slug: string
}
export interface LaidOut {
  orders: Order[]
  people: Person[]
}

const ids = (count: number) => Array.from({ length: count }, () => uuidv7())
const letters = { staff: 'cds', client: 'cdc', supplier: 'cdp' }

/** Puts a plan into the database: two accounts of its own, with the owner's hands, below everything that is to be tried. */
export async function layOut(owner: pg.Client, plan: Plan): Promise<LaidOut> {
  const [account, other] = ids(2) as [string, string]
  const [stores, clients, suppliers, warehouses] = Object.values(places).map(ids) as [
    string[],
    string[],
    string[],
    string[],
  ]
  const foreignStore = uuidv7()
  const userId = uuidv7()
  await owner.query("insert into identity.users (id, email, email_key, name) values ($1, $2, $2, 'First')", [
    userId,
    `${userId}@example.com`,
  ])
  for (const id of [account, other])
    await owner.query("select access.create_account($1, 'Model', 'EUR', 'UTC', false, $2, $3)", [id, userId, uuidv7()])
  const insert = async (table: string, rows: object[]) => {
    if (rows.length === 0) return
    const names = Object.keys(rows[0]!)
    await owner.query(
      `insert into ${table} (${names.join()}) select ${names.join()} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
  const party = (kind: string) => (id: string, n: number) => ({ account_id: account, id, kind, name: `${kind} ${n}` })
  await insert('access.parties', [...clients.map(party('client')), ...suppliers.map(party('supplier'))])
  await insert(
    'stock.warehouses',
    warehouses.map((id, n) => ({ account_id: account, id, name: `Warehouse ${n}` })),
  )
  const { slug } = (await owner.query('select slug from portal.portals where account_id = $1', [account])).rows[0]
  const clientOf = (store: number) => (store < clients.length ? clients[store]! : null)
  await insert('channels.stores', [
    ...stores.map((id, n) => ({
      account_id: account,
      id,
      name: `Store ${n}`,
      client_party_id: clientOf(n),
      currency: 'EUR',
    })),
    { account_id: other, id: foreignStore, name: 'Elsewhere', client_party_id: null, currency: 'EUR' },
  ])
  const people = plan.members.map((member, n) =>
    person(member, n, { account, slug, stores, clients, suppliers, warehouses }),
  )
  await insertPeople(owner, insert, plan, people)
  const orders = await insertOrders(insert, plan, people, {
    account,
    other,
    foreignStore,
    stores,
    clientOf,
    suppliers,
    warehouses,
  })
  return { orders, people }
}

type Named = {
  account: string
  slug: string
  stores: string[]
  clients: string[]
  suppliers: string[]
  warehouses: string[]
}

function person(plan: MemberPlan, n: number, { account, slug, stores, clients, suppliers, warehouses }: Named): Person {
  const list = (chosen: 'all' | number[], from: string[]): Some =>
    chosen === 'all' ? 'all' : chosen.map((index) => from[index]!)
  const parties = { staff: [null], client: clients, supplier: suppliers }[plan.audience]
  return {
    id: uuidv7(),
    account,
    audience: plan.audience,
    party: parties[plan.party % parties.length]!,
    may: plan.words,
    stores: list(plan.stores, stores),
    clients: list(plan.clients, clients),
    suppliers: list(plan.suppliers, suppliers),
    warehouses: list(plan.warehouses, warehouses),
    ownOnly: plan.ownOnly,
    inDates: plan.dates === 'always' || plan.dates === 'now',
    inHours: plan.hours !== 'not now',
    deactivated: plan.deactivated,
    token: `${letters[plan.audience]}_${randomBytes(32).toString('base64url')}`,
    isKey: n % 2 === 1,
    slug,
  }
}

type Insert = (table: string, rows: object[]) => Promise<void>

async function insertPeople(owner: pg.Client, insert: Insert, plan: Plan, people: Person[]) {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const today = new Date().getUTCDay() || 7
  const hoursOf = { always: null, now: 0, 'not now': 3 }
  for (const [n, who] of people.entries()) {
    const { dates, hours } = plan.members[n]!
    const shift = hoursOf[hours]
    const times = shift === null ? null : [{ day: ((today - 1 + shift) % 7) + 1, from: '00:00', until: '24:00' }]
    const userId = uuidv7()
    if (!who.isKey)
      await insert('identity.users', [
        { id: userId, email: `${userId}@example.com`, email_key: `${userId}@example.com`, name: 'N' },
      ])
    await owner.query(
      `with role as (
         insert into access.roles (account_id, id, slug, name, audience, built_in, permissions)
         values ($1, gen_random_uuid(), $2::text, $2, $3, false, $4) returning id)
       insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, party_id, all_stores, all_clients,
                                   all_suppliers, all_warehouses, own_only, valid_from, valid_until, hours, deactivated_at)
       select $1, $2::uuid, $5, $6, $2, $7, $3, role.id, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17 from role`,
      [
        who.account,
        who.id,
        who.audience,
        who.may,
        who.isKey ? 'key' : 'person',
        who.isKey ? null : userId,
        who.isKey ? null : `${userId}@example.com`,
        who.party,
        who.stores === 'all',
        who.clients === 'all',
        who.suppliers === 'all',
        who.warehouses === 'all',
        who.ownOnly,
        dates === 'to come' ? day(2) : dates === 'now' ? day(-2) : null,
        dates === 'over' ? day(-1) : dates === 'now' ? day(2) : null,
        times && JSON.stringify(times),
        who.deactivated ? day(-1) : null,
      ],
    )
    for (const [table, column, list] of [
      ['member_stores', 'store_id', who.stores],
      ['member_clients', 'client_id', who.clients],
      ['member_suppliers', 'supplier_id', who.suppliers],
      ['member_warehouses', 'warehouse_id', who.warehouses],
    ] as const)
      if (list !== 'all')
        await insert(
          `access.${table}`,
          list.map((id) => ({ account_id: who.account, member_id: who.id, [column]: id })),
        )
    await owner.query(
      'insert into identity.sessions (token_hash, purpose, account_id, member_id, door) values ($1, $2, $3, $4, $5)',
      [hashToken(who.token), who.isKey ? 'key' : 'web', who.account, who.id, doorFor(who)],
    )
  }
}

interface Where extends Omit<Named, 'clients' | 'slug'> {
  other: string
  foreignStore: string
  clientOf(store: number): string | null
}

async function insertOrders(insert: Insert, plan: Plan, people: Person[], where: Where): Promise<Order[]> {
  const orders = plan.orders.map(
    ({ store, foreign, parts }, n): Order => ({
      id: uuidv7(),
      number: `M-${n}`,
      account: foreign ? where.other : where.account,
      store: foreign ? where.foreignStore : where.stores[store]!,
      client: foreign ? null : where.clientOf(store),
      parts: (foreign ? [] : parts).map((part) => {
        const assignee = people[part.assignee ?? -1]
        return {
          id: uuidv7(),
          supplier: part.supplier === null ? null : where.suppliers[part.supplier]!,
          warehouse: part.supplier === null ? where.warehouses[part.warehouse]! : null,
          // A supplier's work is given to people of that supplier, the house's to its own.
          assignee:
            assignee &&
            (part.supplier === null ? assignee.audience === 'staff' : assignee.party === where.suppliers[part.supplier])
              ? assignee.id
              : null,
          takenBack: part.takenBack,
        }
      }),
    }),
  )
  const of = ({ account, id, store }: Order) => ({ account_id: account, order_id: id, store_id: store })
  await insert(
    'orders.orders',
    orders.map(({ account, id, number, store }, n) => ({
      account_id: account,
      id,
      store_id: store,
      external_id: number,
      number,
      placed_at: `2026-01-01T00:${String(n % 60).padStart(2, '0')}:00Z`,
      placed_on: '2026-01-01',
      placed_precision: 'day',
      payment: 'payable',
      line_count: 1,
      quantity: 1,
    })),
  )
  const lineIds = new Map(orders.map(({ id }) => [id, uuidv7()]))
  await insert(
    'orders.recipients',
    orders.map((order) => ({
      ...of(order),
      buyer_name: 'B',
      name: 'R',
      company: '',
      line1: '',
      line2: '',
      line3: '',
      city: '',
    })),
  )
  await insert(
    'orders.contacts',
    orders.map((order) => ({ ...of(order), email: 'e@example.com', phone: '1' })),
  )
  await insert(
    'orders.order_amounts',
    orders.map((order) => ({
      ...of(order),
      currency: 'EUR',
      lines_total: 1,
      discount_total: 0,
      shipping_total: 0,
      tax_total: 0,
      total: 1,
    })),
  )
  await insert(
    'orders.lines',
    orders.map((order) => ({
      ...of(order),
      id: lineIds.get(order.id),
      position: 1,
      sku: 'S',
      name: 'P',
      quantity: 1,
      cancelled_quantity: 0,
      requires_shipping: true,
    })),
  )
  const parts = orders.flatMap((order) => order.parts.map((part, n) => ({ order, part, n })))
  await insert(
    'fulfillment.fulfillment_orders',
    parts.map(({ order, part, n }) => ({
      account_id: order.account,
      id: part.id,
      order_id: order.id,
      store_id: order.store,
      number: `${order.number}-${n}`,
      fulfiller: part.supplier ? 'supplier' : 'warehouse',
      supplier_id: part.supplier,
      warehouse_id: part.warehouse,
      state: part.takenBack ? 'unassigned' : part.supplier ? 'offered' : 'open',
      assignee_member_id: part.assignee,
      fulfiller_name: 'F',
      merchant_name: 'M',
      placed_on: '2026-01-01',
    })),
  )
  await insert(
    'fulfillment.recipients',
    parts.map(({ order, part }) => ({
      account_id: order.account,
      fulfillment_order_id: part.id,
      store_id: order.store,
      supplier_id: part.supplier,
      name: 'R',
      company: '',
      line1: '',
      line2: '',
      line3: '',
      city: '',
      buyer_note: '',
      gift_text: '',
    })),
  )
  return orders
}
