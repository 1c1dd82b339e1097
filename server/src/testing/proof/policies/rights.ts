import type { Audience, Permission } from '#kernel/permissions.ts'
import { parties } from '../../cast.ts'
import {
  account,
  type Deed,
  everybody,
  goods,
  holds,
  inStore,
  own,
  owner,
  type Principal,
  party,
  type Right,
  type Rights,
  type Row,
  store,
} from './right.ts'

/**
 * Who may do what with which rows, said a second time: as plain functions over rows, from what roles are to have, not from
 * the policies. The probes compare what PostgreSQL does with what this says.
 */

const internal: Right['rows'] = (row, who) => row.visibility !== 'internal' || holds(who, 'orders:notes')
const words: Right['rows'] = (row, who) =>
  row.class === 'public' ||
  (row.class === 'recipient' && holds(who, 'orders:recipient')) ||
  (row.class === 'contact' && holds(who, 'orders:contact'))
const wishes: Right['rows'] = (row, who) =>
  words(row, who) ||
  (row.class === 'amounts' && holds(who, 'orders:amounts')) ||
  (row.side === 'wanted' && row.member_id === who.member)
/** What is told of a part of an order, to who reaches some parts only. */
const ofReachedPart: Right['rows'] = (row, who) =>
  !who.reach || row.fulfillment_order_id === null || who.reach.fulfillmentOrders.has(row.fulfillment_order_id)
const inMyName: Right['rows'] = (row, who) => row.actor === who.name && row.via === who.via
const tells: Permission[] = [
  'orders:create',
  'orders:edit',
  'orders:hold',
  'orders:cancel',
  'orders:tag',
  'orders:comment',
  'fulfillment:assign',
  'orders:propose',
  'orders:approve',
]
/** What the client's side says: tags, holds, requests, comments; and what the house does. */
const ofClient: Right['rows'] = (row) => (row.origin ?? row.side) === 'client'
const wishOfClient = (row: Row) => row.origin === 'client'
const wishOfHouse = (row: Row) => row.origin === 'host'
const ofHouse: Right['rows'] = (row) => (row.origin ?? row.side) === 'host'
const tagOfOwn: Right['rows'] = (row, who) => row.side === 'host' || holds(who, 'orders:tag-portal')
const clientTells: Permission[] = ['orders:tag', 'orders:comment', 'orders:hold', 'orders:propose']
const lenient: Right['rows'] = (_row, who) => who.elsewhere === null
/** How far each has read. */
const reads = (): Rights => ({
  read: [own('orders:comment')],
  add: [own('orders:comment')],
  change: [own('orders:comment')],
})
/** A mail about a person himself is for nobody of the account. */
const shared: Right['rows'] = (row) => !row.private
const suppliers: Right['rows'] = (row) => row.kind === 'supplier'
/** The clients whom somebody of the house knows: by name, or by a store of theirs that he has. */
const knows = (id: unknown, who: Principal) =>
  who.reach ? who.reach.parties.has(id) : who.clients === '*' || who.clients.has(id)
const knownClient: Right['rows'] = (row, who) => row.kind === 'client' && knows(row.id, who)
/** What belongs to a client, or to its people. Parties of other kinds are nobody's clients. */
const ofKnownClient =
  (column: string): Right['rows'] =>
  (row, who) =>
    clientsOfCast.has(row[column] as string) && knows(row[column], who)
const clientsOfCast: ReadonlySet<string> = new Set([parties.P1.id, parties.P2.id])
/** Stores of known clients, within one's own; who is confined, by other things than stores, gives none that are nobody's. */
const canBeGiven: Right['rows'] = (row, who) =>
  row.client_party_id === null
    ? !who.reach && storeById(row, who)
    : ofKnownClient('client_party_id')(row, who) && (who.reach ? who.reach.granted.has(row.id) : storeById(row, who))
const ofMyCompany: Right['rows'] = (row, who) => row.client_id === who.party
const runs: Right['rows'] = (row) => row.kind === 'automation.run'
const storeById: Right['rows'] = (row, who) => inStore({ store_id: row.id }, who)
const ofMine = everybody((row, who) => row.member_id === who.member)
/** What was answered to him under a key of his. */
const myAnswers: Rights = { read: [ofMine], add: [ofMine], change: [ofMine], remove: [ofMine] }
const myRole = everybody((row, who) => row.id === who.role)
const myself = everybody((row, who) => row.id === who.member)
const myParty = everybody((row, who) => row.id === who.party)
const myAccount = everybody((row, who) => row.id === who.account)
/** Everything with the files, imports and rejections of the member himself. */
const mine = (...deeds: Deed[]): Rights =>
  Object.fromEntries(deeds.map((deed) => [deed, [own('orders:import'), own('products:import')]]))
/** Of imports only those of a kind he may bring in. */
const ofKind = (kind: 'orders' | 'products') => own(`${kind}:import`, (row) => row.kind === kind)
const myImports: Rights = Object.fromEntries(
  (['read', 'add', 'change'] as const).map((deed) => [deed, [ofKind('orders'), ofKind('products')]]),
)
/** The same of a client, who brings in products alone. */
const mineOfClient = (...deeds: Deed[]): Rights =>
  Object.fromEntries(deeds.map((deed) => [deed, [own('products:import')]]))

/** Of which records one reads the history, by the word that shows the record itself. */
const historyOf: Record<string, Permission> = {
  product: 'products:read',
  rule: 'rules:read',
  supplier: 'suppliers:read',
  member: 'users:read',
  invitation: 'users:read',
  role: 'users:read',
}
const ofMySide: Right['rows'] = (row, who) => row.party_id !== null && row.party_id === who.party
const history: Partial<Record<Audience, Rights>> = {
  staff: {
    read: [
      account('audit:read'),
      account('audit:own-records', (row, who) => {
        const word = historyOf[row.subject_kind as string]
        if (row.subject_kind === 'supplier' && who.reach)
          return holds(who, 'suppliers:read') && who.reach.parties.has(row.subject_id)
        if (word !== undefined && holds(who, word)) return true
        if (row.order_id === null) return false
        if (!who.reach) return inStore(row, who)
        return row.subject_kind === 'order'
          ? who.reach.orders.has(row.order_id)
          : row.subject_kind === 'fulfillment_order' && who.reach.fulfillmentOrders.has(row.subject_id)
      }),
    ],
  },
  client: {
    read: [store('audit:own-records', (row, who) => row.subject_kind === 'order' && ofMySide(row, who))],
  },
  supplier: {
    read: [account('audit:own-records', (row, who) => row.subject_kind === 'fulfillment_order' && ofMySide(row, who))],
  },
}
/** What each field of an entry's changes asks for, of those that are tried here. */
const toReadChange: Record<string, Permission> = { units: 'audit:own-records', 'contact.email': 'orders:contact' }
/** Who may read an entry reads its changes too, where he may read every field of them. */
const changesOf =
  (audience: Audience): Right['rows'] =>
  (row, who) =>
    history[audience]!.read!.some(({ may, rows }) => holds(who, may!) && row.entry && rows(row.entry as Row, who)) &&
    Object.keys(row.changes as object).every((field) => holds(who, toReadChange[field] ?? 'audit:read'))

/** What a client announced himself: how the house moves his goods between its own warehouses he does not see. */
const announced: Right['rows'] = (row) => row.origin === 'client'
/** The house edits its own until they leave. */
const ownBeforeLeaving: Right['rows'] = (row) =>
  row.origin !== 'client' && ['draft', 'to_ship'].includes(String(row.state))
/** Who is kept to some suppliers sees what comes from those alone. */
const fromHisSupplier: Right['rows'] = (row, who) =>
  row.supplier_id === null || !who.reach || who.reach.parties.has(row.supplier_id)
const leaving: Right['rows'] = (row, who) => who.warehouses !== '*' && who.warehouses.has(row.from_warehouse_id)
/** Whose warehouse goods leave sees their transfer, and what hangs on it. */
const leavesHis = owner('transfers:read', (row, who) => leaving(row, who) && fromHisSupplier(row, who))
const leavesAny = owner('transfers:read', leaving)
const ofLeaving: Right = {
  may: 'transfers:read',
  rows: (row, who) => Boolean(row.transfer) && leavesAny.rows(row.transfer as Row, who),
}
const ofTransfer = {
  staff: { read: [goods('transfers:read'), ofLeaving] },
  client: { read: [goods('transfers:read', announced)] },
}
const granted: Right['rows'] = (row, who) => who.warehouses === '*' || who.warehouses.has(row.id)
const everyWarehouse: Right['rows'] = (_, who) => who.warehouses === '*'
const everyStock: Right['rows'] = (row, who) => who.stores === '*' && !who.reach && everyWarehouse(row, who)

/** Table by table, for each audience; what is not named here is nobody's. */
export const rights: Record<string, Partial<Record<Audience, Rights>>> = {
  'access.accounts': { staff: { read: [myAccount] }, client: { read: [myAccount] }, supplier: { read: [myAccount] } },
  'access.parties': {
    staff: {
      read: [
        account('suppliers:read', (row, who) => row.kind !== 'client' && (!who.reach || who.reach.parties.has(row.id))),
        account('clients:read', knownClient),
        everybody((row) => row.kind === 'self'),
      ],
      add: [
        account('suppliers:edit', suppliers),
        account('portal-users:manage', (row, who) => row.kind === 'client' && who.stores === '*'),
      ],
      change: [account('suppliers:edit', suppliers), account('portal-users:manage', knownClient)],
    },
    client: { read: [myParty] },
    supplier: { read: [myParty] },
  },
  'access.roles': {
    staff: {
      read: [account('users:read'), account('portal-users:manage', (row) => row.audience === 'client'), myRole],
    },
    client: { read: [myRole] },
    supplier: { read: [myRole] },
  },
  'access.ownership_offers': { staff: { read: [account('users:read')] } },
  'access.members': {
    staff: {
      read: [
        account('users:read', (row) => row.kind !== 'preview'),
        account('portal-users:manage', (row, who) => row.kind !== 'preview' && ofKnownClient('party_id')(row, who)),
        myself,
      ],
      change: [account('users:manage'), account('portal-users:manage', ofKnownClient('party_id'))],
    },
    client: { read: [myself] },
    supplier: { read: [myself] },
  },
  'access.member_stores': {
    staff: { read: [account('users:read')], add: [account('users:manage')], remove: [account('users:manage')] },
  },
  'access.member_warehouses': {
    staff: { read: [account('users:read')], add: [account('users:manage')], remove: [account('users:manage')] },
  },
  'access.member_clients': {
    staff: { read: [account('users:read')], add: [account('users:manage')], remove: [account('users:manage')] },
  },
  'access.member_suppliers': {
    staff: { read: [account('users:read')], add: [account('users:manage')], remove: [account('users:manage')] },
  },
  'access.invitations': {
    staff: {
      read: [account('users:read'), account('portal-users:manage', ofKnownClient('party_id'))],
      add: [account('users:manage'), account('portal-users:manage', ofKnownClient('party_id'))],
      change: [account('users:manage'), account('portal-users:manage', ofKnownClient('party_id'))],
    },
  },
  'access.identity_providers': {
    staff: { read: [account('sign-in:manage')], add: [account('sign-in:manage')], change: [account('sign-in:manage')] },
  },
  'access.audit': history,
  'access.audit_values': {
    staff: { read: [account('audit:read'), account('audit:own-records', changesOf('staff'))] },
    client: { read: [account('audit:own-records', changesOf('client'))] },
    supplier: { read: [account('audit:own-records', changesOf('supplier'))] },
  },
  'access.audit_heads': { staff: { read: [account('audit:read')] } },
  'access.requests': {
    staff: { read: [account('users:manage'), ofMine], add: [ofMine], change: [account('users:manage')] },
    client: { read: [ofMine], add: [ofMine] },
    supplier: { read: [ofMine], add: [ofMine] },
  },
  'access.kept_answers': { staff: myAnswers, client: myAnswers, supplier: myAnswers },
  'notices.outbox': {
    staff: {
      read: [account('outbox:read', shared)],
      change: [account('outbox:read', shared)],
      add: [account('users:manage', shared), account('portal-users:manage', shared)],
    },
  },
  'jobs.jobs': {
    staff: { read: [own('jobs:read'), account('jobs:manage'), account('rules:run', runs)] },
    client: { read: [own('jobs:read')] },
    supplier: { read: [own('queue:export')] },
  },
  'catalog.products': {
    staff: { read: [owner('products:read')], add: [owner('products:edit')], change: [owner('products:edit')] },
    client: { read: [owner('products:read')], add: [owner('products:import')], change: [owner('products:import')] },
  },
  'catalog.product_prices': {
    staff: {
      read: [owner('products:prices')],
      add: [owner('products:edit')],
      change: [owner('products:edit')],
      remove: [owner('products:edit')],
    },
  },
  'catalog.product_costs': {
    staff: {
      read: [owner('products:costs')],
      add: [owner('products:edit')],
      change: [owner('products:edit')],
      remove: [owner('products:edit')],
    },
  },
  'catalog.product_barcodes': {
    staff: {
      read: [owner('products:read')],
      add: [owner('products:edit')],
      change: [owner('products:edit')],
      remove: [owner('products:edit')],
    },
    client: { read: [owner('products:read')], add: [owner('products:import')], change: [owner('products:import')] },
  },
  'catalog.product_tags': {
    staff: { read: [owner('products:read')], add: [owner('products:edit')], remove: [owner('products:edit')] },
  },
  'portal.portals': { staff: { read: [account('portal:manage')] } },
  'portal.brands': { staff: { read: [account('portal:brand')], change: [account('portal:brand')] } },
  'portal.images': {
    staff: {
      read: [account('portal:brand')],
      add: [account('portal:brand')],
      change: [account('portal:brand')],
      remove: [account('portal:brand')],
    },
  },
  'stock.warehouses': {
    staff: {
      read: [
        account('orders:read', (row, who) => !who.reach || who.reach.warehouses.has(row.id)),
        account('stock:read', granted),
        account('portal-users:manage', granted),
      ],
      add: [account('warehouses:edit', everyWarehouse)],
      change: [account('warehouses:edit', everyWarehouse)],
    },
    client: { read: [account('stock:read', granted)] },
  },
  'stock.levels': { staff: { read: [goods('stock:read')] }, client: { read: [goods('stock:read')] } },
  'stock.movements': { staff: { read: [goods('stock:read')] }, client: { read: [goods('stock:read')] } },
  'stock.counts': { staff: { read: [goods('stock:read')] } },
  'stock.allocations': { staff: { read: [store('orders:read')] } },
  'stock.store_warehouses': {
    staff: {
      read: [store('orders:read')],
      add: [store('warehouses:edit')],
      change: [store('warehouses:edit')],
      remove: [store('warehouses:edit')],
    },
  },
  'stock.store_orders': {
    staff: { read: [store('orders:read')], add: [store('warehouses:edit')], change: [store('warehouses:edit')] },
  },
  'stock.low_levels': {
    staff: {
      read: [goods('stock:read')],
      add: [goods('stock:adjust')],
      change: [goods('stock:adjust')],
    },
  },
  'stock.settings': {
    staff: {
      read: [account('stock:read')],
      add: [account('warehouses:edit', everyStock)],
      change: [account('warehouses:edit', everyStock)],
    },
  },
  'channels.stores': {
    staff: {
      read: [
        account('orders:read', (row, who) => storeById(row, who) || Boolean(who.reach?.stores.has(row.id))),
        account('portal-users:manage', canBeGiven),
      ],
      add: [account('stores:edit', (_row, who) => who.stores === '*')],
      change: [account('stores:edit', storeById)],
    },
    client: { read: [account('orders:read', storeById)] },
  },
  'channels.listings': {
    staff: { read: [store('products:read')], add: [store('products:edit')], change: [store('products:edit')] },
  },
  'orders.orders': {
    staff: { read: [store('orders:read')], add: [store('orders:create')], change: [store('orders:edit')] },
    client: { read: [store('orders:read')] },
  },
  'orders.recipients': {
    staff: { read: [store('orders:recipient')], add: [store('orders:create')], change: [store('orders:edit')] },
    client: { read: [store('orders:recipient')] },
  },
  'orders.contacts': {
    staff: { read: [store('orders:contact')], add: [store('orders:create')], change: [store('orders:edit')] },
    client: { read: [store('orders:contact')] },
  },
  'orders.order_amounts': {
    staff: { read: [store('orders:amounts')], add: [store('orders:create')] },
    client: { read: [store('orders:amounts')] },
  },
  'orders.lines': {
    staff: { read: [store('orders:read')], add: [store('orders:create')], change: [store('orders:cancel')] },
    client: { read: [store('orders:read')] },
  },
  'orders.line_amounts': {
    staff: { read: [store('orders:amounts')], add: [store('orders:create')] },
    client: { read: [store('orders:amounts')] },
  },
  'orders.line_tags': { staff: { read: [store('orders:read')], add: [store('orders:create')] } },
  'orders.order_tags': {
    staff: {
      read: [store('orders:read')],
      add: [store('orders:tag', tagOfOwn)],
      remove: [store('orders:tag', ofHouse)],
    },
    client: {
      read: [store('orders:read', ofClient)],
      add: [store('orders:tag', ofClient)],
      remove: [store('orders:tag', ofClient)],
    },
  },
  'orders.holds': {
    staff: {
      read: [store('orders:read')],
      add: [store('orders:hold', ofHouse)],
      change: [store('orders:hold', ofHouse)],
    },
    client: {
      read: [store('orders:read', ofClient)],
      add: [store('orders:hold', (row, who) => ofClient(row, who) && row.placed_by === who.name && who.mayAsk)],
      change: [store('orders:hold', ofClient)],
    },
  },
  'orders.issues': {
    staff: {
      read: [store('orders:read')],
      add: [store('orders:create'), store('fulfillment:answer'), store('orders:edit')],
      change: [store('orders:edit'), store('fulfillment:assign')],
    },
  },
  'orders.change_requests': {
    staff: {
      read: [store('orders:propose'), store('orders:approve')],
      add: [
        store(
          'orders:propose',
          (row, who) => ofHouse(row, who) && row.member_id === who.member && row.asked_by === who.name,
        ),
      ],
      change: [store('orders:approve')],
    },
    client: {
      read: [store('orders:propose', ofClient)],
      add: [
        store(
          'orders:propose',
          (row, who) => ofClient(row, who) && row.member_id === who.member && row.asked_by === who.name && who.mayAsk,
        ),
      ],
    },
  },
  'orders.change_values': {
    staff: {
      read: [store('orders:propose', wishes), store('orders:approve', wishes)],
      add: [store('orders:propose', (row, who) => wishOfHouse(row) && row.member_id === who.member)],
    },
    client: {
      read: [store('orders:propose', (row, who) => wishOfClient(row) && wishes(row, who))],
      add: [store('orders:propose', (row, who) => wishOfClient(row) && row.member_id === who.member)],
    },
  },
  'orders.timeline': {
    staff: {
      read: [store('orders:read', ofReachedPart)],
      add: [
        {
          ...store('orders:read', (row, who) => inMyName(row, who) && ofHouse(row, who) && holds(who, ...tells)),
          also: tells,
        },
      ],
    },
    client: {
      add: [
        {
          ...store('orders:read', (row, who) => inMyName(row, who) && ofClient(row, who) && holds(who, ...clientTells)),
          also: clientTells,
        },
      ],
    },
  },
  'orders.comments': {
    staff: {
      read: [store('orders:comment', internal)],
      add: [
        store(
          'orders:comment',
          (row, who) =>
            internal(row, who) && ofHouse(row, who) && row.author_member_id === who.member && row.author === who.name,
        ),
      ],
    },
    client: {
      add: [
        store(
          'orders:comment',
          (row, who) => ofClient(row, who) && row.author_member_id === who.member && row.author === who.name,
        ),
      ],
    },
  },
  'orders.comment_reads': { staff: reads(), client: reads() },
  'orders.search_words': {
    staff: {
      read: [store('orders:read', words)],
      add: [store('orders:create'), store('orders:edit'), store('fulfillment:ship')],
      remove: [store('orders:edit')],
    },
    client: { read: [store('orders:read', words)] },
  },
  'orders.counts': { staff: { read: [store('orders:read')] }, client: { read: [store('orders:read', lenient)] } },
  'orders.count_deltas': { staff: { read: [store('orders:read')] }, client: { read: [store('orders:read', lenient)] } },
  'orders.export_presets': {
    staff: {
      read: [account('orders:export')],
      add: [account('orders:export')],
      change: [account('orders:export')],
      remove: [account('orders:export')],
    },
  },
  'fulfillment.fulfillment_orders': {
    staff: { read: [store('fulfillment:read')], add: [store('fulfillment:assign'), store('fulfillment:ship')] },
    supplier: { read: [party('queue:read', (row) => row.state !== 'unassigned')] },
  },
  'fulfillment.recipients': {
    staff: { read: [store('orders:recipient')] },
    supplier: { read: [party('queue:read')] },
  },
  'fulfillment.lines': {
    staff: {
      read: [store('fulfillment:read')],
      add: [store('fulfillment:assign'), store('fulfillment:ship')],
      change: [store('fulfillment:assign'), store('fulfillment:ship'), store('fulfillment:answer')],
    },
    supplier: { read: [party('queue:read')], change: [party('queue:answer')] },
  },
  'fulfillment.shipments': {
    staff: { read: [store('fulfillment:read')] },
    supplier: { read: [party('queue:read')] },
  },
  'fulfillment.parcels': { staff: { read: [store('fulfillment:read')] }, supplier: { read: [party('queue:read')] } },
  'fulfillment.parcel_lines': {
    staff: { read: [store('fulfillment:read')] },
    supplier: { read: [party('queue:read')] },
  },
  'fulfillment.shipment_costs': {
    staff: { read: [store('shipping-costs:read')] },
  },
  'fulfillment.averages': { staff: { read: [store('shipping-costs:averages')] } },
  'fulfillment.search_words': { supplier: { read: [party('queue:read')] } },
  'automation.rules': {
    staff: {
      read: [account('rules:read')],
      add: [account('rules:edit')],
      change: [account('rules:edit')],
      remove: [account('rules:edit')],
    },
  },
  'automation.traces': { staff: { read: [store('rules:read')], add: [store('rules:run')] } },
  'privacy.retention': {
    staff: {
      read: [account('privacy:manage')],
      add: [account('privacy:manage')],
      change: [account('privacy:manage')],
      remove: [account('privacy:manage')],
    },
  },
  'privacy.erasures': { staff: { read: [account('privacy:manage')] } },
  'privacy.awaiting': {
    staff: {
      read: [store('privacy:manage')],
      add: [store('privacy:manage', (row, who) => row.member_id === who.member)],
      remove: [store('privacy:manage')],
    },
  },
  'portal.clients': {
    staff: {
      read: [account('clients:read', ofKnownClient('client_id'))],
      change: [account('portal-users:manage', ofKnownClient('client_id'))],
    },
    client: { read: [everybody(ofMyCompany)] },
  },
  'portal.user_requests': {
    staff: {
      read: [account('portal-users:manage', ofKnownClient('client_id'))],
      change: [account('portal-users:manage', ofKnownClient('client_id'))],
    },
    client: {
      read: [account('portal-users:ask', ofMyCompany)],
      add: [
        account(
          'portal-users:ask',
          (row, who) => ofMyCompany(row, who) && row.member_id === who.member && row.asked_by === who.name,
        ),
      ],
    },
  },
  'transfers.transfers': {
    ...ofTransfer,
    staff: {
      read: [goods('transfers:read', fromHisSupplier), leavesHis],
      change: [goods('transfers:edit', (row, who) => ownBeforeLeaving(row, who) && fromHisSupplier(row, who))],
    },
  },
  'transfers.lines': ofTransfer,
  'transfers.receipts': ofTransfer,
  'transfers.receipt_lines': ofTransfer,
  'transfers.timeline': ofTransfer,
  'transfers.comments': ofTransfer,
  'transfers.photos': ofTransfer,
  'transfers.confirmations': ofTransfer,
  'transfers.host_names': { staff: ofTransfer.staff },
  'intake.files': { staff: mine('read', 'add'), client: mineOfClient('read', 'add') },
  'intake.imports': {
    staff: myImports,
    client: { read: [ofKind('products')], add: [ofKind('products')], change: [ofKind('products')] },
  },
  'intake.rejections': { staff: mine('read', 'add', 'remove'), client: mineOfClient('read', 'add', 'remove') },
  'intake.mappings': {
    staff: {
      read: [account('orders:import')],
      add: [account('orders:import')],
      change: [account('orders:import')],
      remove: [account('orders:import')],
    },
  },
}

/** The words that decide about a table, for an audience. */
export const wordsOf = (table: string, audience: Audience): string[] => [
  ...new Set(
    Object.values(rights[table]?.[audience] ?? {})
      .flat()
      .flatMap(({ may }) => may ?? []),
  ),
]

/** Pairs of words that open something only together. */
export const pairsOf = (table: string, audience: Audience): string[] =>
  Object.values(rights[table]?.[audience] ?? {})
    .flat()
    .flatMap(({ may, also = [] }) => also.map((word: Permission) => `${may} and ${word}`))

/** Whether this principal may do this with this row. */
export function may(who: Principal, deed: Deed, table: string, row: Row): boolean {
  if ((row.account_id ?? row.id) !== who.account) return false
  return (rights[table]?.[who.audience]?.[deed] ?? []).some(
    (right) => (right.may === undefined || who.permissions.includes(right.may)) && right.rows(row, who),
  )
}
