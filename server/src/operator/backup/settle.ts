import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Manifest } from './manifest.ts'

/** What a restore took away and what it holds back. */
export interface Settled {
  /** API keys that were good when the backup was taken. */
  revokedKeys: number
  heldMessages: number
  heldJobs: number
}

/**
 * Makes restored rows those of this installation. Rights may have been taken away since the backup, and what was to be sent
 * may have been sent: so keys are revoked, and messages and jobs wait for the operator's word. Written in the audit of
 * every account.
 */
export async function settle(owner: pg.Client, manifest: Manifest, installation: string): Promise<Settled> {
  const count = async (statement: string) => (await owner.query(statement)).rowCount ?? 0
  await owner.query('update app.installation set id = $1', [installation])
  const revokedKeys = await count(
    `update access.members set deactivated_at = app.now(), version = version + 1
      where kind = 'key' and deactivated_at is null and name <> 'Command line'`,
  )
  const heldMessages = await count("update notices.outbox set held = true where state in ('pending', 'sending')")
  const heldJobs = await count(
    "update jobs.jobs set held = true, state = 'queued', worker_id = null, lease = lease + 1 where state in ('queued', 'running')",
  )
  await owner.query('insert into app.restores (id, taken_at, program) values ($1, $2, $3)', [
    uuidv7(),
    manifest.takenAt,
    manifest.program,
  ])
  const { rows } = await owner.query<{ id: string }>('select id from access.accounts')
  for (const { id } of rows) {
    await owner.query(
      "select access.write_audit($1, $2, null, 'hand', 'backup.restored', 'done', 'account', $1, 'command line', $3)",
      [id, uuidv7(), { takenAt: manifest.takenAt }],
    )
  }
  return { revokedKeys, heldMessages, heldJobs }
}
