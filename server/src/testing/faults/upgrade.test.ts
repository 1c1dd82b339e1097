import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrate, readMigrations } from '#kernel/db/migrate.ts'
import { migrationsFolder } from '#kernel/db/source.ts'
import { verifyBackup } from '../../operator/backup/verify.ts'
import { spawnServer } from '../spawned.ts'
import { useWorld } from '../world.ts'

const asWritten = (sql: string) => sql

describe('an upgrade', { timeout: 60_000 }, () => {
  const world = useWorld()
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-migrations-'))
    await cp(migrationsFolder, folder, { recursive: true })
    // What prepare() grants, and a clone has not.
    await asAdmin('postgres', `grant create on database ${world.owner.database} to ${world.owner.user}`)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const upgradeWith = async (sql: string, log: string[] = []) => {
    await writeFile(join(folder, '9998_good.sql'), 'create table app.good (id integer)')
    await writeFile(join(folder, '9999_next.sql'), sql)
    const client = new pg.Client({ ...ownerOf(world.owner), application_name: 'upgrade' })
    client.on('error', () => {})
    await client.connect()
    try {
      await migrate(client, await readMigrations(folder), asWritten, { log: (line) => log.push(line) })
    } finally {
      await client.end().catch(() => {})
    }
  }
  const tables = async () =>
    (
      await world.owner.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'app' and tablename in ('good', 'half') order by 1",
      )
    ).rows.map(({ name }) => name)
  const serves = async () => expect((await world.as('A1', 'GET /orders')).status).toBe(200)

  it('F9 a migration that fails half-way leaves nothing of itself, what came before it stays, the server serves on', async () => {
    await expect(upgradeWith('create table app.half (id integer); select 1 / 0')).rejects.toThrow('division by zero')
    expect(await tables()).toEqual(['good'])
    await serves()
  })

  it('F9 a migration whose process dies half-way likewise, and the next start goes on with it', async () => {
    const dying = upgradeWith('create table app.half (id integer); select pg_sleep(30)')
    const killed = expect(dying).rejects.toThrow()
    const kill = `select pg_terminate_backend(pid) from pg_stat_activity
                   where application_name = 'upgrade' and wait_event = 'PgSleep' and datname = current_database()`
    while ((await asAdmin(world.owner.database!, kill)) === 0);
    await killed
    expect(await tables()).toEqual(['good'])
    await serves()
    const log: string[] = []
    await upgradeWith('create table app.half (id integer)', log)
    expect(log).toEqual(['applied 9999_next.sql'])
    expect(await tables()).toEqual(['good', 'half'])
    await serves()
  })

  it('F10 a newer version may migrate while an older one serves: what is added does not disturb it', async () => {
    await world.owner.query("delete from migrations.applied where name = '9999_next.sql'")
    let isDone = false
    const upgrade = upgradeWith(`alter table orders.orders add column later text; select pg_sleep(0.3)`).finally(() => {
      isDone = true
    })
    let asked = 0
    while (!isDone) {
      await serves()
      asked++
    }
    await upgrade
    expect(asked).toBeGreaterThan(0)
    await serves()
  })

  it('F10 an older version refuses a newer database with a sentence, before it touches anything', async () => {
    await world.owner.query("update app.installation set fingerprint = 'of the newer one'")
    const older = await spawnServer(world)
    expect(await older.ended).toBe(1)
    expect(older.output()).toContain(
      'The database is newer than this program (it knows 9998_good.sql, 9999_next.sql). Start the newer version.',
    )
    const { rows } = await world.owner.query('select fingerprint from app.installation')
    expect(rows).toEqual([{ fingerprint: 'of the newer one' }])
    await serves()
  })

  it('a migration that was changed after it was applied is refused with a sentence', async () => {
    await world.owner.query("delete from migrations.applied where name > '9'")
    await world.owner.query("update migrations.applied set sha256 = 'another' where name = '0008_slices.sql'")
    const server = await spawnServer(world)
    expect(await server.ended).toBe(1)
    expect(server.output()).toContain(
      'The migration 0008_slices.sql was changed after it was applied to this database.',
    )
  })

  it('takes a backup before it, keeps the last three, and changes nothing where none can be taken', async () => {
    await world.owner.query(`update migrations.applied a set sha256 = $1 where name = '0008_slices.sql'`, [
      createHash('sha256')
        .update(await readFile(join(migrationsFolder, '0008_slices.sql')))
        .digest('hex'),
    ])
    // As a version before 0011 left it.
    await world.owner.query(`drop table app.backups, app.restores, app.good, app.half;
      alter table notices.outbox drop column held; alter table jobs.jobs drop column held;
      delete from migrations.applied where name = '0011_backup.sql'; update app.installation set fingerprint = ''`)
    const backups = join(world.dataDir, 'backups')
    await writeFile(backups, 'no folder can be made here')
    const refused = await spawnServer(world)
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain('No backup could be taken before 0011_backup.sql, so nothing was changed')
    expect(refused.output()).toContain('BACKUP_BEFORE_MIGRATION=0')
    await rm(backups)
    await mkdir(backups)
    for (const year of [2023, 2024, 2025])
      await writeFile(join(backups, `before-0.0.1-${year}0101T000000Z.tar.zst`), '')
    const server = await spawnServer(world)
    expect(server.output()).toContain('took a backup before the upgrade: ')
    expect((await server.as('A1', 'GET /orders')).status).toBe(200)
    await server.kill()
    const names = (await readdir(backups)).sort()
    expect(names).toEqual([
      'before-0.0.1-20240101T000000Z.tar.zst',
      'before-0.0.1-20250101T000000Z.tar.zst',
      expect.stringMatching(/^before-\d+\.\d+\.\d+-\d{8}T\d{6}Z\.tar\.zst$/),
    ])
    const { migrations } = await verifyBackup(join(backups, names[2]!))
    expect(migrations.map(({ name }) => name)).not.toContain('0011_backup.sql')
  })

  it('F10 migrations only add, so that the version before them can go on; one that does more says why it may', async () => {
    const names = (await readdir(migrationsFolder)).filter((name) => name > firstRelease)
    const texts = await Promise.all(names.map((name) => readFile(join(migrationsFolder, name), 'utf8')))
    expect(texts.flatMap(removals)).toEqual([])
    expect(removals('alter table a.b\n  drop column c, add column d text;\nalter table a.b rename to c')).toHaveLength(
      2,
    )
    expect(removals('alter table a.b alter column c set not null')).toHaveLength(1)
    expect(removals('-- older versions bear it: nobody reads c\nalter table a.b drop column c')).toEqual([])
    expect(removals('alter table a.b drop constraint c, alter column d drop not null; drop index e')).toEqual([])
  })
})

/** Migrations up to here are of the first release: no older version is in use. */
const firstRelease = '0044'

/** Statements that take something away which an older version may still be using. */
const removals = (sql: string): string[] =>
  sql
    .split(';')
    .filter((statement) => !/-- older versions bear it: \S/.test(statement))
    .map((statement) => statement.replace(/--.*$/gm, '').trim())
    .filter((statement) =>
      /\bdrop\s+(?!constraint|index|not\s+null|default)|\brename\b|\btruncate\b|\balter\s+(column\s+)?\w+\s+(type|set\s+data\s+type|set\s+not\s+null)\b/i.test(
        statement,
      ),
    )

async function asAdmin(database: string, statement: string): Promise<number | null> {
  const admin = new pg.Client({ ...inject('server').admin, database } as pg.ClientConfig)
  await admin.connect()
  try {
    return (await admin.query(statement)).rowCount
  } finally {
    await admin.end()
  }
}

const ownerOf = ({ host, port, database, user, password }: pg.Client): pg.ClientConfig => ({
  host,
  port,
  database: database!,
  user: user!,
  password: password!,
})
