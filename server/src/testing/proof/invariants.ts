import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { readAnchors, verifyAudit } from '#access'
import type { World } from '../world.ts'
import { facts } from './facts.ts'

/** What a test knows from outside, beyond what stands in the database. */
export interface Known {
  /** I1: rows the server has told somebody of; they must be there. */
  acknowledged?: { table: string; id: string }[]
  /** I2: what the fake mail server took, with the token in each link. */
  mails?: { to: string; token: string }[]
  /** I6: deeds before this instant were done below the routes, as scenes are laid out; nobody wrote them down. */
  since?: string
}
type Asked = Pick<World, 'owner' | 'deps'>

/**
 * What must be true after every fault. Returns the offenders, each in a line that begins with the invariant's number; empty
 * is well. To be asked when nothing is at work any more: no request under way, the queue empty, the server up again.
 */
export async function offenders(world: Asked, known: Known = {}): Promise<string[]> {
  const found: string[] = []
  for (const { invariant, says, query, values } of facts) {
    const { rows } = await world.owner.query<{ offender: string }>(query, values?.(known) ?? [])
    if (rows.length > 0) found.push(told(invariant, says, rows))
  }
  found.push(...(await lost(world, known)), ...doubled(known))
  found.push(...(await stuckInQueue(world)), ...(await orphanFiles(world)))
  found.push(...(await asAdmin(world, brokenChains)), ...(await asAdmin(world, leftOpen)))
  return found
}

/** Fails with every broken invariant and its offenders. */
export async function expectInvariants(world: Asked, known: Known = {}): Promise<void> {
  expect(await offenders(world, known)).toEqual([])
}

const told = (invariant: string, says: string, rows: { offender: string }[]) =>
  `${invariant} ${says}: ${rows
    .slice(0, 5)
    .map((row) => row.offender)
    .join(', ')}${rows.length > 5 ? ` and ${rows.length - 5} more` : ''}`

/** I1 nothing acknowledged is lost. */
async function lost(world: Asked, { acknowledged = [] }: Known): Promise<string[]> {
  const gone: { offender: string }[] = []
  for (const { table, id } of acknowledged) {
    const name = table.split('.').map(pg.escapeIdentifier).join('.')
    const { rowCount } = await world.owner.query(`select from ${name} where id = $1`, [id])
    if (rowCount !== 1) gone.push({ offender: `${table} ${id}` })
  }
  return gone.length > 0 ? [told('I1', 'what was acknowledged is there', gone)] : []
}

/** I2 no mail twice by the same link; a second mail about the same thing brings a link of its own, and the first dies. */
function doubled({ mails = [] }: Known): string[] {
  const twice = mails.filter(({ token }, index) => mails.findIndex((one) => one.token === token) < index)
  const rows = twice.map(({ to }) => ({ offender: to }))
  return rows.length > 0 ? [told('I2', 'no link is mailed twice', rows)] : []
}

/** I8 every job that is not over has somebody who will take it up: a worker that beats, or the queue, soon. */
async function stuckInQueue(world: Asked): Promise<string[]> {
  const { rows } = await world.owner.query<{ offender: string }>(
    `select kind || ' ' || state || ' ' || id as offender from jobs.jobs
      where (state = 'running' and not exists (select from jobs.workers w where w.id = worker_id)) or (state = 'queued' and due_at > app.now() + interval '10 minutes')`,
  )
  return rows.length > 0 ? [told('I8', 'no job is stuck', rows)] : []
}

/** I9 every file on the disk belongs to a row, and every row's file is there. */
async function orphanFiles(world: Asked): Promise<string[]> {
  const onDisk: string[] = await readdir(world.deps.filesDir).catch(() => [])
  const kept = (
    await world.owner.query<{ id: string }>('select id from intake.files where removed_at is null')
  ).rows.map((row) => row.id)
  const orphans = onDisk.filter((name) => !kept.includes(name)).map((name) => ({ offender: name }))
  const missing = kept.filter((id) => !onDisk.includes(id)).map((id) => ({ offender: id }))
  return [
    ...(orphans.length > 0 ? [told('I9', 'no file is without its row', orphans)] : []),
    ...(missing.length > 0 ? [told('I9', 'no row is without its file', missing)] : []),
  ]
}

/** I6 the audit record verifies, with what is known of it outside the database. */
async function brokenChains(admin: pg.Client, world: Asked): Promise<string[]> {
  await admin.query('begin isolation level repeatable read, read only')
  const { findings } = await verifyAudit(admin, await readAnchors(world.deps.dataDir))
  return findings.map(({ sentence }) => `I6 the audit record is whole: ${sentence}`)
}

/** I10 nobody holds a transaction or a lock; the admin's eye, since others do not see what a login does. */
async function leftOpen(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ offender: string }>(
    `select a.usename || ' ' || a.state || ': ' || left(a.query, 60) as offender from pg_stat_activity a
      where a.datname = current_database() and a.pid <> pg_backend_pid() and a.state like 'idle in transaction%'
     union all
     select a.usename || ' holds an advisory lock' from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
     union all
     select a.usename || ' waits for a lock' from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where not l.granted and a.datname = current_database()`,
  )
  return rows.length > 0 ? [told('I10', 'no transaction or lock is left', rows)] : []
}

async function asAdmin<T>(world: Asked, work: (admin: pg.Client, world: Asked) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ ...inject('server').admin, database: world.owner.database } as pg.ClientConfig)
  await admin.connect()
  try {
    return await work(admin, world)
  } finally {
    await admin.end()
  }
}
