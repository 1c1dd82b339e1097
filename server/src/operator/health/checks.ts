import { statfs } from 'node:fs/promises'
import { connect } from 'node:tls'
import type { Deps } from '#kernel/deps.ts'
import { jobsHealth } from '#kernel/jobs-health.ts'
import { backupHealth } from '../backup/index.ts'

/** How one thing is: fine, to be looked at some day, or to be seen to now. */
export type State = 'ok' | 'warning' | 'alarm'
export interface Finding {
  name: string
  state: State
  /** A sentence for the operator: how it is, and where it is not fine, what to do. No data of any account. */
  says: string
}
export type Look = Omit<Finding, 'name'>
type Check = (deps: Deps) => Promise<Look>

const first = async <Row>(deps: Deps, query: string) => (await deps.pools.worker.query(query)).rows[0] as Row
const minutes = (seconds: number) => (seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`)
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

/** Everything an operator should know before somebody rings him, each by itself: one that can't look is an alarm of its own. */
const checks: Record<string, Check> = {
  async database(deps) {
    const began = performance.now()
    const row = await first<{ version: string; offset: number }>(
      deps,
      `select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 as offset`,
    )
    const apart = Math.abs(row.offset - deps.now().getTime() / 1000)
    if (apart > 5)
      return {
        state: 'warning',
        says: `PostgreSQL ${row.version} answers, but its clock and this machine's are ${minutes(apart)} apart. Let both follow a time server.`,
      }
    return { state: 'ok', says: `PostgreSQL ${row.version} answers in ${Math.round(performance.now() - began)} ms.` }
  },

  async connections(deps) {
    const { used, most } = await first<{ used: number; most: number }>(
      deps,
      `select (select count(*) from pg_stat_activity where datname is not null)::int as used,
              current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most`,
    )
    const says = `${used} of ${most} connections are in use.`
    if (used < most * 0.8) return { state: 'ok', says }
    return { state: 'warning', says: `${says} Raise max_connections or put a pooler in front.` }
  },

  async disk(deps) {
    const { bavail, blocks, bsize } = await statfs(deps.dataDir)
    const free = bavail * bsize
    const says = `${gigabytes(free)} are free where the data folder is.`
    if (free < 500e6) return { state: 'alarm', says: `${says} Make room now: without it nothing can be written.` }
    if (free < Math.min(5e9, blocks * bsize * 0.1)) return { state: 'warning', says: `${says} Make room soon.` }
    return { state: 'ok', says }
  },

  async jobs(deps) {
    const { queued, running, setAside, oldestDueSeconds, workers, failing } = await jobsHealth(deps)
    const waiting = queued > 0 ? `, the oldest since ${minutes(oldestDueSeconds)}` : ''
    const says = `${running} run, ${queued} wait${waiting}.`
    if (oldestDueSeconds > 900)
      return { state: 'alarm', says: `${says} Nobody takes them: ${workers} workers are there.` }
    if (setAside > 0)
      return {
        state: 'warning',
        says: `${says} ${setAside} failed three times and were set aside: their kind and the error stand in the log.`,
      }
    if (failing.length > 0)
      return { state: 'warning', says: `${says} By itself the house failed at ${failing.join(', ')}: see the log.` }
    return { state: 'ok', says }
  },

  async mail(deps) {
    const { waiting, late, dead } = await first<{ waiting: number; late: number; dead: number }>(
      deps,
      `select (count(*) filter (where state in ('pending', 'sending')))::int as waiting,
              coalesce(extract(epoch from app.now() - min(created_at) filter (where state in ('pending', 'sending'))), 0)::float8 as late,
              (count(*) filter (where state in ('refused', 'dead') and last_error not in ('gone', 'replaced', 'revealed') and created_at > app.now() - interval '7 days'))::int as dead
         from notices.outbox where created_at > app.now() - interval '7 days' and not held`,
    )
    if (!deps.smtpUrl)
      return {
        state: waiting > 0 ? 'warning' : 'ok',
        says: `No mail server is set (SMTP_URL): ${waiting} mails wait in the outbox, where their links can be revealed.`,
      }
    const says = `${waiting} mails wait, ${dead} could not be delivered in the last week.`
    if (late > 3600)
      return { state: 'alarm', says: `${says} The oldest waits since ${minutes(late)}: does the mail server answer?` }
    return { state: dead > 0 ? 'warning' : 'ok', says: dead > 0 ? `${says} The outbox says why.` : says }
  },

  async archive(deps) {
    const { on, since } = await first<{ on: boolean; since: string | null }>(
      deps,
      `select current_setting('archive_mode') <> 'off' as on,
              case when last_failed_time > coalesce(last_archived_time, '-infinity')
                   then coalesce(last_archived_time, stats_reset, last_failed_time) end as since
         from pg_stat_archiver`,
    )
    if (!on) return { state: 'ok', says: 'The write-ahead log is not archived; backups are all there is.' }
    const failing = since ? (deps.now().getTime() - Date.parse(since)) / 1000 : 0
    if (failing > 300)
      return {
        state: 'alarm',
        says: `The write-ahead log could not be archived for ${minutes(failing)}: see archive_command and the space there. Until then the disk fills.`,
      }
    return { state: 'ok', says: 'The write-ahead log is archived.' }
  },

  async backup(deps) {
    const { last, restoredAt, hasArchive } = await backupHealth(deps.pools.worker)
    if (restoredAt)
      return {
        state: 'warning',
        says: `Messages and jobs wait since the restore of ${restoredAt}: crossdock outbox waiting shows them.`,
      }
    if (last && last.ageSeconds < 2 * 86_400)
      return { state: 'ok', says: `The newest backup is ${minutes(last.ageSeconds)} old (${gigabytes(last.bytes)}).` }
    if (hasArchive) return { state: 'ok', says: 'The archive of the write-ahead log stands for backups.' }
    return {
      state: 'warning',
      says: `${last ? `The newest backup is of ${last.at}` : 'No backup was taken yet'}: let crossdock backup run every night.`,
    }
  },

  async audit(deps) {
    const { waiting, oldest } = await first<{ waiting: number; oldest: number }>(
      deps,
      `select count(*)::int as waiting, coalesce(extract(epoch from app.now() - min(at)), 0)::float8 as oldest from access.audit where seq is null`,
    )
    const says = `${waiting} entries of the audit record wait to be sealed`
    if (oldest < 300) return { state: 'ok', says: `${says}.` }
    return {
      state: 'alarm',
      says: `${says}, the oldest since ${minutes(oldest)}: no worker runs, or the record was touched. Run: crossdock audit verify.`,
    }
  },

  async certificate(deps) {
    const url = new URL(deps.publicUrl)
    if (url.protocol !== 'https:')
      return { state: 'ok', says: `${url.origin} is served without TLS: for this machine or a trial only.` }
    const days = await certificateDays(url, deps.now())
    if (days < 0) return { state: 'alarm', says: `The certificate of ${url.host} has expired. Renew it in the proxy.` }
    if (days < 14)
      return {
        state: 'alarm',
        says: `The certificate of ${url.host} ends in ${days} days. The proxy should have renewed it: see its log.`,
      }
    return { state: 'ok', says: `The certificate of ${url.host} is good for ${days} days.` }
  },
}

/** Whole days until the certificate of a public address ends; asked over the network as anybody would. */
async function certificateDays(url: URL, now: Date): Promise<number> {
  return await new Promise((resolve, reject) => {
    const socket = connect({
      host: url.hostname,
      port: Number(url.port || 443),
      servername: url.hostname,
      rejectUnauthorized: false, // an expired one is what we are here to see
      timeout: 5_000,
    })
    socket.once('secureConnect', () => {
      const ends = new Date(socket.getPeerCertificate().valid_to)
      socket.destroy()
      resolve(Math.floor((ends.getTime() - now.getTime()) / 86_400_000))
    })
    socket.once('timeout', () => socket.destroy(new Error('it did not answer within 5 s')))
    socket.once('error', reject)
  })
}

/** Looks at everything there is to look at. Never throws: what could not be looked at says so. */
export async function lookAround(deps: Deps): Promise<Finding[]> {
  return await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<Finding> => {
      try {
        return { name, ...(await check(deps)) }
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        return { name, state: 'alarm', says: `This could not be looked at: ${code ?? message}.` }
      }
    }),
  )
}

/** The gravest of what was found. */
export const gravest = (findings: Finding[]): State =>
  (['alarm', 'warning'] as const).find((state) => findings.some((finding) => finding.state === state)) ?? 'ok'
