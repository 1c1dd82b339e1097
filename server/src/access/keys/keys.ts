import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { checkParty } from '../commands/invite-member.ts'
import { checkReach, checkScope, type Wanted } from '../grants/check-scope.ts'
import { startOf, withoutNames } from '../grants/scope.ts'
import { type KeyRow, keyRows } from './list-keys.ts'
import { readNetworks } from './networks.ts'
import { roleOfKey } from './role-of-key.ts'

export interface NewKey {
  name: string
  role: string
  partyId?: string | undefined
  scope?: Wanted | undefined
  networks?: string[] | null | undefined
}

const cidrs = (networks: readonly string[] | null | undefined) =>
  sql`(select array_agg(network(one::inet)) from unnest(${networks ? [...networks] : null}::text[]) one)`

/** Today by the clock of the account, and the last day of a key for which none is named: a year from it. */
async function daysOf(tx: Tx): Promise<{ today: string; in_a_year: string }> {
  const row = await tx.first(sql<{ today: string; in_a_year: string }>`
    select here::date as today, (here + interval '1 year')::date as in_a_year
      from (select timezone(timezone, app.now()) as here from access.accounts where id = app.account_id()) clock`)
  return row!
}

/**
 * Makes an API key; its secret is in the answer and nowhere else: only the hash is kept. It never may more than whoever
 * makes it, in what it does and in what it reaches.
 * @throws Problem invalid_request naming the field and what is too much
 */
export async function createKey(tx: Tx, wanted: NewKey) {
  const name = wanted.name.trim()
  if (!name) throw invalid('name', 'is required')
  const role = await roleOfKey(tx, wanted.role)
  await checkParty(tx, role, wanted.partyId)
  const partyId = wanted.partyId ?? null
  const until = wanted.scope?.until ?? (await daysOf(tx)).in_a_year
  const scope = await checkScope(tx, { audience: role.audience, partyId }, startOf(role.audience), {
    ...wanted.scope,
    until,
  })
  const networks = wanted.networks ? readNetworks(wanted.networks) : null
  const id = uuidv7()
  const token = mintToken(role.audience)
  const made = await tx.first(sql<{ expires_at: string }>`
    select access.make_key(${id}, ${name}, ${role.id}, ${partyId}, ${json(scope)}, ${hashToken(token)}, ${cidrs(networks)}) as expires_at`)
  await audit(tx, 'key.created', { kind: 'member', id }, { name, role: role.slug, partyId, scope, networks })
  return { id, token, expiresAt: made!.expires_at }
}

async function keyOf(tx: Tx, id: string): Promise<KeyRow> {
  const key = await tx.first(keyRows(sql`k.id = ${id}`))
  if (!key) throw notFound()
  return key
}

/** @throws Problem not_found, changed_meanwhile, invalid_request for what is no network */
export async function changeKey(
  tx: Tx,
  id: string,
  version: number,
  change: { name?: string | undefined; networks?: string[] | null | undefined },
) {
  const before = await keyOf(tx, id)
  const name = change.name?.trim() ?? before.name
  if (!name) throw invalid('name', 'is required')
  const networks = change.networks === undefined ? before.networks : change.networks && readNetworks(change.networks)
  const done = await tx.first(sql<{ done: boolean }>`
    select access.change_key(${id}, ${version}, ${name}, ${cidrs(networks)}) as done`)
  if (!done?.done) throw changedMeanwhile(await keyOf(tx, id), change)
  await audit(
    tx,
    'key.changed',
    { kind: 'member', id },
    { name: [before.name, name], networks: [before.networks, networks] },
  )
  return { version: version + 1 }
}

/**
 * A new secret; the old one works for `overlapHours` more, 0 ends it now. Whoever rotates a key answers for it from then
 * on, so it must be within his rights.
 * @throws Problem not_found, wrong_state for one that is revoked or expired, invalid_request
 */
export async function rotateKey(tx: Tx, id: string, wanted: { overlapHours: number; until?: string | undefined }) {
  const key = await keyOf(tx, id)
  if (key.revoked_at) throw new Problem('wrong_state', 'This key was revoked: make a new one.')
  if (key.tokens.length === 0) throw new Problem('wrong_state', 'This key has expired: make a new one.')
  const role = await roleOfKey(tx, key.role_slug)
  const { today, in_a_year: aYear } = await daysOf(tx)
  const until = wanted.until ?? aYear
  if (until < today) throw invalid('until', 'must be a day to come')
  await checkReach(tx, { audience: role.audience, partyId: key.party_id }, { ...withoutNames(key.scope), until })
  const token = mintToken(role.audience)
  const renewed = await tx.first(sql<{ expires_at: string }>`
    select access.renew_key(${id}, ${hashToken(token)}, ${until}, ${wanted.overlapHours} * interval '1 hour', ${cidrs(key.networks)}) as expires_at`)
  await audit(tx, 'key.rotated', { kind: 'member', id }, { name: key.name, overlapHours: wanted.overlapHours, until })
  return { id, token, expiresAt: renewed!.expires_at }
}

/** @throws Problem not_found, wrong_state */
export async function revokeKey(tx: Tx, id: string) {
  const key = await keyOf(tx, id)
  const done = await tx.first(sql<{ done: boolean }>`select access.revoke_key(${id}) as done`)
  if (!done?.done) throw new Problem('wrong_state', 'This key was revoked already.')
  await audit(tx, 'key.revoked', { kind: 'member', id }, { name: key.name })
  return {}
}
