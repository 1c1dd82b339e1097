import type { ClientBase } from 'pg'

/**
 * Begin, the work, commit; whole or not at all. For the house's own connections, where nobody is asking: who is somebody
 * writes by `write` (transaction.ts).
 */
export async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  try {
    await client.query('begin')
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Whether the database has a table yet: `schema.table`. */
export async function hasTable(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ is_there: boolean }>('select to_regclass($1) is not null as is_there', [table])
  return rows[0]!.is_there
}
