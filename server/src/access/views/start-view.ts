import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { viewHash } from '#kernel/caller.ts'
import { readCookie, setCookie } from '#kernel/cookies.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import type { Audience } from '#kernel/permissions.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { mintToken } from '#kernel/tokens.ts'
import { checkScope } from '../grants/check-scope.ts'
import { startOf } from '../grants/scope.ts'
import { agentOf } from '../identity/start-session.ts'
import type { viewsContract } from './contract.ts'

type Start = (typeof viewsContract)['startView']

/** How long a view lasts, in minutes; the database allows no more. */
const lasts = 30

/**
 * Opens a view in the caller's session; its token goes into a cookie of its own. As a role: by a member who is nobody and
 * goes with the view.
 * @throws Problem not_found, invalid_request, not_permitted; wrong_state where he may not look with those rights
 */
export async function startView(call: Call<Start>) {
  const { tx, body } = call
  expectHand(tx)
  await openView(call, body.memberId === undefined ? await addPreview(tx, body) : await member(tx, body.memberId))
  return {}
}

function expectHand(tx: Tx): void {
  if (tx.who.via !== 'hand') throw new Problem('not_permitted', 'A key looks as nobody but itself.')
}

/**
 * Opens a view with the rights of a member.
 * @throws Problem not_permitted; wrong_state where he may not look with those rights, which the database alone decides
 */
export async function openView(call: Pick<Call<Start>, 'tx' | 'request' | 'reply' | 'deps'>, target: Target) {
  const { tx, request } = call
  expectHand(tx)
  const token = mintToken(target.audience)
  const opened = await tx.first(sql<{ may: boolean }>`
    select access.start_view(${viewHash(token, readCookie('session', call) ?? '')}, ${tx.who.sessionId}, ${target.id},
                             ${lasts} * interval '1 minute', ${agentOf(request)}) as may`)
  if (!opened!.may)
    throw new Problem(
      'wrong_state',
      'You can look as people whose rights you have all yourself, while your own access is limited to nothing.',
    )
  await audit(tx, 'view.started', { kind: 'member', id: target.id }, { as: target.name, role: target.role })
  setCookie('view', token, { maxAge: lasts * 60, sameSite: 'lax' }, call)
}

export interface Target {
  id: string
  name: string
  role: string
  audience: Audience
}

/** A client's user is like one who never was: nobody looks as him. */
async function member(tx: Tx, id: string): Promise<Target> {
  const found = await tx.first(sql<Target>`
    select m.id, m.name, r.slug as role, m.audience from access.members m
      join access.roles r on r.account_id = m.account_id and r.id = m.role_id
     where m.id = ${id} and m.kind = 'person' and m.audience <> 'client'`)
  if (!found) throw notFound()
  if (id === tx.who.memberId) throw new Problem('wrong_state', 'That is you already.')
  return found
}

/** Somebody of a role who is not here yet: with the scope he would get, of a supplier where the role is one's. */
async function addPreview(tx: Tx, { role: slug = '', partyId, scope: wanted }: BodyOf<Start>): Promise<Target> {
  const role = await tx.first(sql<{ id: string; name: string; audience: Audience }>`
    select id, name, audience from access.roles where slug = ${slug} and slug not in ('automation', 'api')`)
  if (!role) throw invalid('role', 'is not a role of this account')
  if (role.audience === 'client') throw notFound()
  const party = await tx.first(sql<{ name: string }>`
    select name from access.parties where id = ${partyId ?? null} and kind = 'supplier' and archived_at is null`)
  if (role.audience === 'supplier' && !party)
    throw invalid('partyId', "is required: a supplier's role names its company")
  if (role.audience === 'staff' && partyId) throw invalid('partyId', "belongs to a supplier's role only")
  if (role.audience !== 'staff' && wanted) throw invalid('scope', 'narrows a role of the house only')
  const to = { audience: role.audience, partyId: null }
  const scope = wanted ? await checkScope(tx, to, startOf('staff'), wanted) : null
  const id = uuidv7()
  const name = party?.name ?? role.name
  await tx.rows(sql`select access.add_preview(${id}, ${name}, ${role.id}, ${partyId ?? null}, ${scope && json(scope)})`)
  return { id, name, role: slug, audience: role.audience }
}
