import { randomBytes } from 'node:crypto'
import { addAccount, asIdentity, hashPassword } from '#access'
import { acceptProposal, listProposal } from '#automation'
import { keepAverages, takeInShipped } from '#fulfillment'
import type { Prepared } from '#kernel/db/prepare.ts'
import { json, sql } from '#kernel/db/sql.ts'
import { type Tx, write } from '#kernel/db/transaction.ts'
import { addOrders } from '#orders'
import type { Installation } from '../installation.ts'
import { actInAccount } from '../operator/act-in-account.ts'
import { asOwner } from '../operator/owner.ts'
import { addClientPeople, addClients, fillWarehouse } from './demo-clients.ts'
import { earlierOrders, sampleOrders } from './sample-orders.ts'
import { sampleProducts, sampleSuppliers } from './sample-products.ts'
import { shipHistory } from './ship-history.ts'

/** The people of the demo; the supplier's belongs to the first of the sample suppliers. */
const people = [
  { role: 'administrator', name: 'Alma Reyes', email: 'alma@demo.example', supplier: null },
  { role: 'customer-service', name: 'Colin Ward', email: 'colin@demo.example', supplier: null },
  { role: 'supplier-manager', name: 'Sofia Lind', email: 'sofia@demo.example', supplier: sampleSuppliers[0] },
] as const

export interface DemoLogin {
  role: string
  email: string
  password: string
}

const newPassword = () => randomBytes(9).toString('base64url')

/**
 * Makes the demo account with orders dated from today backwards. Once in the life of an installation, unless asked again;
 * undefined where there is nothing to make. Killed half-way, the next start completes it.
 */
export async function ensureDemo(installation: Installation, { again = false } = {}): Promise<DemoLogin[] | undefined> {
  const { prepared, deps } = installation
  const { made, known } = await asOwner(prepared, async (client) => ({
    made: (await client.query('select demo_made_at is not null as made from app.installation')).rows[0].made as boolean,
    known: (await client.query<{ id: string }>('select id from access.accounts where is_demo')).rows[0]?.id,
  }))
  if (made && (known || !again)) return undefined
  const accountId = known ?? (await makeAccount(installation))
  await actInAccount(prepared, accountId, (credential) =>
    write(deps.pools.staff, credential, null, async (tx) => {
      await addCatalogue(tx)
      const { items } = await listProposal(tx)
      await acceptProposal(tx, items)
      const store = await tx.first(sql<{ id: string }>`select id from channels.stores where is_default`)
      const added = await addOrders(tx, { storeId: store!.id, orders: sampleOrders(deps.now()), isSample: true })
      await shipHistory(tx, [...added.values()], deps.now())
      await addEarlier(tx, store!.id, deps.now())
      await addClients(tx)
    }),
  )
  await keepAverages(deps)
  await addPeople(prepared, accountId)
  await addClientPeople(prepared, accountId)
  await fillWarehouse(installation, accountId)
  const logins = await newDemoPasswords(prepared)
  await asOwner(prepared, (client) => client.query('update app.installation set demo_made_at = now()'))
  return logins
}

/** Months that are over, so that there are averages of them: they come in as an import brings in what has left. */
async function addEarlier(tx: Tx, storeId: string, now: Date): Promise<void> {
  const earlier = earlierOrders(now)
  const added = await addOrders(tx, { storeId, orders: earlier.map(({ order }) => order), isSample: true })
  const departed = earlier.flatMap(({ order, departure }) => {
    const orderId = added.get(order.externalId)
    return orderId ? [{ orderId, ...departure }] : []
  })
  await takeInShipped(tx, departed)
}

/** Who can sign in to the demo. */
export async function demoLogins(prepared: Prepared): Promise<{ role: string; email: string; userId: string }[]> {
  return await asOwner(prepared, async (client) => {
    const { rows } = await client.query(
      `select r.slug as role, u.email, u.id as "userId" from access.accounts a
         join access.members m on m.account_id = a.id
         join access.roles r on r.account_id = m.account_id and r.id = m.role_id
         join identity.users u on u.id = m.user_id
        where a.is_demo order by m.audience desc, r.slug`,
    )
    return rows
  })
}

/** Under which name the portal of the demo's clients stands. */
export async function demoPortal(prepared: Prepared): Promise<string> {
  return await asOwner(prepared, async (client) => {
    const { rows } = await client.query<{ slug: string }>(
      'select p.slug from portal.portals p join access.accounts a on a.id = p.account_id where a.is_demo',
    )
    return rows[0]!.slug
  })
}

/** New random passwords for everybody in the demo; the earlier ones and every session end. */
export async function newDemoPasswords(prepared: Prepared): Promise<DemoLogin[]> {
  const logins: DemoLogin[] = []
  for (const { role, email, userId } of await demoLogins(prepared)) {
    const password = newPassword()
    const hash = await hashPassword(password)
    await asOwner(prepared, async (client) => {
      await client.query('update identity.users set password_hash = $2 where id = $1', [userId, hash])
      await client.query(
        `delete from identity.sessions s using access.members m
          where m.user_id = $1 and s.account_id = m.account_id and s.member_id = m.id`,
        [userId],
      )
    })
    logins.push({ role, email, password })
  }
  return logins
}

/** Returns the account that is gone; undefined where there was none. */
export async function removeDemo(prepared: Prepared): Promise<string | undefined> {
  return await asOwner(prepared, async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from access.accounts where is_demo')
    const users = (
      await client.query<{ user_id: string }>(
        'select m.user_id from access.accounts a join access.members m on m.account_id = a.id where a.is_demo and m.user_id is not null',
      )
    ).rows.map((row) => row.user_id)
    await client.query('select app.remove_account(id) from access.accounts where is_demo')
    await client.query(
      'delete from identity.users u where u.id = any ($1) and not exists (select from access.members m where m.user_id = u.id)',
      [users],
    )
    return rows[0]?.id
  })
}

async function makeAccount({ deps }: Installation): Promise<string> {
  const { name, email } = people[0]
  const place = await asIdentity(deps.pools.identity, (identity) =>
    addAccount(identity, {
      accountName: 'Demo Delicatessen',
      name,
      email,
      password: newPassword(),
      currency: 'EUR',
      timezone: 'Europe/Paris',
      isDemo: true,
    }),
  )
  return place.accountId
}

async function addPeople(prepared: Prepared, accountId: string) {
  await asOwner(prepared, async (client) => {
    for (const { role, name, email, supplier } of people) {
      await client.query(
        'insert into identity.users (id, email, email_key, name) values (gen_random_uuid(), $1, $1, $2) on conflict (email_key) do nothing',
        [email, name],
      )
      await client.query(
        `insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, party_id)
         select $1, gen_random_uuid(), 'person', u.id, u.name, u.email, r.audience, r.id, p.id
           from identity.users u join access.roles r on r.account_id = $1 and r.slug = $3
           left join access.parties p on p.account_id = $1 and p.kind = 'supplier' and p.name = $4
          where u.email_key = $2 and not exists (select from access.members m where m.account_id = $1 and m.user_id = u.id)`,
        [accountId, email, role, supplier],
      )
    }
  })
}

/** Products with their tags and prices; what is there already stays. */
async function addCatalogue(tx: Tx) {
  await tx.rows(sql`
    insert into catalog.products (account_id, id, owner_party_id, sku, name)
    select (select app.account_id()), gen_random_uuid(), own.id, p.sku, p.name
      from jsonb_to_recordset(${json(sampleProducts)}) as p (sku text, name text), access.parties own where own.kind = 'self'
    on conflict (account_id, owner_party_id, sku) do nothing`)
  await tx.rows(sql`
    insert into catalog.product_tags (account_id, product_id, owner_party_id, tag)
    select x.account_id, x.id, x.owner_party_id, 'supplier:' || p.supplier
      from jsonb_to_recordset(${json(sampleProducts)}) as p (sku text, supplier text) join catalog.products x on x.sku = p.sku
    on conflict do nothing`)
  await tx.rows(sql`
    insert into catalog.product_prices (account_id, product_id, owner_party_id, currency, price_micros)
    select x.account_id, x.id, x.owner_party_id, 'EUR', p.price * 1000000
      from jsonb_to_recordset(${json(sampleProducts)}) as p (sku text, price numeric) join catalog.products x on x.sku = p.sku
    on conflict do nothing`)
}
