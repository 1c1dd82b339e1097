import pg from 'pg'
import { roles } from '#access'
import { locatedAt } from '#kernel/db/located.ts'
import { derivedInstallationId, installationIdOf, loginStatements } from '#kernel/db/make-logins.ts'
import { readSource } from '#kernel/db/source.ts'
import { readDatabaseUrl } from '../platform/database-url.ts'
import type { Settings } from '../platform/settings.ts'
import { Mistake } from './owner.ts'

/**
 * A script for psql that makes the logins of the installation in DATABASE_URL, for an administrator of the database server
 * to run where the program's own user may not. It may be run again, after an upgrade or when the secret changed.
 */
export async function rolesSql(settings: Settings): Promise<string> {
  const url = settings.databaseDirectUrl ?? settings.databaseUrl
  if (!url) throw new Mistake('DATABASE_URL is not set: the PostgreSQL that Crossdock brings has its logins already.')
  const admin = readDatabaseUrl(url)
  const installation = await knownId(admin, settings.secret)
  const source = await readSource(roles, installation)
  return `-- Makes the logins of a Crossdock in the database ${pg.escapeIdentifier(admin.database)}. Run it with psql as a superuser, or
-- as one who may create roles and owns the database: … roles-sql | psql -v ON_ERROR_STOP=1 postgresql://ADMIN@HOST/postgres
select 'create database ' || quote_ident(${pg.escapeLiteral(admin.database)})
 where not exists (select from pg_database where datname = ${pg.escapeLiteral(admin.database)}) \\gexec

begin;
${loginStatements(locatedAt(admin, installation, settings.secret), source.roles)}
commit;
`
}

/** The database may not be there yet, or not let us in: its id follows from its name then. */
async function knownId(admin: ReturnType<typeof readDatabaseUrl>, secret: string): Promise<string> {
  const client = new pg.Client({ ...(admin as pg.ClientConfig), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await installationIdOf(client, admin.database, secret)
  } catch {
    return derivedInstallationId(admin.database, secret)
  } finally {
    await client.end().catch(() => {})
  }
}
