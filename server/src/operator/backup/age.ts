import type { Pool } from 'pg'

/** What the operator should know of how safe the data is. Instants are ISO 8601. */
export interface BackupHealth {
  /** The newest backup that was taken. */
  last: { at: string; bytes: number; ageSeconds: number } | undefined
  /** The restore whose messages and jobs still wait for the operator's word. */
  restoredAt: string | null
  /** Whether PostgreSQL archives what is written, for a restore to any moment. */
  hasArchive: boolean
}

/** Looks by the worker's login, in one round trip. */
export async function backupHealth(worker: Pool): Promise<BackupHealth> {
  const { rows } = await worker.query<{
    at: string | null
    bytes: number
    age: number
    restored: string | null
    archives: boolean
  }>(
    `select b.at, b.bytes, extract(epoch from app.now() - b.at)::float8 as age,
            current_setting('archive_mode') <> 'off' as archives,
            (select max(r.at) from app.restores r where r.released_at is null) as restored
       from (select 1) one left join lateral (select at, bytes from app.backups order by at desc limit 1) b on true`,
  )
  const { at, bytes, age, restored, archives } = rows[0]!
  return {
    last: at === null ? undefined : { at, bytes, ageSeconds: age },
    restoredAt: restored,
    hasArchive: archives,
  }
}
