import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { queueMail } from '#notices'
import type { accessContract } from '../contract.ts'
import { checkScope, type Wanted } from '../grants/check-scope.ts'
import { type Scope, startOf } from '../grants/scope.ts'
import { invitationRows, toInvitation } from '../queries/list-invitations.ts'
import { type GivenRole, roleToGive } from './role-to-give.ts'

/** How long the link is good: 3 days for staff, 7 for clients and suppliers. */
const validDays = { staff: 3, client: 7, supplier: 7 } as const

/**
 * Invites a person by mail. The role's audience decides whether a company is named; nobody grants what he does not hold.
 * @throws Problem invalid_request with the field, already_exists, too_many_tries
 */
export async function inviteMember(tx: Tx, body: BodyOf<(typeof accessContract)['inviteMember']>) {
  const email = body.email.trim()
  const { role, scope } = await grantToInvite(tx, body)
  const member = await tx.first(sql`
    select 1 from access.members where lower(email) = ${email.toLowerCase()} and kind = 'person'`)
  if (member) throw new Problem('already_exists', 'This person is a user of the account already.')
  const id = await addInvitation(tx, { ...body, email, name: body.name?.trim() ?? '' }, role, scope)
  if (!id) throw new Problem('already_exists', 'This person is invited already: resend the invitation instead.')
  const row = await tx.first(invitationRows(sql`i.id = ${id}`))
  return toInvitation(row!)
}

/**
 * The role and the scope that somebody is invited to, each checked.
 * @throws Problem invalid_request with the field
 */
export async function grantToInvite(tx: Tx, wanted: { role: string; partyId?: string; scope?: Wanted }) {
  const role = await roleToGive(tx, wanted.role)
  await checkParty(tx, role, wanted.partyId)
  const to = { audience: role.audience, partyId: wanted.partyId ?? null }
  return { role, scope: await checkScope(tx, to, startOf(role.audience), wanted.scope ?? {}) }
}

interface Invited {
  email: string
  name: string
  partyId?: string
  locale?: 'en' | 'fr'
  batch?: string
}

/** Writes an invitation and queues its mail; undefined where one is open already. @throws Problem too_many_tries */
export async function addInvitation(tx: Tx, to: Invited, role: GivenRole, scope: Scope): Promise<string | undefined> {
  const id = uuidv7()
  const locale = to.locale ?? 'en'
  const made = await tx.first(sql`
    insert into access.invitations (account_id, id, email, name, role_id, party_id, locale, grants, batch, invited_by, expires_at)
    values (app.account_id(), ${id}, ${to.email}, ${to.name}, ${role.id}, ${to.partyId ?? null}, ${locale}, ${json(scope)},
            ${to.batch ?? null}, app.member_id(), app.now() + ${validDays[role.audience]} * interval '1 day')
    on conflict (account_id, lower(email) collate "C") where accepted_at is null and revoked_at is null do nothing returning id`)
  if (!made) return undefined
  await expectFew(tx, to.email)
  await queueMail(tx, { template: 'invitation', subjectId: id, recipient: to.email, locale })
  const { email, partyId = null, batch } = to
  await audit(
    tx,
    'invitation.created',
    { kind: 'invitation', id },
    { email, role: role.slug, partyId, scope, ...(batch ? { batch } : {}) },
  )
  return id
}

/**
 * An account mails one address three invitations an hour and twenty a day at most, taken back and made anew or sent again.
 * @throws Problem too_many_tries
 */
async function expectFew(tx: Tx, email: string) {
  const sent = (await tx.first(sql<{ hour: number; day: number }>`select * from access.mails_lately(${email})`))!
  if (sent.hour >= 3) throw new Problem('too_many_tries', `Three mails went to ${email} within the hour: wait a while.`)
  if (sent.day >= 20)
    throw new Problem('too_many_tries', `Twenty mails went to ${email} within a day: wait until tomorrow.`)
}

/** The company that somebody of this role belongs to. */
export async function checkParty(tx: Tx, role: GivenRole, partyId: string | undefined) {
  if (role.audience === 'staff') {
    if (partyId) throw invalid('partyId', 'belongs to a client or supplier role only')
    return
  }
  if (!partyId) throw invalid('partyId', `is required: a ${role.audience}'s role names its company`)
  const party = await tx.first(
    sql`select 1 from access.parties where id = ${partyId} and kind = ${role.audience} and archived_at is null`,
  )
  if (!party) throw invalid('partyId', `is not a ${role.audience} of this account`)
}

/** Sends it again, good for its full time: the earlier link dies now. @throws Problem not_found, wrong_state, too_many_tries */
export async function resendInvitation(tx: Tx, id: string) {
  const row = await tx.first(sql<{ email: string; locale: string }>`
    update access.invitations i set version = i.version + 1, expires_at = app.now() + interval '1 day' *
             (${json(validDays)} ->> r.audience)::integer
      from access.roles r
     where i.id = ${id} and r.account_id = i.account_id and r.id = i.role_id and i.accepted_at is null and i.revoked_at is null
    returning i.email, i.locale`)
  if (!row) throw await whyNot(tx, id)
  await expectFew(tx, row.email)
  await tx.rows(sql`select access.void_invitation_links(${id})`)
  await queueMail(tx, { template: 'invitation', subjectId: id, recipient: row.email, locale: row.locale })
  await audit(tx, 'invitation.resent', { kind: 'invitation', id })
  return {}
}

export async function revokeInvitation(tx: Tx, id: string) {
  const row = await tx.first(sql`
    update access.invitations set revoked_at = app.now(), version = version + 1
     where id = ${id} and accepted_at is null and revoked_at is null returning id`)
  if (!row) throw await whyNot(tx, id)
  await audit(tx, 'invitation.revoked', { kind: 'invitation', id })
  return {}
}

async function whyNot(tx: Tx, id: string): Promise<Problem> {
  const row = await tx.first(
    sql<{ accepted_at: string | null }>`select accepted_at from access.invitations where id = ${id}`,
  )
  if (!row) return notFound()
  return new Problem('wrong_state', row.accepted_at ? 'It was accepted already.' : 'It was revoked already.')
}
