import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Audience } from '#kernel/permissions.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import { Mistake } from './owner.ts'

export interface KeyRequest {
  accountId: string
  /** Slug of the role whose permissions the key gets. */
  role: string
  stores: string[] | undefined
  warehouses: string[] | undefined
  supplier: string | undefined
  client: string | undefined
  /** YYYY-MM-DD or ISO 8601. */
  expires: string | undefined
}

/**
 * Makes an API key and returns it: the only time it is ever seen. A supplier's or client's role without its company is
 * refused, and so is a company with a role of the house.
 * @throws Mistake
 */
export async function createKey(client: pg.Client, request: KeyRequest): Promise<string> {
  const { accountId } = request
  const role = (
    await client.query<{ id: string; audience: Audience; name: string }>(
      "select id, audience, name from access.roles where account_id = $1 and slug = $2 and slug <> 'automation'",
      [accountId, request.role],
    )
  ).rows[0]
  if (!role) throw new Mistake(`There is no role "${request.role}". Roles: ${await roleSlugs(client, accountId)}.`)
  const partyId = await partyFor(client, request, role.audience)
  if (role.audience === 'client' && !request.stores)
    throw new Mistake('A client\'s key names its stores: --stores "A,B".')
  const expires = request.expires === undefined ? null : new Date(request.expires)
  if (expires && (Number.isNaN(expires.getTime()) || expires <= new Date()))
    throw new Mistake('--expires must be a day to come, such as 2030-12-31.')
  const memberId = uuidv7()
  await client.query(
    `insert into access.members (account_id, id, kind, name, audience, role_id, party_id, all_stores, all_warehouses, valid_until)
     values ($1, $2, 'key', $3, $4, $5, $6, $7, $8, $9)`,
    [
      accountId,
      memberId,
      `Key · ${role.name} · ${memberId.slice(-4)}`,
      role.audience,
      role.id,
      partyId,
      role.audience === 'staff' && !request.stores,
      role.audience === 'staff' && !request.warehouses,
      expires,
    ],
  )
  await grant(client, 'member_stores', 'channels.stores', accountId, memberId, request.stores ?? [])
  await grant(client, 'member_warehouses', 'stock.warehouses', accountId, memberId, request.warehouses ?? [])
  const token = mintToken(role.audience)
  await client.query(
    "insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at) values ($1, 'key', $2, $3, $4)",
    [hashToken(token), accountId, memberId, expires],
  )
  await client.query(
    "select access.write_audit($1, $2, null, 'hand', 'key.created', 'done', 'member', $3, 'command line', $4)",
    [accountId, uuidv7(), memberId, { role: request.role, partyId, expires }],
  )
  return token
}

async function partyFor(client: pg.Client, request: KeyRequest, audience: Audience): Promise<string | null> {
  const name = { staff: undefined, supplier: request.supplier, client: request.client }[audience]
  if (audience !== 'supplier' && request.supplier) throw new Mistake("--supplier belongs to a supplier's role.")
  if (audience !== 'client' && request.client) throw new Mistake("--client belongs to a client's role.")
  if (audience === 'staff') return null
  if (!name) throw new Mistake(`The role "${request.role}" is a ${audience}'s: say whose with --${audience} NAME.`)
  const { rows } = await client.query<{ id: string }>(
    'select id from access.parties where account_id = $1 and kind = $2 and (lower(name) = lower($3) or id::text = $3) and archived_at is null',
    [request.accountId, audience, name],
  )
  if (!rows[0]) throw new Mistake(`There is no ${audience} "${name}" in this account.`)
  return rows[0].id
}

async function grant(
  client: pg.Client,
  grants: 'member_stores' | 'member_warehouses',
  things: 'channels.stores' | 'stock.warehouses',
  accountId: string,
  memberId: string,
  names: string[],
) {
  const column = grants === 'member_stores' ? 'store_id' : 'warehouse_id'
  for (const name of names) {
    const { rowCount } = await client.query(
      `insert into access.${grants} (account_id, member_id, ${column})
       select account_id, $2, id from ${things} where account_id = $1 and (lower(name) = lower($3) or id::text = $3)`,
      [accountId, memberId, name.trim()],
    )
    if (rowCount === 0)
      throw new Mistake(`There is no ${grants === 'member_stores' ? 'store' : 'warehouse'} "${name}" in this account.`)
  }
}

async function roleSlugs(client: pg.Client, accountId: string): Promise<string> {
  const { rows } = await client.query<{ slug: string }>(
    "select slug from access.roles where account_id = $1 and slug <> 'automation' order by slug",
    [accountId],
  )
  return rows.map((row) => row.slug).join(', ')
}
