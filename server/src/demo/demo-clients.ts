import type { Prepared } from '#kernel/db/prepare.ts'
import { json, sql } from '#kernel/db/sql.ts'
import { type Tx, write } from '#kernel/db/transaction.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import { addOrders } from '#orders'
import { addStore, createClient } from '#portal'
import { createTransfer, receiveTransfer, shipTransfer } from '#transfers'
import type { Installation } from '../installation.ts'
import { actInAccount } from '../operator/act-in-account.ts'
import { asOwner } from '../operator/owner.ts'
import { ordersFor } from './sample-orders.ts'

/** Two invented companies whose goods the demo stores; both have a SKU that the other has too, as happens. */
const clients = [
  {
    name: 'Atelier Petit',
    locale: 'fr',
    user: { name: 'Camille Petit', email: 'camille@demo.example' },
    prefix: 'AP',
    goods: [
      { sku: 'BOUGIE-FIG', name: 'Bougie figue 180 g', price: 24 },
      { sku: 'SAVON-OLV', name: 'Savon olive 100 g', price: 6.5 },
      { sku: 'TSHIRT-M', name: 'T-shirt atelier, M', price: 29 },
    ],
  },
  {
    name: 'Brandt Outdoor',
    locale: 'en',
    user: { name: 'Rhea Brandt', email: 'rhea@demo.example' },
    prefix: 'BO',
    goods: [
      { sku: 'MUG-STEEL', name: 'Steel mug 400 ml', price: 17.5 },
      { sku: 'LAMP-HEAD', name: 'Head lamp', price: 39 },
      { sku: 'TSHIRT-M', name: 'Trail shirt, M', price: 34 },
    ],
  },
] as const

/** The companies, a store of each, and their products. */
export async function addClients(tx: Tx): Promise<void> {
  for (const { name, locale, user, goods } of clients) {
    const known = await tx.first(sql`select id from access.parties where kind = 'client' and name = ${name}`)
    if (known) continue
    const id = await createClient(tx, { name, email: user.email, locale })
    await addStore(tx, id, { name: `${name} shop` })
    await tx.rows(sql`
      insert into catalog.products (account_id, id, owner_party_id, sku, name)
      select (select app.account_id()), gen_random_uuid(), ${id}, p.sku, p.name from jsonb_to_recordset(${json([...goods])}) as p (sku text, name text)`)
  }
}

/** A portal user of each, with its store and the default warehouse. */
export async function addClientPeople(prepared: Prepared, accountId: string): Promise<void> {
  await asOwner(prepared, async (client) => {
    for (const { name, locale, user } of clients) {
      await client.query(
        `insert into identity.users (id, email, email_key, name, locale) values (gen_random_uuid(), $1, $1, $2, $3)
         on conflict (email_key) do nothing`,
        [user.email, user.name, locale],
      )
      await client.query(
        `insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, party_id, all_stores, all_warehouses)
         select $1, gen_random_uuid(), 'person', u.id, u.name, u.email, 'client', r.id, p.id, false, false
           from identity.users u
           join access.roles r on r.account_id = $1 and r.slug = 'client-admin'
           join access.parties p on p.account_id = $1 and p.kind = 'client' and p.name = $3
          where u.email_key = $2 and not exists (select from access.members m where m.account_id = $1 and m.user_id = u.id)`,
        [accountId, user.email, name],
      )
      for (const [table, of] of [
        [
          'member_stores',
          'select s.id from channels.stores s where s.account_id = $1 and s.client_party_id = m.party_id',
        ],
        ['member_warehouses', 'select w.id from stock.warehouses w where w.account_id = $1 and w.is_default'],
      ])
        await client.query(
          `insert into access.${table} select $1, m.id, x.id from access.members m cross join lateral (${of}) x
            where m.account_id = $1 and m.email = $2 on conflict do nothing`,
          [accountId, user.email],
        )
    }
  })
}

/** Each company sends goods: one transfer is received, one is on its way; then its orders come, and some must wait. */
export async function fillWarehouse({ prepared, deps }: Installation, accountId: string): Promise<void> {
  for (const { name, user, goods, prefix } of clients) {
    const received = await asClient(prepared, accountId, user.email, (credential) =>
      write(deps.pools.client, credential, null, async (tx) => {
        if (await tx.first(sql`select id from transfers.transfers limit 1`)) return undefined
        const { id: warehouseId } = (await tx.first(sql<{ id: string }>`select id from transfers.destinations()`))!
        const lines = goods.map(({ sku }, index) => ({ sku, quantity: 12 - index * 4 }))
        const first = await createTransfer(tx, { warehouseId, lines })
        await shipTransfer(tx, first, { carrier: 'DHL', tracking: `${prefix} 100`, cartons: 2 })
        const expectedOn = new Date(deps.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 10)
        const second = await createTransfer(tx, { warehouseId, lines: lines.slice(1), expectedOn })
        await shipTransfer(tx, second, { carrier: 'DPD', tracking: `${prefix} 101`, cartons: 1 })
        return first
      }),
    )
    if (received === undefined) continue
    await actInAccount(prepared, accountId, (credential) =>
      write(deps.pools.staff, credential, null, async (tx) => {
        await receiveTransfer(tx, received, 2, {})
        const store = await tx.first(sql<{ id: string }>`
          select s.id from channels.stores s join access.parties p on p.account_id = s.account_id and p.id = s.client_party_id where p.name = ${name}`)
        await addOrders(tx, { storeId: store!.id, orders: ordersFor(goods, prefix, 9, deps.now()), isSample: true })
      }),
    )
  }
}

/** Acts as a portal user, by a session that ends with the work. */
async function asClient<T>(
  prepared: Prepared,
  accountId: string,
  email: string,
  work: (credential: Parameters<typeof write>[1]) => Promise<T>,
): Promise<T> {
  const tokenHash = hashToken(mintToken('client'))
  await asOwner(prepared, (client) =>
    client.query(
      `insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at)
       select $1, 'job', m.account_id, m.id, now() + interval '1 hour' from access.members m where m.account_id = $2 and m.email = $3`,
      [tokenHash, accountId, email],
    ),
  )
  try {
    return await work({ tokenHash, purpose: 'job', requestId: 'demo' })
  } finally {
    await asOwner(prepared, (client) =>
      client.query('delete from identity.sessions where token_hash = $1', [tokenHash]),
    )
  }
}
