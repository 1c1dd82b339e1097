import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { assignLines, shipFulfillmentOrder } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { createTransfer, receiveTransfer, shipTransfer } from '#transfers'
import { accounts, memberOf, parties, stores, warehouses } from './cast.ts'
import { dot } from './pictures.ts'
import { orderDraft } from './scene.ts'
import { form } from './upload.ts'
import { at, type World } from './world.ts'

/** Whose the thing is that a request names: in the first account, store a and supplier S1 are `own`, store b and S2 are `other`. */
export const slices = ['own', 'other', 'foreign', 'never'] as const
export type Slice = (typeof slices)[number]

/**
 * How the access matrix asks an endpoint. `subject` makes a fresh thing for each call, since calls change things; an
 * endpoint without one is asked once. `body` is a valid one: it must be the right, not the form, that decides.
 */
export interface Case {
  subject?: (world: World, slice: Slice) => Promise<string>
  body?: (subject: string) => object
  query?: string
  headers?: Record<string, string>
}

/** The address of an endpoint about a subject; one that stands within another is given as "outer,inner". */
export function pathFor(path: string, subject: string): string {
  const ids = subject.split(',')
  return path.replace(/:\w+/g, () => ids.shift() || '01900000-0000-7000-8000-000000000000')
}

let count = 0
const fresh = () => `M-${++count}`

const aStore = async (world: World, slice: Slice): Promise<string> => {
  if (slice === 'never') return uuidv7()
  if (slice !== 'foreign') return slice === 'own' ? stores.a : stores.b
  const { rows } = await world.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id])
  return rows[0].id
}
const anOrderFor = (storeId: string) => ({ storeId, number: fresh(), lines: [{ sku: 'S', quantity: 1 }] })

async function anOrder(world: World, slice: Slice): Promise<string> {
  if (slice === 'never') return uuidv7()
  const who = slice === 'foreign' ? 'A2' : 'A1'
  const ids = await world.work(who, async (tx) => {
    const storeId =
      slice === 'foreign'
        ? (await tx.first(sql<{ id: string }>`select id from channels.stores where is_default`))!.id
        : slice === 'own'
          ? stores.a
          : stores.b
    return await addOrders(tx, { storeId, orders: [orderDraft(fresh())] })
  })
  return [...ids.values()][0]!
}

/** Offered to S1 out of store a, to S2 out of store b; in the other account it is with the warehouse. */
async function aFulfillmentOrder(world: World, slice: Slice): Promise<string> {
  if (slice === 'never') return uuidv7()
  const orderId = await anOrder(world, slice)
  return await world.work(slice === 'foreign' ? 'A2' : 'A1', async (tx) => {
    const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
      select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${orderId}`)
    const warehouse = await tx.first(sql<{ warehouseId: string }>`select id as "warehouseId" from stock.warehouses`)
    const supplier = { supplierId: slice === 'own' ? parties.S1.id : parties.S2.id }
    const made = await assignLines(tx, { lines, to: slice === 'foreign' ? warehouse! : supplier })
    return made[0]!.fulfillmentOrderId
  })
}

async function aShipment(world: World, slice: Slice): Promise<string> {
  if (slice === 'never') return uuidv7()
  const fulfillmentOrderId = await aFulfillmentOrder(world, slice)
  const who = slice === 'foreign' ? 'A2' : 'A1'
  await world.work(who, (tx) =>
    shipFulfillmentOrder(tx, fulfillmentOrderId, { carrier: 'DHL', cost: { amount: 590, currency: 'EUR' } }),
  )
  const { rows } = await world.owner.query(
    `select p.shipment_id as id from fulfillment.lines l join fulfillment.parcel_lines x on x.line_id = l.id join fulfillment.parcels p on p.id = x.parcel_id
      where l.fulfillment_order_id = $1`,
    [fulfillmentOrderId],
  )
  return rows[0].id
}

/** A product called MX of a party, there from the first time on. */
async function aProductOf(world: World, accountId: string, ownerId: string): Promise<void> {
  await world.owner.query(
    `insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, 'MX', 'Matrix') on conflict do nothing`,
    [accountId, ownerId],
  )
}

/** The main warehouse is granted to clients, the north one is not. */
async function aWarehouse(world: World, slice: Slice): Promise<string> {
  await aProductOf(world, accounts.one.id, parties.P1.id)
  await aProductOf(world, accounts.one.id, parties.P2.id)
  if (slice === 'never') return uuidv7()
  if (slice !== 'foreign') return slice === 'own' ? warehouses.main : warehouses.north
  const { rows } = await world.owner.query('select id from stock.warehouses where account_id = $1', [accounts.two.id])
  return rows[0].id
}

/** The house's own, from a supplier. */
async function aTransferOfHouse(world: World, slice: 'own' | 'foreign', draft: boolean): Promise<string> {
  const who = slice === 'own' ? 'A1' : 'A2'
  const account = slice === 'own' ? accounts.one.id : accounts.two.id
  const warehouseId = await aWarehouse(world, slice)
  const { rows } = await world.owner.query<{ id: string }>(
    "select id from access.parties where account_id = $1 and kind = 'self'",
    [account],
  )
  await aProductOf(world, account, rows[0]!.id)
  const supplier = await world.as(who, 'POST /suppliers', { name: fresh() })
  const lines = [{ sku: 'MX', quantity: 2 }]
  return await world.work(who, (tx) => createTransfer(tx, { warehouseId, supplierId: supplier.body.id, lines, draft }))
}

/** Announced by P1, or by P2; in the other account the house's own. Shipped it has version 2, counted by the client 3. */
const aTransfer =
  (state: 'to_ship' | 'shipped' | 'counted' | 'differing') =>
  async (world: World, slice: Slice): Promise<string> => {
    if (slice === 'never') return uuidv7()
    if (slice === 'foreign') {
      const id = await aTransferOfHouse(world, slice, false)
      if (state !== 'to_ship') await world.work('A2', (tx) => shipTransfer(tx, id, {}))
      return id
    }
    const who = slice === 'own' ? 'P1' : 'P2'
    const agree = (held: boolean) =>
      world.owner.query(
        `insert into portal.clients (account_id, client_id, receipts_unverified) values ($1, $2, $3)
         on conflict (account_id, client_id) do update set receipts_unverified = excluded.receipts_unverified`,
        [accounts.one.id, parties[who].id, held],
      )
    const warehouseId = await aWarehouse(world, 'own')
    await agree(state === 'counted')
    const id = await world.work(who, async (tx) => {
      const id = await createTransfer(tx, { warehouseId, lines: [{ sku: 'MX', quantity: 2 }] })
      if (state !== 'to_ship') await shipTransfer(tx, id, {})
      if (state === 'counted') await receiveTransfer(tx, id, 2, {})
      if (state === 'differing') {
        const line = await tx.first(sql<{ id: string }>`select id from transfers.lines where transfer_id = ${id}`)
        await receiveTransfer(tx, id, 2, { lines: [{ lineId: line!.id, good: 1, damaged: 1 }] })
      }
      return id
    })
    await agree(false)
    return id
  }

const aPhoto = form({}, { name: 'photo.png', content: Buffer.from('89504e470d0a1a0a0000000d', 'hex') })

/** The house's own is "own" here, and a client's "other": that one nobody of the house edits or clones. */
const ofHouseOrClient =
  (draft: boolean) =>
  async (world: World, slice: Slice): Promise<string> =>
    slice === 'own' || slice === 'foreign'
      ? await aTransferOfHouse(world, slice, draft)
      : await aTransfer('to_ship')(world, slice)

/** Something of the account that only its own people may see: there is no other slice of it. */
const ofAccount =
  (make: (world: World, accountId: string, by: string) => Promise<string>) =>
  async (world: World, slice: Slice): Promise<string> =>
    slice === 'never'
      ? uuidv7()
      : make(
          world,
          slice === 'foreign' ? accounts.two.id : accounts.one.id,
          memberOf(slice === 'foreign' ? 'A2' : 'A1'),
        )

const aMember = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into access.members (account_id, id, kind, name, audience, role_id)
     select $1, $2, 'key', 'Key', 'staff', id from access.roles where account_id = $1 and slug = 'viewer'`,
    [accountId, id],
  )
  return id
})

const aKey = ofAccount(async (world, accountId, by) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into access.members (account_id, id, kind, name, audience, role_id, maker_id)
     select $1, $2, 'key', 'Key', 'staff', id, $3 from access.roles where account_id = $1 and slug = 'viewer'`,
    [accountId, id, by],
  )
  await world.owner.query(
    "insert into identity.sessions (token_hash, purpose, account_id, member_id) values (sha256($2::uuid::text::bytea), 'key', $1, $2)",
    [accountId, id],
  )
  return id
})

const aProvider = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    "insert into access.identity_providers (account_id, id, name, issuer, client_id, secret) values ($1, $2, $3, 'https://login.example.com', 'c', '')",
    [accountId, id, fresh()],
  )
  return id
})

const aPerson = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  const email = `${fresh().toLowerCase()}@example.com`
  await world.owner.query("insert into identity.users (id, email, email_key, name) values ($1, $2, $2, 'N')", [
    id,
    email,
  ])
  await world.owner.query(
    `insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id)
     select $1, $2, 'person', $2, 'N', $3, 'staff', id from access.roles where account_id = $1 and slug = 'customer-service'`,
    [accountId, id, email],
  )
  return id
})

const aRole = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into access.roles (account_id, id, slug, name, audience, built_in, based_on, permissions)
     values ($1, $2, $3, $3, 'staff', false, 'viewer', '{orders:read}')`,
    [accountId, id, fresh()],
  )
  return id
})

/** A1's, or A2's: nobody reaches another's. */
const aPasskey = ofAccount(async (world, _accountId, by) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into identity.passkeys (id, user_id, credential_id, public_key, counter, name)
     select $1::uuid, user_id, $1::uuid::text, '', 0, 'P' from access.members where id = $2`,
    [id, by],
  )
  return id
})

const anInvitation = ofAccount(async (world, accountId, by) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into access.invitations (account_id, id, email, role_id, invited_by, expires_at)
     select $1, $2, $3, id, $4, now() + interval '1 day' from access.roles where account_id = $1 and slug = 'viewer'`,
    [accountId, id, `${fresh()}@example.com`, by],
  )
  return id
})

const aRequest = ofAccount(async (world, accountId, by) => {
  const id = uuidv7()
  await world.owner.query("insert into access.requests (account_id, id, member_id, note) values ($1, $2, $3, 'n')", [
    accountId,
    id,
    by,
  ])
  return id
})

const aMail = ofAccount(async (world, accountId, by) => {
  const invitation = await anInvitation(world, accountId === accounts.one.id ? 'own' : 'foreign')
  const id = uuidv7()
  await world.owner.query(
    "insert into notices.outbox (account_id, id, kind, template, subject_id, recipient, created_by) values ($1, $2, 'mail', 'invitation', $3, 'x@example.com', $4)",
    [accountId, id, invitation, by],
  )
  return id
})

const aJob = (state: string) =>
  ofAccount(async (world, accountId, by) => {
    const id = uuidv7()
    await world.owner.query(
      "insert into jobs.jobs (account_id, id, member_id, kind, state) values ($1, $2, $3, 'test', $4)",
      [accountId, id, by, state],
    )
    return id
  })

const aProduct = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    "insert into catalog.products (account_id, id, owner_party_id, sku, name) select $1, $2, id, $3, 'P' from access.parties where account_id = $1 and kind = 'self'",
    [accountId, id, fresh()],
  )
  return id
})

/** A product of P1, of P2, or of the other account. */
async function aStocked(world: World, slice: Slice): Promise<string> {
  if (slice === 'never') return uuidv7()
  if (slice === 'foreign') return await aProduct(world, slice)
  const id = uuidv7()
  await world.owner.query(
    "insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, $2, $3, $4, 'P')",
    [accounts.one.id, id, slice === 'own' ? parties.P1.id : parties.P2.id, fresh()],
  )
  return id
}
const inMain = (productId: string) => ({ productId, warehouseId: warehouses.main })

async function aCount(world: World, slice: Slice): Promise<string> {
  const id = uuidv7()
  if (slice === 'never') return id
  const productId = await aStocked(world, slice)
  await world.owner.query(
    `insert into stock.counts (account_id, id, warehouse_id, product_id, owner_party_id, expected, counted, state, counted_by, counted_by_member_id)
     select p.account_id, $2, w.id, p.id, p.owner_party_id, 0, 20, 'waiting', 'W', $3
       from catalog.products p join stock.warehouses w on w.account_id = p.account_id and w.is_default where p.id = $1`,
    [productId, id, memberOf(slice === 'foreign' ? 'A2' : 'W1')],
  )
  return id
}

const aSpareWarehouse = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query('insert into stock.warehouses (account_id, id, name) values ($1, $2, $3)', [
    accountId,
    id,
    fresh(),
  ])
  return id
})

const aSupplier = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query("insert into access.parties (account_id, id, kind, name) values ($1, $2, 'supplier', $3)", [
    accountId,
    id,
    fresh(),
  ])
  return id
})

const aClient = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query("insert into access.parties (account_id, id, kind, name) values ($1, $2, 'client', $3)", [
    accountId,
    id,
    fresh(),
  ])
  return id
})
/** A client of the cast. */
const aClientOfCast = async (world: World, slice: Slice) =>
  slice === 'own' ? parties.P1.id : slice === 'other' ? parties.P2.id : await aClient(world, slice)
const sideOf = (accountId: string) => (accountId === accounts.one.id ? 'own' : 'foreign')

/** A client with a store of its own. */
const aClientStore = ofAccount(async (world, accountId) => {
  const client = await aClient(world, sideOf(accountId))
  const id = uuidv7()
  await world.owner.query(
    "insert into channels.stores (account_id, id, name, client_party_id, currency) values ($1, $2, $3, $4, 'EUR')",
    [accountId, id, fresh(), client],
  )
  return `${client},${id}`
})
/** What a portal user of P1 is given, in the requests of the matrix. */
const portalGrant = { role: 'client-viewer', stores: [stores.a], warehouses: [warehouses.main] }
const ofP1 = (accountId: string) => (accountId === accounts.one.id ? parties.P1.id : null)

/** A portal user of P1, or of a client of the other account. */
const aPortalUser = ofAccount(async (world, accountId) => {
  const client = ofP1(accountId) ?? (await aClient(world, 'foreign'))
  const id = uuidv7()
  const email = `${fresh().toLowerCase()}@example.com`
  await world.owner.query("insert into identity.users (id, email, email_key, name) values ($1, $2, $2, 'P')", [
    id,
    email,
  ])
  await world.owner.query(
    `insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, party_id, all_stores, all_warehouses)
     select $1, $2, 'person', $2, 'P', $3, 'client', id, $4, false, false from access.roles where account_id = $1 and slug = 'client-viewer'`,
    [accountId, id, email, client],
  )
  return `${client},${id}`
})

const aPortalInvitation = ofAccount(async (world, accountId, by) => {
  const client = ofP1(accountId) ?? (await aClient(world, 'foreign'))
  const id = uuidv7()
  await world.owner.query(
    `insert into access.invitations (account_id, id, email, role_id, party_id, invited_by, expires_at)
     select $1, $2, $3, id, $5, $4, now() + interval '1 day' from access.roles where account_id = $1 and slug = 'client-viewer'`,
    [accountId, id, `${fresh()}@example.com`, by, client],
  )
  return `${client},${id}`
})

const aUserRequest = ofAccount(async (world, accountId, by) => {
  const client = ofP1(accountId) ?? (await aClient(world, 'foreign'))
  const id = uuidv7()
  await world.owner.query(
    `insert into portal.user_requests (account_id, id, client_id, member_id, asked_by, email, role, stores, warehouses)
     values ($1, $2, $3, $4, 'P', $5, 'client-viewer', $6, $7)`,
    [accountId, id, client, by, `${fresh()}@example.com`, [stores.a], [warehouses.main]],
  )
  return `${client},${id}`
})

/** A product tagged `supplier:` and its own id. */
const aProposed = ofAccount(async (world, accountId) => {
  const id = await aProduct(world, accountId === accounts.one.id ? 'own' : 'foreign')
  await world.owner.query(
    'insert into catalog.product_tags (account_id, product_id, owner_party_id, tag) select account_id, id, owner_party_id, $3 from catalog.products where account_id = $1 and id = $2',
    [accountId, id, `supplier:${id}`],
  )
  return id
})

const aRule = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into automation.rules (account_id, id, position, name, condition, actions, updated_by)
     values ($1, $2, 1, 'R', '{"match": "all", "of": []}', '[{"do": "tag", "tag": "t"}]', 'A')`,
    [accountId, id],
  )
  return id
})
const everyOrder = { match: 'all', of: [] }

async function aHeldOrder(world: World, slice: Slice): Promise<string> {
  const id = await anOrder(world, slice)
  await world.owner.query(
    `insert into orders.holds (account_id, id, order_id, store_id, side, reason, placed_by)
     select account_id, gen_random_uuid(), id, store_id, 'host', 'r', 'A1' from orders.orders where id = $1`,
    [id],
  )
  return id
}

const asked = (make: (world: World, slice: Slice) => Promise<string>) => async (world: World, slice: Slice) => {
  const orderId = await make(world, slice)
  const id = uuidv7()
  const { rows } = await world.owner.query(
    `insert into orders.change_requests (account_id, id, order_id, store_id, kind, proposal, reason, member_id, asked_by)
     select account_id, $2, id, store_id, 'hold', false, 'r', $3, 'A' from orders.orders where id = $1 returning id`,
    [orderId, id, memberOf(slice === 'foreign' ? 'A2' : 'A1')],
  )
  return rows[0]?.id ?? id
}

async function anIssue(world: World, slice: Slice): Promise<string> {
  const { rows } = await world.owner.query<{ id: string }>('select id from orders.issues where order_id = $1', [
    await anOrder(world, slice),
  ])
  return rows[0]?.id ?? uuidv7()
}

const anExportPreset = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    "insert into orders.export_presets (account_id, id, name, columns) values ($1, $2, $3, '[]')",
    [accountId, id, fresh()],
  )
  return id
})

const ordersFile = 'Order number,SKU,Quantity,Country\n1,TEA-01,1,FR\n'

const anImport = (state: string) =>
  ofAccount(async (world, accountId, by) => {
    const id = uuidv7()
    await writeFile(join(world.deps.filesDir, id), ordersFile)
    await world.owner.query(
      "insert into intake.files (account_id, id, member_id, name, bytes, sha256) values ($1, $2, $3, 'orders.csv', 1, $2::uuid::text)",
      [accountId, id, by],
    )
    await world.owner.query(
      `insert into intake.imports (account_id, id, member_id, kind, file_id, store_id, currency, format, sure, mapping, state)
       select $1, $2, $3, 'orders', $2, id, 'EUR', $4, '{"dateOrder": true, "decimalComma": true}',
              '{"order_number": 0, "sku": 1, "quantity": 2, "country": 3}', $5 from channels.stores where account_id = $1 and is_default`,
      [accountId, id, by, plainCsv, state],
    )
    return id
  })
const plainCsv = { encoding: 'utf-8', delimiter: ',', headerRow: 0, quote: '"', decimalComma: false, dateOrder: 'ymd' }

const aMapping = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    "insert into intake.mappings (account_id, id, kind, name, columns, format) values ($1, $2, 'orders', $3, '[]', '{}')",
    [accountId, id, fresh()],
  )
  return id
})

const aRetention = ofAccount(async (world, accountId) => {
  const id = uuidv7()
  await world.owner.query(
    `insert into privacy.retention (account_id, id, what, store_id, days, updated_by)
     select $1, $2, 'notes', id, 30, 'A' from channels.stores where account_id = $1 and is_default
     on conflict on constraint retention_once do update set id = excluded.id`,
    [accountId, id],
  )
  return id
})

/** One black dot. */
const aPicture = form({ kind: 'favicon' }, { name: 'dot.png', content: dot })
const anUpload = form({ kind: 'orders' }, { name: 'orders.csv', content: ordersFile })

const nobody = { email: 'nobody@example.com', password: 'not a password' }
const spent = 'x'.repeat(43)
const firstVersion = at(1)
const noPasskey = { id: 'none', clientDataJSON: 'none', authenticatorData: 'none', signature: 'none' }
const noNewPasskey = { id: 'none', clientDataJSON: 'none', attestationObject: 'none', transports: [] }

/** One line for every endpoint, by its name in the contract. A route without a line, or a line without a route, fails the build. */
export const cases: Record<string, Case> = {
  describeApi: {},
  signIn: { body: () => ({ ...nobody, email: `${fresh()}@example.com` }) },
  signOut: {},
  getMe: {},
  keepPreferences: { body: () => ({ locale: 'en' }) },
  createAccount: {
    body: () => ({ ...nobody, token: spent, accountName: 'N', name: 'N', currency: 'EUR', timezone: 'UTC' }),
  },
  lookAtInvitation: { body: () => ({ token: spent }) },
  acceptInvitation: { body: () => ({ token: spent, name: 'N', password: nobody.password }) },
  lookAtPending: {},
  signInByCode: { body: () => ({ code: '000000' }) },
  askPasskey: {},
  signInByPasskey: { body: () => noPasskey },
  enrollTotp: {},
  confirmEnrolledTotp: { body: () => ({ code: '000000' }) },
  enrollPasskey: {},
  confirmEnrolledPasskey: { body: () => ({ name: 'N', passkey: noNewPasskey }) },
  forgetPassword: { body: () => ({ email: `${fresh()}@example.com` }) },
  resetPassword: { body: () => ({ token: spent, password: nobody.password }) },
  confirmEmail: { body: () => ({ token: spent }) },
  cancelEmail: { body: () => ({ token: spent }) },
  waysToProve: {},
  askProof: {},
  prove: { body: () => ({ password: nobody.password }) },
  getSecurity: {},
  listSessions: {},
  endSession: { subject: async () => uuidv7() },
  endOtherSessions: {},
  changePassword: { body: () => ({ oldPassword: nobody.password, password: nobody.password }) },
  changeEmail: { body: () => ({ email: `${fresh()}@example.com` }) },
  setUpTotp: {},
  confirmTotp: { body: () => ({ code: '000000' }) },
  removeTotp: {},
  renewRecoveryCodes: {},
  askNewPasskey: {},
  addPasskey: { body: () => ({ name: 'N', passkey: noNewPasskey }) },
  renamePasskey: { subject: aPasskey, body: () => ({ name: 'M' }), headers: firstVersion },
  removePasskey: { subject: aPasskey },
  endFactors: { subject: aPerson },
  listMembers: {},
  changeMember: { subject: aPerson, body: () => ({ role: 'viewer' }), headers: firstVersion },
  deactivateMember: { subject: aMember },
  reactivateMember: { subject: aMember },
  getSight: { subject: aPerson },
  getMyAccess: {},
  endSessions: { subject: aPerson },
  startView: { body: () => ({ role: 'viewer' }) },
  endView: {},
  requestAccess: { body: () => ({ note: fresh() }) },
  listMyAccessRequests: {},
  listAccessRequests: {},
  answerAccessRequest: { subject: aRequest, body: () => ({ state: 'refused', answer: 'No.' }) },
  listRoles: {},
  createRole: { body: () => ({ basedOn: 'viewer', name: fresh() }) },
  changeRole: { subject: aRole, body: () => ({ description: 'd' }), headers: firstVersion },
  previewRole: { subject: aRole, body: () => ({ permissions: ['orders:read'] }) },
  archiveRole: { subject: aRole },
  getOwnership: {},
  offerOwnership: { subject: aPerson, body: (memberId) => ({ memberId }) },
  acceptOwnership: {},
  withdrawOwnership: {},
  listInvitations: {},
  inviteMember: { body: () => ({ email: `${fresh()}@example.com`, role: 'viewer' }) },
  resendInvitation: { subject: anInvitation },
  revokeInvitation: { subject: anInvitation },
  listKeys: {},
  createKey: { body: () => ({ name: fresh(), role: 'viewer' }) },
  changeKey: { subject: aKey, body: () => ({ name: fresh() }), headers: firstVersion },
  rotateKey: { subject: aKey, body: () => ({ overlapHours: 1 }) },
  revokeKey: { subject: aKey },
  listScopeChoices: {},
  previewGrant: { body: () => ({ role: 'viewer' }) },
  readPastedPeople: { body: () => ({ list: 'Ann <ann@example.com>' }) },
  inviteBatch: { body: () => ({ list: `${fresh()}@example.com`, batch: 'Peak', scope: { until: '2999-12-31' } }) },
  deactivateBatch: {},
  listAuditEntries: {},
  getAuditSeal: {},
  exportAuditEntries: { body: () => ({ action: 'nothing.done' }) },
  listHistory: { subject: anOrder, query: '?kind=order&id=:id' },
  listProvidersOffered: { query: `?accountId=${accounts.one.id}` },
  beginProvider: { body: () => ({ accountId: uuidv7(), providerId: uuidv7() }) },
  finishProvider: { body: () => ({ query: 'code=c&state=s' }) },
  listPlaces: {},
  switchPlace: { body: () => ({ memberId: uuidv7() }) },
  listProviders: {},
  createProvider: { body: () => ({ name: fresh(), issuer: 'https://127.0.0.1', clientId: 'c', secret: 's' }) },
  changeProvider: { subject: aProvider, body: () => ({ name: fresh() }), headers: firstVersion },
  testProvider: { body: () => ({ issuer: 'https://127.0.0.1' }) },
  listOutbox: {},
  revealLink: { subject: aMail },
  retryMail: { subject: aMail },
  listJobs: {},
  getJob: { subject: aJob('queued') },
  cancelJob: { subject: aJob('queued') },
  retryJob: { subject: aJob('set_aside') },
  listOrders: {},
  countOrders: {},
  countByStatus: {},
  listProductTagsOnOrders: {},
  createOrder: { subject: aStore, body: anOrderFor },
  createOrders: { subject: aStore, body: (storeId) => ({ orders: [anOrderFor(storeId)] }) },
  getOrder: { subject: anOrder },
  editOrder: { subject: anOrder, body: () => ({ recipient: { city: 'Lyon' } }), headers: firstVersion },
  holdOrder: { subject: anOrder, body: () => ({ reason: 'r' }) },
  releaseOrder: { subject: aHeldOrder },
  cancelOrder: { subject: anOrder, body: () => ({ reason: 'r' }) },
  tagOrder: { subject: anOrder, body: () => ({ tag: 't' }) },
  untagOrder: { subject: anOrder, query: '?tag=t' },
  commentOrder: { subject: anOrder, body: () => ({ text: 't', visibility: 'client' }) },
  readComments: { subject: anOrder, body: () => ({ until: '2026-01-02T00:00:00Z' }) },
  listPortalOrders: {},
  getPortalOrder: { subject: anOrder },
  raiseIssue: { subject: anOrder, body: () => ({ kind: 'address', reason: 'r' }) },
  resolveIssue: { subject: anIssue },
  listRequests: {},
  countRequests: {},
  askForChange: { subject: anOrder, body: () => ({ reason: 'r', edit: { recipient: { country: 'BE' } } }) },
  approveRequest: { subject: asked(anOrder), body: () => ({}) },
  refuseRequest: { subject: asked(anOrder), body: () => ({ answer: 'no' }) },
  withdrawRequest: { subject: asked(anOrder) },
  listExportChoices: {},
  keepExportPreset: { body: () => ({ name: fresh(), columns: [{ key: 'order_number' }] }) },
  forgetExportPreset: { subject: anExportPreset },
  exportOrders: { body: () => ({}) },
  listFulfillmentOrders: { subject: anOrder },
  listFulfillers: {},
  assignOrder: { subject: anOrder, body: () => ({ supplierId: parties.S1.id }) },
  assignOrders: { subject: anOrder, body: (subject) => ({ orderIds: [subject], supplierId: parties.S1.id }) },
  handOrders: { subject: anOrder, body: (id) => ({ orderIds: [id], memberId: null }) },
  shipOrder: { subject: anOrder, body: () => ({ carrier: 'c' }) },
  shipFulfillmentOrders: { body: () => ({ carrier: 'c', rows: [{ number: 'n', trackingNumber: 't' }] }) },
  setShipmentCost: {
    subject: aShipment,
    body: () => ({ cost: { amount: 590, currency: 'EUR' } }),
    headers: firstVersion,
  },
  listAverages: {},
  unassignFulfillmentOrder: { subject: aFulfillmentOrder },
  acceptFulfillmentOrder: { subject: aFulfillmentOrder, body: () => ({}) },
  rejectFulfillmentOrder: { subject: aFulfillmentOrder, body: () => ({ reason: 'r' }) },
  shipFulfillmentOrder: { subject: aFulfillmentOrder, body: () => ({ carrier: 'c' }) },
  listAssignees: {},
  handFulfillmentOrders: { subject: aFulfillmentOrder, body: (id) => ({ ids: [id], memberId: null }) },
  printSlip: { subject: aFulfillmentOrder },
  listQueue: {},
  countQueue: {},
  exportQueue: {},
  listQueueAssignees: {},
  handQueueItems: { subject: aFulfillmentOrder, body: (id) => ({ ids: [id], memberId: null }) },
  getQueueItem: { subject: aFulfillmentOrder },
  acceptQueueItem: { subject: aFulfillmentOrder, body: () => ({}) },
  rejectQueueItem: { subject: aFulfillmentOrder, body: () => ({ reason: 'r' }) },
  shipQueueItem: { subject: aFulfillmentOrder, body: () => ({ carrier: 'c' }) },
  shipQueue: { body: () => ({ carrier: 'c', rows: [{ number: 'n', trackingNumber: 't' }] }) },
  printQueueSlip: { subject: aFulfillmentOrder },
  printQueueSlips: { query: `?ids=${uuidv7()}` },
  listProducts: {},
  getProduct: { subject: aProduct },
  listProductTags: {},
  createProduct: { body: () => ({ sku: fresh(), name: 'P' }) },
  changeProduct: { subject: aProduct, body: () => ({ name: 'Q' }), headers: firstVersion },
  lookUpCode: { query: '?code=MX' },
  listStock: {},
  exportStock: {},
  getProductStock: { subject: aStocked },
  listMovements: {},
  adjustStock: { subject: aStocked, body: (productId) => ({ ...inMain(productId), by: 1, reason: 'r' }) },
  listCounts: {},
  countStock: { subject: aStocked, body: (productId) => ({ ...inMain(productId), expected: 0, counted: 0 }) },
  answerCount: { subject: aCount, body: () => ({ approve: true }), headers: firstVersion },
  getStockSettings: {},
  changeStockSettings: { body: () => ({ countThreshold: 20 }), headers: firstVersion },
  setLowLevel: {
    subject: aStocked,
    body: (productId) => ({ ...inMain(productId), level: 5 }),
    headers: firstVersion,
  },
  getOrderStock: { subject: anOrder },
  listWarehouses: {},
  createWarehouse: { body: () => ({ name: fresh() }) },
  changeWarehouse: { subject: aSpareWarehouse, body: () => ({ city: 'Lyon' }), headers: firstVersion },
  listStoreWarehouses: {},
  orderStoreWarehouses: { subject: aStore, body: () => ({ warehouseIds: [] }), headers: firstVersion },
  listStores: {},
  createStore: { body: () => ({ name: fresh(), currency: 'EUR' }) },
  changeStore: { subject: aStore, body: () => ({ currency: 'EUR' }), headers: firstVersion },
  listSuppliers: {},
  getSupplier: { subject: aSupplier },
  createSupplier: { body: () => ({ name: fresh() }) },
  changeSupplier: { subject: aSupplier, body: () => ({ email: 'x@example.com' }), headers: firstVersion },
  listRules: {},
  createRule: { body: () => ({ name: 'R', condition: everyOrder, actions: [{ do: 'tag', tag: 't' }] }) },
  changeRule: { subject: aRule, body: () => ({ enabled: false }), headers: firstVersion },
  moveRule: { subject: aRule, body: () => ({ position: 1 }) },
  deleteRule: { subject: aRule },
  testRule: { body: () => ({ condition: everyOrder }) },
  explainRule: { subject: anOrder, body: (subject) => ({ condition: everyOrder, orderId: subject }) },
  previewRules: {},
  runRules: {},
  listTraces: { subject: anOrder },
  listProposal: {},
  acceptProposal: {
    subject: aProposed,
    body: (subject) => ({ chosen: [{ tag: `supplier:${subject}`, name: subject }] }),
  },
  tagProducts: { subject: aProduct, body: (subject) => ({ productIds: [subject], add: ['t'] }) },
  createImport: { body: () => anUpload.body, headers: anUpload.headers },
  listImports: {},
  getTemplate: { query: '?kind=orders' },
  getImport: { subject: anImport('uploaded') },
  changeImport: { subject: anImport('uploaded'), body: () => ({ currency: 'USD' }), headers: firstVersion },
  checkImport: { subject: anImport('uploaded') },
  runImport: { subject: anImport('checked') },
  cancelImport: { subject: anImport('running') },
  resumeImport: { subject: anImport('cancelled') },
  listRejections: { subject: anImport('checked') },
  getRejectedRows: { subject: anImport('checked') },
  listMappings: {},
  keepMapping: { subject: anImport('uploaded'), body: (importId) => ({ importId, name: fresh() }) },
  removeMapping: { subject: aMapping },
  listRetention: {},
  lookAtPortal: {},
  askPortalDomain: { query: '?domain=nobody.example' },
  getPortalAddress: {},
  changePortalAddress: { body: () => ({ slug: 'aster-goods' }), headers: firstVersion },
  checkPortalDomain: {},
  getPortalBrand: {},
  changePortalBrand: { body: () => ({ welcome: fresh() }), headers: firstVersion },
  keepPortalImage: { body: () => aPicture.body, headers: aPicture.headers },
  removePortalImage: {},
  keepRetention: { body: () => ({ what: 'contact', days: 30 }) },
  removeRetention: { subject: aRetention },
  findBuyer: { body: () => ({ email: 'nobody@example.com' }) },
  exportBuyer: { subject: anOrder, body: (subject) => ({ orderIds: [subject] }) },
  eraseBuyer: { subject: anOrder, body: (subject) => ({ orderIds: [subject], open: 'ship_first' }) },
  listErasures: {},
  listTransfers: {},
  exportTransfers: {},
  listTransferChoices: {},
  getTransfer: { subject: aTransfer('to_ship') },
  // The house has to say where its own come from: 400.
  createTransfer: {
    subject: aWarehouse,
    body: (warehouseId) => ({ warehouseId, lines: [{ sku: 'MX', quantity: 1 }] }),
  },
  takeInTransfer: {
    subject: aWarehouse,
    body: (warehouseId) => ({ warehouseId, ownerId: parties.P1.id, lines: [{ sku: 'MX', good: 1 }] }),
  },
  editTransfer: { subject: ofHouseOrClient(false), body: () => ({ note: 'n' }), headers: firstVersion },
  cloneTransfer: { subject: ofHouseOrClient(false) },
  announceTransfer: { subject: ofHouseOrClient(true) },
  shipTransfer: { subject: aTransfer('to_ship'), body: () => ({}) },
  arriveTransfer: { subject: aTransfer('to_ship') },
  deliverTransfer: { subject: aTransfer('shipped') },
  receiveTransfer: { subject: aTransfer('shipped'), body: () => ({}), headers: at(2) },
  verifyTransfer: { subject: aTransfer('counted'), body: () => ({}), headers: at(3) },
  closeTransfer: {
    subject: aTransfer('shipped'),
    body: () => ({ reason: 'r', rest: 'written_off' }),
    headers: at(2),
  },
  cancelTransfer: { subject: aTransfer('to_ship'), body: () => ({}), headers: firstVersion },
  commentTransfer: { subject: aTransfer('to_ship'), body: () => ({ text: 't' }) },
  listAssists: {},
  grantAssist: { body: () => ({ hours: 1 }) },
  endAssist: {},
  getClientAssist: { subject: aClient },
  startAssist: { subject: aClient },
  getPortalDashboard: {},
  getStatement: { subject: aClientOfCast, query: '?month=2026-01&clientId=:id' },
  exportStatement: { subject: aClientOfCast, query: '?month=2026-01&clientId=:id' },
  listClients: {},
  getClient: { subject: aClient },
  createClient: { body: () => ({ name: fresh() }) },
  changeClient: { subject: aClient, body: () => ({ email: 'x@example.com' }), headers: firstVersion },
  addClientStore: { subject: aClient, body: () => ({ name: fresh() }) },
  removeClientStore: { subject: aClientStore },
  listPortalChoices: { subject: aClient },
  listPortalUsers: { subject: aClient },
  invitePortalUser: {
    subject: aPortalUser,
    body: () => ({ email: `${fresh().toLowerCase()}@example.com`, ...portalGrant }),
  },
  previewPortalUser: { subject: aPortalUser, body: () => portalGrant },
  changePortalUser: { subject: aPortalUser, body: () => portalGrant, headers: firstVersion },
  deactivatePortalUser: { subject: aPortalUser },
  reactivatePortalUser: { subject: aPortalUser },
  endPortalSessions: { subject: aPortalUser },
  sendPortalReset: { subject: aPortalUser },
  resendPortalInvitation: { subject: aPortalInvitation },
  revokePortalInvitation: { subject: aPortalInvitation },
  listUserRequests: { subject: aClient },
  approveUserRequest: { subject: aUserRequest },
  refuseUserRequest: { subject: aUserRequest, body: () => ({ answer: 'no' }) },
  listMyUserRequests: {},
  askForUser: { body: () => ({ email: `${fresh().toLowerCase()}@example.com`, ...portalGrant }) },
  confirmTransfer: { subject: aTransfer('differing') },
  addTransferPhoto: { subject: aTransfer('shipped'), body: () => aPhoto.body, headers: aPhoto.headers },
  getTransferPhoto: { subject: aTransfer('to_ship') },
  printTransfer: { subject: aTransfer('to_ship') },
}
