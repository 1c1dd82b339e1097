import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { addOrders, type NewOrder } from '#orders'
import { type GoodsKind, readersOfGoods } from './canary-readers.ts'
import { accounts, cast, type Name, parties, stores, warehouses } from './cast.ts'
import { orderDraft } from './scene.ts'
import { upload } from './upload.ts'
import type { World } from './world.ts'

/**
 * Every hidden value is a text or figure that occurs nowhere else; then everybody asks everything, and no answer may hold
 * a canary that is not his. What each may see is said here in plain words, not taken from the policies.
 */
export type Kind =
  | 'number'
  | 'recipient'
  | 'contact'
  | 'amount'
  | 'note'
  | 'lineS1'
  | 'lineS2'
  | 'productPrice'
  | 'supplierS1'
  | 'supplierS2'
  | 'invited'
  | 'importFile'
  | 'transferP1'
  | 'transferP2'
  | 'transferHouse'
export interface Canary {
  kind: Kind | GoodsKind
  account: 'one' | 'two'
  store?: 'a' | 'b'
}
export const canaries = new Map<string, Canary>()
/** Puts a text on the list of those that not everybody may read, and returns it to be planted. */
export const plant = (text: string, canary: Canary) => {
  canaries.set(text, canary)
  return text
}

const transfers: Kind[] = ['transferP1', 'transferP2', 'transferHouse']
const fullAccess: Kind[] = [
  ...transfers,
  'number',
  'recipient',
  'contact',
  'amount',
  'note',
  'lineS1',
  'lineS2',
  'productPrice',
  'supplierS1',
  'supplierS2',
]
const staffKinds: Record<string, Kind[]> = {
  administrator: [...fullAccess, 'invited', 'importFile'],
  'full-access': fullAccess,
  'customer-service': ['number', 'recipient', 'contact', 'note', 'lineS1', 'lineS2', 'supplierS1', 'supplierS2'],
  warehouse: ['number', 'recipient', 'note', 'lineS1', 'lineS2', 'supplierS1', 'supplierS2', ...transfers],
  accountant: [
    'number',
    'amount',
    'note',
    'lineS1',
    'lineS2',
    'productPrice',
    'supplierS1',
    'supplierS2',
    ...transfers,
  ],
  viewer: ['number', 'lineS1', 'lineS2', 'supplierS1', 'supplierS2', ...transfers],
  'client-admin': ['number', 'recipient', 'contact', 'amount', 'lineS1', 'lineS2'],
}

/** Whether a canary is of a slice that somebody works in at all: his account, stores, company. */
export function isOfSlice(who: Name, { kind, account, store }: Canary): boolean {
  const person = cast[who]
  if (person.account !== account) return false
  if (kind === 'importFile') return who === 'A1' // a file is its importer's own
  if (person.audience === 'supplier') return !/S\d$/.test(kind) || kind.endsWith(person.party)
  if (person.audience === 'client' && kind.startsWith('transfer')) return kind.endsWith(person.party)
  return !store || !('stores' in person) || (person.stores as readonly string[]).includes(store)
}

/** Whether one of the cast may ever read this canary. */
export function mayRead(who: Name, { kind, account, store }: Canary): boolean {
  const person = cast[who]
  if (kind in readersOfGoods) return (readersOfGoods[kind as GoodsKind] as readonly Name[]).includes(who)
  if (person.account !== account) return false
  if (person.audience === 'supplier') {
    const mine = person.party as 'S1' | 'S2'
    return kind === `line${mine}` || kind === `supplier${mine}` || kind === 'number' || kind === 'recipient'
  }
  if (person.audience === 'client' && kind.startsWith('transfer')) return kind.endsWith(person.party)
  if (store && 'stores' in person && !(person.stores as readonly string[]).includes(store)) return false
  return staffKinds[person.role]!.includes(kind as Kind)
}

let figure = 73_910_391
function draft(account: 'one' | 'two', store: 'a' | 'b'): NewOrder {
  const where = { account, store }
  const word = (kind: string) => `cnry${account}${store}${kind}`
  const price = (kind: Kind) => {
    figure += 101_013
    plant(String(figure), { kind, ...where })
    return figure * 1_000_000
  }
  const draft = orderDraft(plant(word('number'), { kind: 'number', ...where }))
  return {
    ...draft,
    recipient: {
      ...draft.recipient,
      name: plant(word('name'), { kind: 'recipient', ...where }),
      buyerName: plant(word('buyer'), { kind: 'recipient', ...where }),
      line1: plant(word('street'), { kind: 'recipient', ...where }),
    },
    contact: { email: `${plant(word('mail'), { kind: 'contact', ...where })}@example.com`, phone: '0102030405' },
    internalNote: plant(word('note'), { kind: 'note', ...where }),
    lines: (['lineS1', 'lineS2'] as const).map((kind) => ({
      sku: plant(word(`sku${kind}`), { kind, ...where }),
      name: plant(word(`goods${kind}`), { kind, ...where }),
      quantity: 1,
      requiresShipping: true,
      unitPriceMicros: price('amount'),
      discountRate: null,
      discountMicros: null,
    })),
  }
}

/** Plants them all: for a world of the tests. */
export async function layOutCanaries(world: World): Promise<void> {
  plant(parties.S1.name, { kind: 'supplierS1', account: 'one' })
  plant(parties.S2.name, { kind: 'supplierS2', account: 'one' })
  for (const store of ['a', 'b'] as const) {
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores[store], orders: [draft('one', store)] }))
    const orderId = [...ids.values()][0]!
    await world.work('A1', async (tx) => {
      const lines = await tx.rows(
        sql<{ id: string }>`select id from orders.lines where order_id = ${orderId} order by position`,
      )
      await assignLines(tx, { lines: [{ orderId, orderLineId: lines[0]!.id }], to: { supplierId: parties.S1.id } })
      await assignLines(tx, { lines: [{ orderId, orderLineId: lines[1]!.id }], to: { supplierId: parties.S2.id } })
    })
  }
  await world.work('A2', async (tx) => {
    const store = await tx.first(sql<{ id: string }>`select id from channels.stores where is_default`)
    await addOrders(tx, { storeId: store!.id, orders: [draft('two', 'a')] })
  })
  await world.as('A1', 'POST /products', {
    sku: 'CAN-1',
    name: 'Canary',
    price: { micros: 86_420_137_000_000, currency: 'EUR' },
  })
  plant('86420137', { kind: 'productPrice', account: 'one' })
  await world.as('A1', 'POST /invitations', {
    email: `${plant('cnryinvited', { kind: 'invited', account: 'one' })}@example.com`,
    role: 'viewer',
  })
  await layOutTransfers(world)
  const rows = `Order number,SKU,Quantity,Country\n${plant('cnryimport', { kind: 'importFile', account: 'one' })},T,1,Nowhere\n`
  const { body: started } = await upload(world, 'A1', 'orders', rows)
  await world.as('A1', `POST /imports/${started.id}/check`)
  await world.drain()
}

/** What each client announced and said of it, and how the house moves the goods of the first between its own warehouses. */
async function layOutTransfers(world: World): Promise<void> {
  const lines = [{ sku: 'CAN-T', quantity: 5 }]
  for (const party of ['P1', 'P2'] as const) {
    await world.owner.query(
      "insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, 'CAN-T', 'Moved')",
      [accounts.one.id, parties[party].id],
    )
    const word = (what: string) => plant(`cnry${party}${what}`, { kind: `transfer${party}`, account: 'one' })
    const { body } = await world.as(party, 'POST /transfers', {
      warehouseId: warehouses.main,
      lines,
      note: word('note'),
    })
    await world.as(party, `POST /transfers/${body.id}/ship`, { carrier: word('carrier'), tracking: word('tracking') })
    await world.as('W1', `POST /transfers/${body.id}/comments`, { text: word('comment') })
    await world.as('W1', `POST /transfers/${body.id}/receive`, {}, { 'if-match': '"2"' })
  }
  await world.as('W1', 'POST /transfers', {
    warehouseId: warehouses.north,
    fromWarehouseId: warehouses.main,
    ownerId: parties.P1.id,
    lines,
    note: plant('cnrymovenote', { kind: 'transferHouse', account: 'one' }),
  })
  await world.as('W1', 'POST /transfers', {
    warehouseId: warehouses.main,
    fromWarehouseId: warehouses.north,
    ownerId: parties.P1.id,
    lines,
    note: plant('cnrybacknote', { kind: 'transferHouse', account: 'one' }),
  })
}
