import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { accessRequestsContract } from './contract.ts'

interface RequestRow {
  id: string
  permission: string | null
  page: string
  note: string
  state: 'open' | 'granted' | 'refused'
  answer: string
  answeredAt: string | null
  createdAt: string
}

/** How many a person may have open. */
const most = 5

const asked = sql`q.id, q.permission, q.page, q.note, q.state, q.answer, q.answered_at as "answeredAt", q.created_at as "createdAt"`
const mine = (condition: Statement<unknown>) =>
  sql<RequestRow>`select ${asked} from access.requests q where q.member_id = app.member_id() and ${condition} order by q.created_at desc, q.id limit 50`

export const accessRequestsHandlers: Handlers<typeof accessRequestsContract> = {
  requestAccess: ({ tx, body }) => requestAccess(tx, body),
  listMyAccessRequests: async ({ tx }) => ({ items: await tx.rows(mine(sql`true`)) }),
  listAccessRequests: ({ tx }) => listAccessRequests(tx),
  answerAccessRequest: ({ tx, params, body }) => answerAccessRequest(tx, params.id, body),
}

/** @throws Problem invalid_request, wrong_state for who holds it or waits for five answers */
async function requestAccess(tx: Tx, body: BodyOf<(typeof accessRequestsContract)['requestAccess']>) {
  const { permission = null, page = '', note = '' } = body
  if (tx.who.kind !== 'person') throw new Problem('not_permitted', 'Only people ask for access.')
  if (permission === null && page === '' && note.trim() === '') throw invalid('note', 'says what you need')
  if (permission !== null && tx.who.permissions.includes(permission))
    throw new Problem('wrong_state', 'You have this permission already.')
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(app.member_id()::text, 25))`)
  const open = await tx.rows(mine(sql`q.state = 'open'`))
  const same = open.find((one) => one.permission === permission && one.page === page && one.note === note.trim())
  if (same) return same
  if (open.length >= most) throw new Problem('wrong_state', `You have ${most} open requests: wait for an answer first.`)
  const id = uuidv7()
  await tx.rows(sql`
    insert into access.requests (account_id, id, member_id, permission, page, note)
    values (app.account_id(), ${id}, app.member_id(), ${permission}, ${page}, ${note.trim()})`)
  await audit(tx, 'access.requested', { kind: 'request', id }, { permission, page, note: note.trim() })
  return (await tx.first(mine(sql`q.id = ${id}`)))!
}

async function listAccessRequests(tx: Tx) {
  const [rows, open] = await tx.all(
    sql<RequestRow & { memberId: string; name: string; role: string }>`
      select ${asked}, m.id as "memberId", m.name, r.slug as role
        from access.requests q
        join access.members m on m.account_id = q.account_id and m.id = q.member_id
        join access.roles r on r.account_id = m.account_id and r.id = m.role_id
       order by q.state <> 'open', q.created_at desc, q.id limit 200`,
    sql<{ count: number }>`select count(*) from access.requests where state = 'open'`,
  )
  const items = rows.map(({ memberId, name, role, ...row }) => ({ ...row, member: { id: memberId, name, role } }))
  return { open: open[0]!.count, items }
}

/** @throws Problem not_found, wrong_state */
async function answerAccessRequest(
  tx: Tx,
  id: string,
  body: BodyOf<(typeof accessRequestsContract)['answerAccessRequest']>,
) {
  const answer = body.answer?.trim() ?? ''
  const row = await tx.first(sql<{ member_id: string; permission: string | null }>`
    update access.requests set state = ${body.state}, answer = ${answer}, answered_by = app.member_id(), answered_at = app.now()
     where id = ${id} and state = 'open' returning member_id, permission`)
  if (!row) {
    if (!(await tx.first(sql`select 1 from access.requests where id = ${id}`))) throw notFound()
    throw new Problem('wrong_state', 'Somebody answered this already.')
  }
  await audit(
    tx,
    'access.answered',
    { kind: 'request', id },
    { member: row.member_id, permission: row.permission, answer: [body.state, answer] },
  )
  await tx.rows(sql`select access.tell_answered(${id})`)
  return {}
}
