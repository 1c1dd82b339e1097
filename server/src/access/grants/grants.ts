import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { type Granted, kinds, type Named, type Scope } from './scope.ts'

/** Writes a checked scope to a member, and narrows the keys he made to it; it counts from the next request of each. */
export async function setScope(tx: Tx, memberId: string, scope: Scope): Promise<void> {
  await tx.rows(sql`select access.set_scope(app.account_id(), ${memberId}, ${json(scope)})`)
  await tx.rows(sql`select access.narrow_keys(${memberId})`)
}

/** What of a grant is different, old and new, with the names of stores and companies: for the audit record. */
export function grantChanges(before: Granted & { role: string }, after: Granted & { role: string }) {
  const changes: Record<string, [unknown, unknown]> = {}
  const note = (what: string, old: unknown, now: unknown) => {
    if (JSON.stringify(old) !== JSON.stringify(now)) changes[what] = [old, now]
  }
  note('role', before.role, after.role)
  for (const kind of kinds) note(kind, namesOf(before[kind]), namesOf(after[kind]))
  for (const what of ['ownOnly', 'from', 'until', 'hours'] as const) note(what, before[what], after[what])
  return changes
}

/** What of a kind somebody has, in words. */
export const namesOf = (named: Named) => (named === 'all' ? 'all' : named.map(({ id, name }) => name || id))
