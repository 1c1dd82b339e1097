import { json, sql } from '#kernel/db/sql.ts'
import type { Identity } from '../identity.ts'

/** Records what a person did about himself: in the place that is named, else in every place he has. Never a secret. */
export async function record(
  identity: Identity,
  requestId: string,
  entry: { userId: string | null; memberId?: string | null; action: string; outcome?: string; changes?: object },
): Promise<void> {
  const { userId, memberId = null, action, outcome = 'done', changes = {} } = entry
  await identity.rows(
    sql`select access.record_person(${userId}, ${memberId}, ${action}, ${outcome}, ${requestId}, ${json(changes)})`,
  )
}
