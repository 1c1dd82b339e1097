import { audit } from '#kernel/audit.ts'
import { json, type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import type { Audience } from '#kernel/permissions.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { accessContract } from '../contract.ts'
import { checkReach, checkScope } from '../grants/check-scope.ts'
import { grantChanges, namesOf, setScope } from '../grants/grants.ts'
import { type Granted, type Scope, withoutNames } from '../grants/scope.ts'
import { type GivenRole, roleToGive } from './role-to-give.ts'

interface Member {
  version: number
  audience: Audience
  partyId: string | null
  role: string
  scope: Granted
}

export const grantOf = (id: string): Statement<Member> => sql<Member>`
  select m.version, m.audience, m.party_id as "partyId", r.slug as role, access.scope_of(m) as scope
    from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
   where m.id = ${id} and m.kind = 'person'`

/**
 * Gives a user another grant: a role of the same audience, a scope, or both. It counts from his next request. Who works
 * for a supplier or a client stays there: for another place he is invited anew.
 * @throws Problem not_found, changed_meanwhile, invalid_request, last_administrator, owner_protected
 */
export async function changeMember(
  tx: Tx,
  id: string,
  version: number,
  body: BodyOf<(typeof accessContract)['changeMember']>,
) {
  await tx.rows(sql`select from access.members where id = ${id} for update`)
  const before = await tx.first(grantOf(id))
  if (!before) throw notFound()
  if (before.version !== version) throw changedMeanwhile(before, body)
  const { role, scope } = await grantToGive(tx, before, body)
  await tx.rows(sql`update access.members set role_id = ${role.id}, version = version + 1 where id = ${id}`)
  if (body.scope) await setScope(tx, id, scope)
  const after = (await tx.first(grantOf(id)))!
  if (before.audience === 'client') {
    const [stores, warehouses] = [namesOf(after.scope.stores), namesOf(after.scope.warehouses)]
    await tx.rows(sql`select access.tell_of_grant(${id}, ${json({ role: after.role, stores, warehouses })})`)
  }
  const changes = grantChanges({ ...before.scope, role: before.role }, { ...after.scope, role: after.role })
  await audit(tx, 'member.grant-changed', { kind: 'member', id }, changes)
  return { version: version + 1 }
}

/**
 * The role and the whole scope that a member gets.
 * @throws Problem invalid_request: a role of another audience, a scope beyond the account or the caller's own
 */
export async function grantToGive(
  tx: Tx,
  member: Pick<Member, 'audience' | 'partyId' | 'scope'>,
  wanted: BodyOf<(typeof accessContract)['changeMember']>,
): Promise<{ role: GivenRole; scope: Scope }> {
  const role = await roleToGive(tx, wanted.role)
  if (role.audience !== member.audience) throw invalid('role', 'is for people of another company')
  const had = withoutNames(member.scope)
  if (wanted.scope) return { role, scope: await checkScope(tx, member, had, wanted.scope) }
  await checkReach(tx, member, had)
  return { role, scope: had }
}
