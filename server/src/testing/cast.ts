import pg from 'pg'
import type { Prepared } from '#kernel/db/prepare.ts'
import type { Audience } from '#kernel/permissions.ts'
import { hashToken } from '#kernel/tokens.ts'

/**
 * The fixed cast of every test. Two accounts of the same shape with overlapping numbers and SKUs; in the first, two
 * stores (a belongs to client P1, b to client P2) and two suppliers. Each person's session token is known.
 */
export const accounts = {
  one: { id: '0a000000-0000-7000-8000-000000000001', name: 'Aster Goods' },
  two: { id: '0b000000-0000-7000-8000-000000000002', name: 'Borage Trading' },
} as const
export const parties = {
  P1: { id: '0a000000-0000-7000-8000-0000000000c1', name: 'Client Petit', kind: 'client' },
  P2: { id: '0a000000-0000-7000-8000-0000000000c2', name: 'Client Rivet', kind: 'client' },
  S1: { id: '0a000000-0000-7000-8000-0000000000d1', name: 'Exotic Liquids', kind: 'supplier' },
  S2: { id: '0a000000-0000-7000-8000-0000000000d2', name: 'Pavlova, Ltd.', kind: 'supplier' },
} as const
export const stores = {
  a: '0a000000-0000-7000-8000-0000000000a1',
  b: '0a000000-0000-7000-8000-0000000000b1',
} as const

/** Both clients may see the main warehouse, the account's default; the other one is the house's own. */
export const warehouses = {
  main: '0a000000-0000-7000-8000-0000000000f1',
  north: '0a000000-0000-7000-8000-0000000000f2',
} as const

interface Person {
  account: keyof typeof accounts
  role: string
  audience: Audience
  party?: keyof typeof parties
  stores?: (keyof typeof stores)[]
  warehouses?: (keyof typeof warehouses)[]
  kind?: 'key'
}
export const cast = {
  A1: { account: 'one', role: 'administrator', audience: 'staff' },
  F1: { account: 'one', role: 'full-access', audience: 'staff' },
  C1: { account: 'one', role: 'customer-service', audience: 'staff' },
  C1s: { account: 'one', role: 'customer-service', audience: 'staff', stores: ['a'] },
  W1: { account: 'one', role: 'warehouse', audience: 'staff' },
  $1: { account: 'one', role: 'accountant', audience: 'staff' },
  V1: { account: 'one', role: 'viewer', audience: 'staff' },
  P1: { account: 'one', role: 'client-admin', audience: 'client', party: 'P1', stores: ['a'], warehouses: ['main'] },
  P2: { account: 'one', role: 'client-admin', audience: 'client', party: 'P2', stores: ['b'], warehouses: ['main'] },
  S1: { account: 'one', role: 'supplier-manager', audience: 'supplier', party: 'S1' },
  S1p: { account: 'one', role: 'supplier-packer', audience: 'supplier', party: 'S1' },
  S2: { account: 'one', role: 'supplier-manager', audience: 'supplier', party: 'S2' },
  Ka: { account: 'one', role: 'full-access', audience: 'staff', stores: ['a'], kind: 'key' },
  A2: { account: 'two', role: 'administrator', audience: 'staff' },
} as const satisfies Record<string, Person>
export type Name = keyof typeof cast

/** What the cookies are called over http, which the worlds of tests speak. */
export const cookieName = 'crossdock_session'
export const viewCookieName = 'crossdock_view'

const letters = { staff: 'cds', client: 'cdc', supplier: 'cdp' }
/** Where the clients of an account come in, what their cookie is called there, and what their sessions are bound to. */
export function portalOf(accountId: string) {
  return portalAt(accountId, accountId === accounts.one.id ? 'aster-goods' : 'borage-trading')
}
/** The portal of any account, by the name it stands under. */
export function portalAt(accountId: string, slug: string) {
  return { base: `/p/${slug}`, cookie: 'portal_session', door: `${accountId} p/${slug}` }
}
/** The portal of the first account, whose clients are in the cast. */
export const portal = portalOf(accounts.one.id)
export const doorFor = (one: { audience: Audience; account: string; slug: string }) =>
  one.audience === 'client' ? portalAt(one.account, one.slug).door : ''
export const doorOf = (name: Name) => (cast[name].audience === 'client' ? portal.door : '')
/** The session token (or key) of one of the cast. */
export const tokenOf = (name: Name) => `${letters[cast[name].audience]}_${name.padEnd(43, '0').replaceAll('$', '_')}`
export const emailOf = (name: Name) => `${name.toLowerCase().replace('$', 'acc')}@example.com`
const number = (name: Name) => Object.keys(cast).indexOf(name) + 1
const uuid = (kind: string, name: Name) => `0${kind}000000-0000-7000-8000-0000000000${(number(name) + 16).toString(16)}`
export const memberOf = (name: Name) => uuid('e', name)

/** Puts the cast into an empty, prepared database; done once, into the template that the tests clone. */
export async function seedCast(prepared: Prepared): Promise<void> {
  const client = new pg.Client({ ...(prepared.target as pg.ClientConfig), ...prepared.login('owner') })
  await client.connect()
  try {
    await client.query('begin')
    for (const name of Object.keys(cast) as Name[]) {
      await client.query('insert into identity.users (id, email, email_key, name) values ($1, $2, $2, $3)', [
        uuid('f', name),
        emailOf(name),
        name,
      ])
    }
    for (const [key, account] of Object.entries(accounts)) {
      const first: Name = key === 'one' ? 'A1' : 'A2'
      await client.query('select access.create_account($1, $2, $3, $4, false, $5, $6)', [
        account.id,
        account.name,
        'EUR',
        'Europe/Paris',
        uuid('f', first),
        memberOf(first),
      ])
    }
    for (const party of Object.values(parties)) {
      await client.query('insert into access.parties (account_id, id, kind, name) values ($1, $2, $3, $4)', [
        accounts.one.id,
        party.id,
        party.kind,
        party.name,
      ])
    }
    for (const [key, id] of Object.entries(stores)) {
      await client.query(
        'insert into channels.stores (account_id, id, name, client_party_id, currency) values ($1, $2, $3, $4, $5)',
        [accounts.one.id, id, `Store ${key}`, key === 'a' ? parties.P1.id : parties.P2.id, 'EUR'],
      )
    }
    await client.query('update stock.warehouses set id = $2 where account_id = $1', [accounts.one.id, warehouses.main])
    await client.query("insert into stock.warehouses (account_id, id, name) values ($1, $2, 'North warehouse')", [
      accounts.one.id,
      warehouses.north,
    ])
    for (const name of Object.keys(cast) as Name[]) await seedMember(client, name, cast[name])
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function seedMember(client: pg.Client, name: Name, person: Person) {
  const account = accounts[person.account].id
  const isKey = person.kind === 'key'
  await client.query(
    `insert into access.members (account_id, id, kind, user_id, name, email, audience, role_id, party_id, all_stores, all_warehouses)
     select $1, $2, $3, $4, $5, $6, $7, r.id, $8, $9, $11 from access.roles r where r.account_id = $1 and r.slug = $10
     on conflict (account_id, id) do nothing`,
    [
      account,
      memberOf(name),
      isKey ? 'key' : 'person',
      isKey ? null : uuid('f', name),
      name,
      isKey ? null : emailOf(name),
      person.audience,
      person.party ? parties[person.party].id : null,
      person.stores === undefined,
      person.role,
      person.audience !== 'client',
    ],
  )
  for (const warehouse of person.warehouses ?? []) {
    await client.query('insert into access.member_warehouses values ($1, $2, $3)', [
      account,
      memberOf(name),
      warehouses[warehouse],
    ])
  }
  for (const store of person.stores ?? []) {
    await client.query('insert into access.member_stores values ($1, $2, $3)', [account, memberOf(name), stores[store]])
  }
  await client.query(
    // Proved for ever: whatever a test does to the clock, nobody of the cast is asked to show again who he is.
    "insert into identity.sessions (token_hash, purpose, account_id, member_id, proved_at, door) values ($1, $2, $3, $4, 'infinity', $5)",
    [hashToken(tokenOf(name)), isKey ? 'key' : 'web', account, memberOf(name), doorOf(name)],
  )
}
