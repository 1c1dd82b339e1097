import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { explainConstraints } from '#kernel/db/errors.ts'
import { type Statement, sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import type { clientsContract } from '../contract.ts'
import { clientById, type Named } from '../queries/clients.ts'
import type { requestStates } from '../shapes.ts'
import { invitePortalUser } from './portal-users.ts'

explainConstraints({
  user_requests_open: () => new Problem('already_exists', 'Your company asks for this colleague already.'),
})

type Asked = BodyOf<(typeof clientsContract)['askForUser']>
export interface RequestRow {
  id: string
  askedBy: string
  email: string
  name: string
  role: Asked['role']
  stores: string[]
  warehouses: string[]
  state: (typeof requestStates)[number]
  answer: string
  answeredAt: string | null
  createdAt: string
}

const requestRows = (condition: Statement<unknown>) => sql<RequestRow>`
  select q.id, q.asked_by as "askedBy", q.email, q.name, q.role, q.stores, q.warehouses, q.state, q.answer,
         q.answered_at as "answeredAt", q.created_at as "createdAt"
    from portal.user_requests q where ${condition} order by q.created_at desc, q.id desc limit 200`

/** What is listed by its names; what the reader may not see (any more) has none. */
const withNames = (row: RequestRow, names: ReadonlyMap<string, string>) => {
  const named = (ids: string[]) => ids.map((id) => ({ id, name: names.get(id) ?? '' }))
  return { ...row, stores: named(row.stores), warehouses: named(row.warehouses) }
}
const byId = (...lists: Named[][]) => new Map(lists.flat().map(({ id, name }) => [id, name]))

export async function listUserRequests(tx: Tx, clientId: string) {
  const [clients, rows, stores, warehouses] = await tx.all(
    clientById(clientId),
    requestRows(sql`q.client_id = ${clientId}`),
    sql<Named>`select id, name from channels.stores where client_party_id = ${clientId}`,
    sql<Named>`select id, name from stock.warehouses`,
  )
  if (clients.length === 0) throw notFound()
  return { items: rows.map((row) => withNames(row, byId(stores, warehouses))) }
}

/** One that waits, locked. @throws Problem not_found, wrong_state where it was answered */
async function waiting(tx: Tx, clientId: string, id: string): Promise<RequestRow> {
  const here = sql`q.id = ${id} and q.client_id = ${clientId}`
  const [clients, , [row]] = await tx.all(
    clientById(clientId),
    sql`select from portal.user_requests q where ${here} for update`,
    requestRows(here),
  )
  if (clients.length === 0 || !row) throw notFound()
  if (row.state !== 'waiting') throw new Problem('wrong_state', `It was ${row.state} already.`)
  return row
}

/**
 * Invites the colleague just as he was asked for, if that may be given still.
 * @throws Problem not_found, wrong_state, already_exists, invalid_request
 */
export async function approveUserRequest(tx: Tx, { id: clientId, requestId }: { id: string; requestId: string }) {
  const { email, name, role, stores, warehouses } = await waiting(tx, clientId, requestId)
  const invitation = await invitePortalUser(tx, clientId, { email, name, role, stores, warehouses })
  await tx.rows(sql`
    update portal.user_requests set state = 'approved', answered_by = ${tx.who.name}, answered_at = app.now(),
           invitation_id = ${invitation.id}, version = version + 1 where id = ${requestId}`)
  await audit(tx, 'user-request.approved', { kind: 'user-request', id: requestId }, { email, role, stores, warehouses })
  return (await listUserRequests(tx, clientId)).items.find(({ id }) => id === requestId)!
}

/** @throws Problem not_found, wrong_state */
export async function refuseUserRequest(
  tx: Tx,
  { id: clientId, requestId }: { id: string; requestId: string },
  given: string,
) {
  await waiting(tx, clientId, requestId)
  const answer = given.trim()
  if (answer === '') throw invalid('answer', 'says why not')
  await tx.rows(sql`
    update portal.user_requests set state = 'refused', answer = ${answer}, answered_by = ${tx.who.name},
           answered_at = app.now(), version = version + 1 where id = ${requestId}`)
  await audit(tx, 'user-request.refused', { kind: 'user-request', id: requestId }, { answer })
  return (await listUserRequests(tx, clientId)).items.find(({ id }) => id === requestId)!
}

/** What my company asked for, with what a colleague can be given: what I have myself. */
export async function listMyUserRequests(tx: Tx) {
  const [rows, [mine]] = await tx.all(
    requestRows(sql`true`),
    sql<{ have: { stores: Named[]; warehouses: Named[] } }>`select portal.what_i_have() as have`,
  )
  const { stores, warehouses } = mine!.have
  return { items: rows.map((row) => withNames(row, byId(stores, warehouses))), stores, warehouses }
}

/**
 * A client's administrator asks for a colleague, with stores and warehouses of his own.
 * @throws Problem invalid_request, already_exists
 */
export async function askForUser(tx: Tx, { email, name = '', role, stores, warehouses }: Asked) {
  const mine = await listMyUserRequests(tx)
  const within = (what: 'stores' | 'warehouses', wanted: string[]) => {
    if (wanted.length === 0) throw invalid(what, `needs at least one ${what.slice(0, -1)}`)
    const own = new Set(mine[what].map(({ id }) => id))
    if (!wanted.every((id) => own.has(id))) throw invalid(what, 'names what you have no access to yourself')
  }
  within('stores', stores)
  within('warehouses', warehouses)
  const id = uuidv7()
  await tx.rows(sql`
    insert into portal.user_requests (account_id, id, client_id, member_id, asked_by, email, name, role, stores, warehouses)
    values (app.account_id(), ${id}, app.party_id(), app.member_id(), app.actor_name(), ${email.trim()}, ${name.trim()}, ${role},
            ${uuids(stores)}, ${uuids(warehouses)})`)
  await audit(tx, 'user-request.made', { kind: 'user-request', id }, { email: email.trim(), role, stores, warehouses })
  return (await listMyUserRequests(tx)).items.find((one) => one.id === id)!
}
