import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inTransaction } from './client.ts'
import { lint } from './lint.ts'
import { asOwner, type Located, locatedAt, look } from './located.ts'
import { ensureLogins, installationIdOf } from './make-logins.ts'
import { type Applied, applyMigrations, migrate, pendingMigrations } from './migrate.ts'
import { type Login, logins, type Target } from './pools.ts'
import { askServer, objections } from './server-checks.ts'
import { type BuiltInRole, readSource, type Source } from './source.ts'

/** A database that is ready to be used. */
export interface Prepared extends Located {
  /** Stamped at its making: made to be broken by tests. */
  isTest: boolean
}

/** Fills an empty database with the rows of another, in the transaction that makes its schema: whole or not at all. */
export interface Filling {
  /** Loads the rows, once `migrateTo` made the schema that fits them. */
  load(owner: pg.Client, migrateTo: (applied: readonly Applied[]) => Promise<void>): Promise<void>
  /** What remains to be said once the schema is this program's, functions and policies stand. */
  settle(owner: pg.Client, located: Located): Promise<void>
  /** Nothing was committed: takes back what was done beside the database. */
  undo(): Promise<void>
}

export interface PrepareOptions {
  isTest?: boolean
  log?: (line: string) => void
  /** Whether logins may get new passwords where the secret is another: only where no other server can be using them. */
  mayRekey?: boolean
  /** The operator answers for what his disks keep. */
  allowNoChecksums?: boolean
  /** Awaited before migrations are applied to a database that has some. */
  beforeMigrating?: (located: Located, pending: string[]) => Promise<void>
  fill?: Filling
}

/**
 * Makes a database fit for this program: login roles with passwords derived from the secret, migrations, functions,
 * policies, built-in roles. Where all this was applied already, it only looks; so it may run beside a working server, and
 * of several that start at once one does the work and the others wait.
 * @param roles the built-in roles, carried into every account
 * @param admin a login that may create roles, and the database if it is missing; without that right, one that may connect
 * @throws Error with a sentence for the operator
 */
export async function prepare(
  admin: Target & Login,
  secret: string,
  roles: readonly BuiltInRole[],
  options: PrepareOptions = {},
): Promise<Prepared> {
  await ensureDatabase(admin)
  const client = await connected(admin)
  try {
    if (options.fill) await refuseUnlessEmpty(client)
    const installation = await installationIdOf(client, admin.database, secret)
    const located = locatedAt(admin, installation, secret)
    const { target, login } = located
    const names = logins.map((name) => login(name).user)
    const facts = await askServer(client, names)
    // What is wrong with any server is said before anything is made there.
    refuse('This database server cannot be used', objections(facts, { isTest: true, noChecksums: true }))
    const source = await readSource(roles, installation)
    if (!(await isAsApplied(located, source)))
      await alone(admin, async () => {
        if (!(await isAsApplied(located, source))) await apply(client, located, source, roles, options)
      })
    return await asOwner(target, login, async (owner) => {
      refuse('The database does not keep its rules, so nothing is started', await lint(owner, names))
      const { rows } = await owner.query<{ is_test: boolean }>('select is_test from app.installation')
      const isTest = rows[0]!.is_test
      const noChecksums = options.allowNoChecksums ?? false
      refuse('This database server cannot be used', objections(facts, { isTest, noChecksums }))
      return { ...located, isTest }
    })
  } finally {
    await client.end()
  }
}

function refuse(what: string, reasons: string[]): void {
  if (reasons.length > 0) throw new Error(`${what}:\n  ${reasons.join('\n  ')}`)
}

async function isAsApplied({ target, login }: Located, source: Source): Promise<boolean> {
  const known = await look(target, login)
  if (typeof known === 'string' || known.fingerprint === source.fingerprint) return typeof known !== 'string'
  // Refused before anything is touched, where another version works here.
  pendingMigrations(source.migrations, known.applied)
  return false
}

/**
 * Works while nobody else does so on this database. The lock is a transaction's, so that it ends with the connection,
 * whatever happens; it is none of those that do the work, which commit.
 */
async function alone(admin: Target & Login, work: () => Promise<void>): Promise<void> {
  const client = await connected(admin)
  try {
    await client.query('begin')
    await client.query('set local idle_in_transaction_session_timeout = 0')
    await client.query("select pg_advisory_xact_lock(hashtext('crossdock prepare'))")
    await work()
  } finally {
    await client.end()
  }
}

async function apply(
  client: pg.Client,
  located: Located,
  source: Source,
  roles: readonly BuiltInRole[],
  options: PrepareOptions,
): Promise<void> {
  const { target, login, installation } = located
  const isRefused = (await look(target, login)) === 'refused'
  await ensureLogins(client, located, source.roles, { mayRekey: options.mayRekey ?? false, isRefused })
  await asOwner(target, login, async (owner) => {
    const applyRest = () => applySource(owner, source, roles, { installation, login, isTest: options.isTest ?? false })
    if (options.fill) return await fillDatabase(owner, source, options.fill, located, applyRest)
    await migrate(owner, source.migrations, source.localised, {
      log: options.log,
      before: (pending) => options.beforeMigrating?.(located, pending),
    })
    await inTransaction(owner, applyRest)
  })
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
      limit 1`,
  )
  if (rows[0])
    throw new Error(
      `This database is not empty (it has ${rows[0].name}), so nothing was restored. Name a new DATA_DIR or an empty database.`,
    )
}

async function fillDatabase(
  owner: pg.Client,
  source: Source,
  fill: Filling,
  located: Located,
  applyRest: () => Promise<void>,
): Promise<void> {
  let pending = source.migrations
  try {
    await owner.query('begin')
    await owner.query('set local idle_in_transaction_session_timeout = 0')
    await fill.load(owner, async (applied) => {
      pending = pendingMigrations(source.migrations, applied, 'backup')
      const fitting = source.migrations.filter((migration) => !pending.includes(migration))
      await applyMigrations(owner, fitting, source.localised)
    })
    await applyMigrations(owner, pending, source.localised)
    await applyRest()
    await fill.settle(owner, located)
    await owner.query('commit')
  } catch (error) {
    await fill.undo()
    throw error
  }
}

async function applySource(
  owner: pg.Client,
  source: Source,
  roles: readonly BuiltInRole[],
  stamps: { installation: string; login: Located['login']; isTest: boolean },
): Promise<void> {
  await fillRoles(owner, roles)
  for (const sql of [...source.functions, ...source.policies]) await owner.query(sql)
  await owner.query('drop procedure app.allow')
  await owner.query('select access.sync_roles()')
  await stamp(owner, stamps.installation, stamps.login, stamps.isTest)
  await owner.query('update app.installation set fingerprint = $1', [source.fingerprint])
}

/** Makes the database where it is missing. */
async function ensureDatabase(admin: Target & Login): Promise<void> {
  const there = await connected(admin).catch((error: { code?: string }) => {
    if (error.code !== '3D000') throw error
  })
  if (there) return await there.end()
  const client = await connected({ ...admin, database: 'postgres' })
  try {
    await client.query(`create database ${client.escapeIdentifier(admin.database)}`)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '42501')
      throw new Error(
        `There is no database "${admin.database}", and the user of DATABASE_URL may not make it: let an administrator do so.`,
      )
    // Another server that starts at this moment was faster.
    if (code !== '42P04' && code !== '23505') throw error
  } finally {
    await client.end()
  }
}

async function connected(admin: Target & Login): Promise<pg.Client> {
  const client = new pg.Client(admin as pg.ClientConfig)
  client.on('error', () => {})
  await client.connect()
  return client
}

async function fillRoles(client: pg.Client, roles: readonly BuiltInRole[]): Promise<void> {
  await client.query('drop table if exists app.built_in_roles')
  await client.query(`create table app.built_in_roles (
    slug text collate "C" primary key, name text not null, audience text not null, permissions text[] not null,
    switches text[] not null, begins_on text[] not null)`)
  for (const { slug, name, audience, permissions, switches = [], beginsOn = [] } of roles)
    await client.query('insert into app.built_in_roles values ($1, $2, $3, $4, $5, $6)', [
      slug,
      name,
      audience,
      permissions,
      switches,
      beginsOn,
    ])
}

async function stamp(client: pg.Client, installation: string, login: Located['login'], isTest: boolean): Promise<void> {
  await client.query('insert into app.installation (id, is_test) values ($1, $2) on conflict do nothing', [
    installation,
    isTest,
  ])
  for (const audience of ['staff', 'client', 'supplier'] as const) {
    await client.query(
      'insert into app.logins values ($1, $2) on conflict (audience) do update set role_name = excluded.role_name',
      [audience, login(audience).user],
    )
  }
  const key = randomBytes(32)
  const pad = (byte: number) => Buffer.from(Buffer.concat([key, Buffer.alloc(32)]).map((value) => value ^ byte))
  await client.query('insert into app.context_key (inner_pad, outer_pad) values ($1, $2) on conflict do nothing', [
    pad(0x36),
    pad(0x5c),
  ])
}
