import { createHmac } from 'node:crypto'
import pg from 'pg'
import { hasTable } from './client.ts'
import { type Applied, appliedMigrations } from './migrate.ts'
import type { Login, LoginName, Target } from './pools.ts'

/** Where the database of an installation is, and how each login gets in. */
export interface Located {
  target: Target
  login: (name: LoginName) => Login
  installation: string
}

/**
 * Where the database of an installation is, without touching it: nothing is applied, whatever version made it.
 * @throws Error with a sentence where there is none
 */
export async function locate(admin: Target & Login, secret: string): Promise<Located> {
  const client = new pg.Client(admin as pg.ClientConfig)
  await client.connect()
  try {
    const installation = await readInstallationId(client, admin.database)
    if (!installation) throw new Error(`The database "${admin.database}" holds no Crossdock.`)
    return locatedAt(admin, installation, secret)
  } finally {
    await client.end()
  }
}

export function locatedAt(admin: Target & Login, installation: string, secret: string): Located {
  const { user: _user, password: _password, ...target } = admin
  return { target, login: logInAs(installation, secret), installation }
}

/**
 * What was applied last. `refused` where the owner's login is missing or the secret is another.
 * @throws what PostgreSQL says otherwise
 */
export async function look(
  target: Target,
  login: Located['login'],
): Promise<{ fingerprint: string | undefined; applied: Applied[] } | 'refused'> {
  try {
    return await asOwner(target, login, async (owner) => {
      const applied = await appliedMigrations(owner)
      if (!(await hasTable(owner, 'app.installation'))) return { applied, fingerprint: undefined }
      return {
        applied,
        fingerprint: (await owner.query('select fingerprint from app.installation')).rows[0]?.fingerprint,
      }
    })
  } catch (error) {
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return 'refused'
    throw error
  }
}

/** How each login of an installation gets in: its password is an HMAC of its name under the secret. */
export const logInAs =
  (installation: string, secret: string) =>
  (name: LoginName): Login => ({
    user: `cd_${installation}_${name}`,
    password: createHmac('sha256', secret).update(`login ${installation} ${name}`).digest('base64url'),
  })

/** Works with the owner's connection, outside of a transaction. */
export async function asOwner<T>(
  target: Target,
  login: Located['login'],
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

/** The installation's id stands in the database's comment, where it can be read before any table exists. */
export async function readInstallationId(client: pg.Client, database: string): Promise<string | undefined> {
  const { rows } = await client.query(
    "select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1",
    [database],
  )
  return /^crossdock ([0-9a-f]{8})$/.exec(rows[0]?.comment ?? '')?.[1]
}
