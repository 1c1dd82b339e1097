import {
  deactivateMember,
  endSessions,
  grantToGive,
  inviteMember,
  previewGrant,
  reactivateMember,
  resendInvitation,
  revokeInvitation,
} from '#access'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { clientsContract } from '../contract.ts'
import { getClient } from '../queries/clients.ts'
import { getPortalUser } from '../queries/portal-users.ts'

export interface Grant {
  role: string
  stores: string[]
  warehouses: string[]
}
type Invite = BodyOf<(typeof clientsContract)['invitePortalUser']>

/** At least one store and one warehouse, said at their fields. @throws Problem invalid_request */
function bothNamed({ stores, warehouses }: Grant) {
  if (stores.length === 0) throw invalid('stores', 'needs at least one store')
  if (warehouses.length === 0) throw invalid('warehouses', 'needs at least one warehouse')
}

/** A role of clients: whoever looks after them reaches no other. @throws Problem invalid_request */
async function checkRole(tx: Tx, slug: string) {
  const role = await tx.first(sql`select 1 from access.roles where slug = ${slug} and audience = 'client'`)
  if (!role) throw invalid('role', 'is not a role of clients')
}

/**
 * Invites a portal user: one mail with a link that works once, in his client's language unless said otherwise.
 * @throws Problem not_found, invalid_request, already_exists, wrong_state for an archived client
 */
export async function invitePortalUser(tx: Tx, clientId: string, { stores, warehouses, ...body }: Invite) {
  const client = await getClient(tx, clientId)
  if (client.archived) throw new Problem('wrong_state', 'This client is archived. Restore it first.')
  bothNamed({ ...body, stores, warehouses })
  await checkRole(tx, body.role)
  const locale = body.locale ?? client.locale
  return await withoutPrefix(inviteMember(tx, { ...body, locale, partyId: clientId, scope: { stores, warehouses } }))
}

/** What a grant would change, counted under it: the same checks as giving it. */
export async function previewPortalUser(
  tx: Tx,
  clientId: string,
  { userId, role, stores, warehouses }: Grant & { userId?: string },
) {
  bothNamed({ role, stores, warehouses })
  await checkRole(tx, role)
  if (userId) await getPortalUser(tx, clientId, userId)
  else await getClient(tx, clientId)
  const scope = { stores, warehouses }
  const whom = userId ? { memberId: userId } : { partyId: clientId }
  return await withoutPrefix(previewGrant(tx, { ...whom, role, scope }))
}

/**
 * Gives a portal user another grant. It counts from his next request; his company's people are told by mail.
 * @throws Problem not_found, changed_meanwhile, invalid_request
 */
export async function changePortalUser(
  tx: Tx,
  { id: clientId, userId }: { id: string; userId: string },
  version: number,
  body: Grant,
) {
  await tx.rows(sql`select from access.members where id = ${userId} for update`)
  const before = await getPortalUser(tx, clientId, userId)
  if (before.version !== version) throw changedMeanwhile(before, body)
  bothNamed(body)
  await checkRole(tx, body.role)
  const { had } = (await tx.first(sql<{ had: Parameters<typeof grantToGive>[1]['scope'] }>`
    select access.with_names(app.account_id(), portal.scope_of_user(${userId})) as had`))!
  const to = { audience: 'client' as const, partyId: clientId, scope: had }
  const { role, scope } = await withoutPrefix(
    grantToGive(tx, to, { role: body.role, scope: { stores: body.stores, warehouses: body.warehouses } }),
  )
  await tx.rows(sql`update access.members set role_id = ${role.id}, version = version + 1 where id = ${userId}`)
  await tx.rows(sql`select portal.set_user_scope(${userId}, ${json(scope)})`)
  const after = await getPortalUser(tx, clientId, userId)
  const told = (user: typeof after) => ({
    role: user.role.slug,
    stores: user.stores.map(({ name }) => name),
    warehouses: user.warehouses.map(({ name }) => name),
  })
  const [old, now] = [told(before), told(after)]
  const changes = Object.fromEntries(
    (['role', 'stores', 'warehouses'] as const)
      .filter((what) => JSON.stringify(old[what]) !== JSON.stringify(now[what]))
      .map((what) => [what, [old[what], now[what]]]),
  )
  if (Object.keys(changes).length > 0) await tx.rows(sql`select access.tell_of_grant(${userId}, ${json(now)})`)
  await audit(tx, 'member.grant-changed', { kind: 'member', id: userId }, changes)
  return after
}

/** One of the steps that an administrator can take with anybody, for a portal user of this client. */
const step =
  <T>(take: (tx: Tx, id: string) => Promise<T>) =>
  async (tx: Tx, { id, userId }: { id: string; userId: string }): Promise<T> => {
    await getPortalUser(tx, id, userId)
    return await take(tx, userId)
  }
export const deactivatePortalUser = step(deactivateMember)
export const reactivatePortalUser = step(reactivateMember)
export const endPortalSessions = step(endSessions)
/** He sets the new password himself: nobody of the house sees the link. */
export const sendPortalReset = step(async (tx, id) => {
  const { sent } = (await tx.first(sql<{ sent: boolean | null }>`select access.send_reset(${id}) as sent`))!
  if (sent === null) throw new Problem('wrong_state', 'He is deactivated: let him in again first.')
  if (!sent) throw new Problem('too_many_tries', 'Three mails went to this address within the hour: wait a while.')
  await audit(tx, 'member.reset-sent', { kind: 'member', id })
  return {}
})

/** The same for an invitation of this client's. */
const invitationStep =
  (take: (tx: Tx, id: string) => Promise<object>) =>
  async (tx: Tx, { id, invitationId }: { id: string; invitationId: string }): Promise<object> => {
    const known = await tx.first(
      sql`select 1 from access.invitations where id = ${invitationId} and party_id = ${id} and party_id is not null`,
    )
    await getClient(tx, id)
    if (!known) throw notFound()
    return await take(tx, invitationId)
  }
export const resendPortalInvitation = invitationStep(resendInvitation)
export const revokePortalInvitation = invitationStep(revokeInvitation)

/** The machinery names a field of the scope by its path; here it stands alone. */
async function withoutPrefix<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (problem) {
    if (!(problem instanceof Problem) || !problem.errors) throw problem
    const errors = problem.errors.map((one) => ({ ...one, field: one.field.replace(/^scope\./, '') }))
    throw new Problem(problem.code, problem.detail, { errors })
  }
}
