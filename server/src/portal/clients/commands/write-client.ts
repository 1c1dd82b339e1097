import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { clientsContract } from '../contract.ts'
import { getClient } from '../queries/clients.ts'

type Change = BodyOf<(typeof clientsContract)['changeClient']>

/**
 * A company that the account serves. Its stores and people come apart.
 * @returns its id
 * @throws Problem already_exists; not_permitted for who is narrowed to some stores or clients: he could not see it
 */
export async function createClient(tx: Tx, client: BodyOf<(typeof clientsContract)['createClient']>): Promise<string> {
  const id = uuidv7()
  const name = named(client.name)
  const { all } = (await tx.first(sql<{ all: boolean }>`select app.may_everywhere('portal-users:manage') as all`))!
  if (!all)
    throw new Problem(
      'not_permitted',
      'You look after some clients or stores only: an administrator makes new clients.',
    )
  await tx.rows(sql`
    insert into access.parties (account_id, id, kind, name, email, locale)
    values (app.account_id(), ${id}, 'client', ${name}, ${client.email ?? null}, ${client.locale ?? 'en'})`)
  await audit(tx, 'client.created', { kind: 'client', id }, { name })
  return id
}

/**
 * Changes what is named, leaves the rest. Archived, its people are signed out in the same transaction and refused from then on.
 * @throws Problem not_found, already_exists, changed_meanwhile
 */
export async function changeClient(tx: Tx, id: string, version: number, change: Change) {
  await tx.rows(sql`select from access.parties where id = ${id} for update`)
  const before = await getClient(tx, id)
  if (before.version !== version) throw changedMeanwhile(before, change)
  const after = { ...before, ...change, name: named(change.name ?? before.name) }
  const [row] = await tx.rows(sql`
    update access.parties p
       set name = ${after.name}, email = ${after.email}, locale = ${after.locale},
           archived_at = case when ${after.archived} then coalesce(p.archived_at, app.now()) end, version = p.version + 1
     where p.id = ${id} and p.kind = 'client' returning p.id`)
  if (!row) throw notFound()
  await tx.rows(sql`
    update portal.clients
       set strict_warehouses = ${after.strictWarehouses}, may_ask = ${after.mayAsk},
           receipts_unverified = ${after.receiptsUnverified}, version = version + 1
     where client_id = ${id}`)
  if (after.archived && !before.archived) await tx.rows(sql`select portal.end_sessions_of(${id})`)
  const was = Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof typeof before]]))
  await audit(tx, 'client.changed', { kind: 'client', id }, { from: was, to: change })
  return await getClient(tx, id)
}

function named(given: string): string {
  const name = given.trim()
  if (name === '') throw invalid('name', 'must not be blank')
  return name
}
