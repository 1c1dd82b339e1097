import { auditEach } from '#kernel/audit.ts'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import { addInvitation, grantToInvite } from '../commands/invite-member.ts'
import { invitationRows, toInvitation } from '../queries/list-invitations.ts'
import type { grantsContract, verdicts } from './contract.ts'
import { type PastedPerson, readPasted } from './pasted.ts'

type Row = Omit<PastedPerson, 'verdict'> & { verdict: (typeof verdicts)[number] }
const largest = 200

/**
 * The people of a pasted list, each with what speaks against inviting him.
 * @throws Problem invalid_request for more than 200
 */
export async function pastedPeople(tx: Tx, list: string): Promise<Row[]> {
  const people = readPasted(list)
  if (people.length > largest) throw invalid('list', `holds more than ${largest} people`)
  const known = await tx.rows(sql<{ email: string; verdict: 'user' | 'invited' }>`
    select x.email, case when exists (select from access.members m where m.kind = 'person' and lower(m.email) = x.email) then 'user' else 'invited' end as verdict
      from jsonb_array_elements_text(${json(people.map(({ email }) => email.toLowerCase()))}) as x (email)
     where exists (select from access.members m where m.kind = 'person' and lower(m.email) = x.email)
        or exists (select from access.invitations i where lower(i.email) = x.email and i.accepted_at is null and i.revoked_at is null)`)
  const verdictOf = new Map(known.map(({ email, verdict }) => [email, verdict]))
  return people.map((person) => ({
    ...person,
    verdict: person.verdict === 'ok' ? (verdictOf.get(person.email.toLowerCase()) ?? 'ok') : person.verdict,
  }))
}

/**
 * Invites everybody of the list who can be, with one role and scope, until a day, under one name.
 * @throws Problem invalid_request with the field
 */
export async function inviteBatch(tx: Tx, body: BodyOf<(typeof grantsContract)['inviteBatch']>) {
  const batch = body.batch.trim()
  if (batch === '') throw invalid('batch', 'needs a name')
  if (!body.scope.until) throw invalid('scope.until', 'is required: a batch is for a time')
  const { role, scope } = await grantToInvite(tx, { role: body.role ?? 'customer-service', scope: body.scope })
  const rows = await pastedPeople(tx, body.list)
  const ids: string[] = []
  for (const { email, name, verdict } of rows) {
    const to = { email, name, batch, ...(body.locale ? { locale: body.locale } : {}) }
    const id = verdict === 'ok' ? await addInvitation(tx, to, role, scope) : undefined
    if (id) ids.push(id)
  }
  const invitations = await tx.rows(invitationRows(sql`i.id = any (${uuids(ids)})`))
  return { rows, invitations: invitations.map(toInvitation) }
}

/**
 * Ends a batch at once: its members are refused from their next request on, and who has not accepted yet cannot any more.
 * @throws Problem not_found where nobody is of that batch
 */
export async function deactivateBatch(tx: Tx, name: string) {
  const known = await tx.first(sql`
    select 1 from access.members where batch = ${name} union all select 1 from access.invitations where batch = ${name} limit 1`)
  if (!known) throw notFound()
  const members = await tx.rows(sql<{ id: string; name: string }>`
    update access.members set deactivated_at = app.now(), version = version + 1
     where batch = ${name} and kind = 'person' and deactivated_at is null and id <> app.member_id() returning id, name`)
  await tx.rows(sql`select access.end_sessions(id, null) from unnest(${uuids(members.map(({ id }) => id))}) as id`)
  const invitations = await tx.rows(sql<{ id: string }>`
    update access.invitations set revoked_at = app.now(), version = version + 1
     where batch = ${name} and accepted_at is null and revoked_at is null returning id`)
  const changes = { batch: name }
  await auditEach(
    tx,
    'member.deactivated',
    'member',
    members.map((one) => ({ id: one.id, changes: { name: one.name, ...changes } })),
  )
  await auditEach(
    tx,
    'invitation.revoked',
    'invitation',
    invitations.map(({ id }) => ({ id, changes })),
  )
  return { members: members.length, invitations: invitations.length }
}
