import pg from 'pg'
import { readDatabaseUrl } from '../platform/database-url.ts'

/** Says in words what a run is about to be tested on: the version, and what stands in front of it. */
export async function describeServer(url: string, directUrl: string): Promise<string[]> {
  const direct = await look(directUrl)
  if (direct.isPooled)
    throw new Error('DATABASE_URL leads to a connection pooler: set DATABASE_DIRECT_URL to PostgreSQL itself.')
  const front = url === directUrl ? direct : await look(url)
  return [
    `PostgreSQL ${direct.version} at ${direct.address}`,
    front.isPooled
      ? `behind a connection pooler at ${front.address}: every login but the worker goes through it`
      : 'without a connection pooler',
  ]
}

/** A pooler answers with a process number of its own, not with that of PostgreSQL's process. */
async function look(url: string) {
  const target = readDatabaseUrl(url)
  const client = new pg.Client({ ...(target as pg.ClientConfig), database: 'postgres' })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number; version: string }>(
      "select pg_backend_pid() as pid, current_setting('server_version') as version",
    )
    const isPooled = rows[0]!.pid !== (client as unknown as { processID: number }).processID
    return { isPooled, version: rows[0]!.version, address: `${target.host}:${target.port}` }
  } finally {
    await client.end()
  }
}
