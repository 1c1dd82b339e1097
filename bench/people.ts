import type pg from 'pg'
import type { Audience } from '../server/src/kernel/permissions.ts'
import { hashToken, mintToken } from '../server/src/kernel/tokens.ts'

/** Who asks in the bench: each with the header that makes him so. */
export interface People {
  accountId: string
  supplierId: string
  clientId: string
  stores: string[]
  tokens: Record<Who, string>
}
export type Who = 'administrator' | 'customerService' | 'supplier' | 'client'

export const members: Record<Who, { role: string; audience: Audience }> = {
  administrator: { role: 'administrator', audience: 'staff' },
  customerService: { role: 'customer-service', audience: 'staff' },
  supplier: { role: 'supplier-manager', audience: 'supplier' },
  client: { role: 'client-admin', audience: 'client' },
}

export const headersOf = (people: People, who: Who) => ({ authorization: `Bearer ${people.tokens[who]}` })

/**
 * The account that is measured and its neighbours. It has five stores, twenty suppliers, 2,000 products of which a tenth
 * are a supplier's, and four rules. Customer service works for two of the stores, which are a client's.
 */
export async function addAccounts(admin: pg.Client, neighbours: number): Promise<People> {
  await admin.query(`
    insert into identity.users (id, email, email_key, name) values (gen_random_uuid(), 'bench@example.com', 'bench@example.com', 'Bench');
    select access.create_account(gen_random_uuid(), 'Account ' || n, 'EUR', 'Europe/Paris', false,
      (select id from identity.users), gen_random_uuid()) from generate_series(0, ${neighbours}) n;
    insert into channels.stores (account_id, id, name, currency)
    select id, gen_random_uuid(), 'Store ' || n, 'EUR' from access.accounts, generate_series(1, 4) n;
    insert into access.parties (account_id, id, kind, name)
    select id, gen_random_uuid(), 'supplier', 'Supplier ' || n from access.accounts, generate_series(1, 20) n where accounts.name = 'Account 0' or n <= 3;
    insert into access.parties (account_id, id, kind, name)
    select id, gen_random_uuid(), 'client', 'Client' from access.accounts where name = 'Account 0';
    insert into catalog.products (account_id, id, owner_party_id, sku, name)
    select p.account_id, gen_random_uuid(), p.id, 'P-' || lpad(n::text, 5, '0'), 'Product ' || n
      from access.parties p, access.accounts a, generate_series(0, case a.name when 'Account 0' then 1999 else 99 end) n where p.kind = 'self' and a.id = p.account_id;
    insert into catalog.product_tags (account_id, product_id, owner_party_id, tag)
    select account_id, id, owner_party_id, 'supplier:Supplier ' || (1 + substr(sku, 3)::int / 10 % 20) from catalog.products where sku like '%0';
  `)
  const { rows } = await admin.query<{ id: string; supplier: string; client: string; stores: string[] }>(`
    select a.id, (select p.id from access.parties p where p.account_id = a.id and p.name = 'Supplier 1') as supplier,
           (select p.id from access.parties p where p.account_id = a.id and p.kind = 'client') as client,
           array(select s.id from channels.stores s where s.account_id = a.id order by s.name) as stores
      from access.accounts a where a.name = 'Account 0'`)
  const { id: accountId, supplier: supplierId, client: clientId, stores } = rows[0]!
  const some = stores.slice(0, 2)
  await admin.query('update channels.stores set client_party_id = $2 where account_id = $1 and id = any ($3)', [
    accountId,
    clientId,
    some,
  ])
  const tokens = {} as People['tokens']
  for (const [who, { role, audience }] of Object.entries(members) as [Who, (typeof members)[Who]][]) {
    tokens[who] = mintToken(audience)
    await admin.query(
      `with member as (
         insert into access.members (account_id, id, kind, name, audience, role_id, party_id, all_stores)
         select $1, gen_random_uuid(), 'key', $2, $3, r.id, $4, $2 not in ('customerService', 'client') from access.roles r where r.account_id = $1 and r.slug = $5
         returning account_id, id
       ), granted as (
         insert into access.member_stores select account_id, id, unnest($7::uuid[]) from member
       )
       insert into identity.sessions (token_hash, purpose, account_id, member_id) select $6, 'key', account_id, id from member`,
      [
        accountId,
        who,
        audience,
        { staff: null, supplier: supplierId, client: clientId }[audience],
        role,
        hashToken(tokens[who]),
        who === 'customerService' || who === 'client' ? some : [],
      ],
    )
  }
  await addRules(admin, accountId)
  return { accountId, supplierId, clientId, stores, tokens }
}

/** A tag by country, a hold by quantity, and two suppliers by their products' tags: what an account of this size has. */
async function addRules(admin: pg.Client, accountId: string) {
  const supplier = async (name: string) =>
    (await admin.query('select id from access.parties where account_id = $1 and name = $2', [accountId, name])).rows[0]
      .id
  const rules = [
    {
      of: { about: 'country', is: 'not_in', values: ['FR', 'DE', 'BE', 'NL', 'IT', 'ES'] },
      action: { do: 'tag', tag: 'customs' },
    },
    { of: { about: 'quantity', atLeast: 14 }, action: { do: 'hold', reason: 'Large: look at it first' } },
    ...(await Promise.all(
      ['Supplier 1', 'Supplier 2'].map(async (name) => ({
        of: { about: 'line_tag', lines: 'any', tag: `supplier:${name}` },
        action: { do: 'assign', supplierId: await supplier(name), lines: 'matching' },
      })),
    )),
  ]
  for (const [position, { of, action }] of rules.entries()) {
    await admin.query(
      `insert into automation.rules (account_id, id, position, name, condition, actions, updated_by)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, 'Bench')`,
      [accountId, position, `Rule ${position}`, JSON.stringify({ match: 'all', of: [of] }), JSON.stringify([action])],
    )
  }
}
