import { createHmac, randomBytes } from 'node:crypto'
import pg from 'pg'
import { lint } from './lint.ts'
import { migrate } from './migrate.ts'
import { type Login, type LoginName, logins, type Target } from './pools.ts'
import { type BuiltInRole, migrationsFolder, readSource, type Source } from './source.ts'

/** A database that is ready to be used: where it is and how each login gets in. */
export interface Prepared {
  target: Target
  login: (name: LoginName) => Login
  installation: string
  /** Stamped at its making: made to be broken by tests. */
  isTest: boolean
}

/**
 * Makes a database fit for this program: login roles with passwords derived from the secret, migrations, functions,
 * policies, built-in roles. Where all this was applied already, it only looks; so it may run beside a working server.
 * @param roles the built-in roles, carried into every account
 * @param admin a login that may create roles, and the database if it is missing
 * @throws Error with a sentence for the operator
 */
export async function prepare(
  admin: Target & Login,
  secret: string,
  roles: readonly BuiltInRole[],
  options: { isTest?: boolean; log?: (line: string) => void } = {},
): Promise<Prepared> {
  await ensureDatabase(admin)
  const client = new pg.Client(admin as pg.ClientConfig)
  await client.connect()
  try {
    const installation = await installationId(client, admin.database)
    const login = logInAs(installation, secret)
    const target: Target = {
      host: admin.host,
      port: admin.port,
      database: admin.database,
      ...(admin.ssl ? { ssl: admin.ssl } : {}),
    }
    const source = await readSource(roles, installation)
    if ((await appliedFingerprint(target, login)) !== source.fingerprint) {
      await client.query("select pg_advisory_lock(hashtext('crossdock prepare'))")
      await makeLogins(client, admin.database, login, source.roles)
      await installQueue(target, login)
      await client.query(
        `revoke create on database ${client.escapeIdentifier(admin.database)} from ${client.escapeIdentifier(login('worker').user)}`,
      )
      await asOwner(target, login, async (owner) => {
        await migrate(owner, migrationsFolder, source.localised, options.log)
        await applySource(owner, source, roles, { installation, login, isTest: options.isTest ?? false })
      })
    }
    const isTest = await asOwner(target, login, async (owner) => {
      const broken = await lint(
        owner,
        logins.map((name) => login(name).user),
      )
      if (broken.length > 0)
        throw new Error(`The database does not keep its rules, so nothing is started:\n  ${broken.join('\n  ')}`)
      return (await owner.query<{ is_test: boolean }>('select is_test from app.installation')).rows[0]!.is_test
    })
    return { target, login, installation, isTest }
  } finally {
    await client.end()
  }
}

/** What was applied last; undefined where nothing was yet, or the secret is another. */
async function appliedFingerprint(target: Target, login: Prepared['login']): Promise<string | undefined> {
  try {
    return await asOwner(
      target,
      login,
      async (owner) => (await owner.query('select fingerprint from app.installation')).rows[0]?.fingerprint,
    )
  } catch {
    return undefined
  }
}

async function makeLogins(
  client: pg.Client,
  database: string,
  login: Prepared['login'],
  rolesSql: string,
): Promise<void> {
  await client.query(rolesSql)
  for (const name of logins) {
    const { user, password } = login(name)
    await client.query(`alter role ${client.escapeIdentifier(user)} password ${client.escapeLiteral(password)}`)
  }
  const owner = client.escapeIdentifier(login('owner').user)
  const worker = client.escapeIdentifier(login('worker').user)
  await client.query(`grant ${owner}, ${worker} to current_user`)
  await client.query(`grant create on database ${client.escapeIdentifier(database)} to ${owner}, ${worker}`)
  await client.query(`revoke temporary on database ${client.escapeIdentifier(database)} from public`)
}

async function applySource(
  owner: pg.Client,
  source: Source,
  roles: readonly BuiltInRole[],
  stamps: { installation: string; login: Prepared['login']; isTest: boolean },
): Promise<void> {
  await owner.query('begin')
  await fillRoles(owner, roles)
  for (const sql of [...source.functions, ...source.policies]) await owner.query(sql)
  await owner.query('drop procedure app.allow')
  await owner.query('select access.sync_roles()')
  await stamp(owner, stamps.installation, stamps.login, stamps.isTest)
  await owner.query('update app.installation set fingerprint = $1', [source.fingerprint])
  await owner.query('commit')
}

/** How each login of an installation gets in: its password is an HMAC of its name under the secret. */
export const logInAs =
  (installation: string, secret: string) =>
  (name: LoginName): Login => ({
    user: `cd_${installation}_${name}`,
    password: createHmac('sha256', secret).update(`login ${installation} ${name}`).digest('base64url'),
  })

async function asOwner<T>(
  target: Target,
  login: Prepared['login'],
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...(target as pg.ClientConfig), ...login('owner') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function ensureDatabase(admin: Target & Login): Promise<void> {
  const client = new pg.Client({ ...(admin as pg.ClientConfig), database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [admin.database])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(admin.database)}`)
  } finally {
    await client.end()
  }
}

/** The installation's id stands in the database's comment, where it can be read before any table exists. */
async function installationId(client: pg.Client, database: string): Promise<string> {
  const { rows } = await client.query(
    "select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1",
    [database],
  )
  const known = /^crossdock ([0-9a-f]{8})$/.exec(rows[0]?.comment ?? '')?.[1]
  if (known) return known
  const fresh = randomBytes(4).toString('hex')
  await client.query(`comment on database ${client.escapeIdentifier(database)} is 'crossdock ${fresh}'`)
  return fresh
}

async function fillRoles(client: pg.Client, roles: readonly BuiltInRole[]): Promise<void> {
  await client.query(`create table if not exists app.built_in_roles (
    slug text collate "C" primary key, name text not null, audience text not null, permissions text[] not null)`)
  await client.query('delete from app.built_in_roles')
  for (const role of roles) {
    await client.query('insert into app.built_in_roles values ($1, $2, $3, $4)', [
      role.slug,
      role.name,
      role.audience,
      role.permissions,
    ])
  }
}

async function stamp(
  client: pg.Client,
  installation: string,
  login: Prepared['login'],
  isTest: boolean,
): Promise<void> {
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

/** The job queue belongs to the worker's login; one function of its lets the owner's code wake it. */
async function installQueue(target: Target, login: Prepared['login']): Promise<void> {
  const { runMigrations } = await import('graphile-worker')
  const pool = new pg.Pool({ ...(target as pg.PoolConfig), ...login('worker'), max: 1 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool: pool })
    await pool.query(`create or replace function graphile_worker.crossdock_wake(account_id uuid, job_id uuid) returns void
      language sql security definer set search_path = pg_catalog as $$
      select graphile_worker.add_job('run', json_build_object('accountId', account_id, 'jobId', job_id), max_attempts => 3,
        job_key => job_id::text) $$`)
    const owner = login('owner').user
    await pool.query(`revoke all on function graphile_worker.crossdock_wake from public`)
    await pool.query(`grant usage on schema graphile_worker to "${owner}"`)
    await pool.query(`grant execute on function graphile_worker.crossdock_wake to "${owner}"`)
  } finally {
    await pool.end()
  }
}
