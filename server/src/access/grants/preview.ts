import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import type { Audience } from '#kernel/permissions.ts'
import { notFound } from '#kernel/problem.ts'
import { grantOf, grantToGive } from '../commands/change-member.ts'
import { grantToInvite } from '../commands/invite-member.ts'
import type { grantsContract } from './contract.ts'
import { difference, fieldsWith } from './fields.ts'

export interface Counts {
  before: number
  after: number
  gained: number
  lost: number
}

/**
 * What a grant would change, before it is given: the same checks as giving it, then counted by the database under that very
 * grant (access.preview_grant).
 * @throws Problem not_found, invalid_request, last_administrator
 */
export async function previewGrant(tx: Tx, body: BodyOf<(typeof grantsContract)['previewGrant']>) {
  const { role, scope, partyId, held } = await wanted(tx, body)
  const orders = (await tx.first(sql<Counts>`
    select * from access.preview_grant(${body.memberId ?? null}, ${role.id}, ${partyId}, ${json(scope)})`))!
  return {
    of: (role.audience as Audience) === 'supplier' ? ('fulfillment_orders' as const) : ('orders' as const),
    orders,
    permissions: difference(held, role.permissions),
    fields: difference(fieldsWith(held), fieldsWith(role.permissions)),
  }
}

/** The grant, checked, and what its member holds by now. */
async function wanted(tx: Tx, { memberId, ...body }: BodyOf<(typeof grantsContract)['previewGrant']>) {
  if (!memberId) return { ...(await grantToInvite(tx, body)), partyId: body.partyId ?? null, held: [] as string[] }
  const member = await tx.first(grantOf(memberId))
  if (!member) throw notFound()
  const { permissions } = (await tx.first(sql<{ permissions: string[] }>`
    select permissions from access.roles where slug = ${member.role}`))!
  return { ...(await grantToGive(tx, member, body)), partyId: member.partyId, held: permissions }
}
