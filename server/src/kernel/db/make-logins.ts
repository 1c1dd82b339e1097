import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Located, readInstallationId } from './located.ts'
import { logins } from './pools.ts'

/**
 * The statements that make the logins of an installation, with their passwords, and give them what they need of the
 * database. They may be run any number of times. Passwords stand in them as SCRAM verifiers, so that neither a script
 * nor the server's log holds one.
 */
export function loginStatements({ target, login, installation }: Located, rolesSql: string): string {
  const name = (text: string) => pg.escapeIdentifier(text)
  const database = name(target.database)
  const all = logins.map((one) => name(login(one).user)).join(', ')
  return [
    rolesSql.trim(),
    ...logins.map((one) => {
      const { user, password } = login(one)
      return `alter role ${name(user)} password ${pg.escapeLiteral(scramVerifier(password))};`
    }),
    `comment on role ${name(login('owner').user)} is ${pg.escapeLiteral(`crossdock ${rolesVersion(rolesSql)}`)};`,
    `comment on database ${database} is ${pg.escapeLiteral(`crossdock ${installation}`)};`,
    `grant connect on database ${database} to ${all};`,
    `grant create on database ${database} to ${name(login('owner').user)};`,
    `revoke temporary on database ${database} from public;`,
  ].join('\n')
}

/**
 * Makes the logins, where `client` may; where it may not, sees that somebody did.
 * @param mayRekey whether logins that stand may get new passwords, since the secret is another than it was
 * @throws Error with a sentence for the operator
 */
export async function ensureLogins(
  client: pg.Client,
  located: Located,
  rolesSql: string,
  { mayRekey, isRefused }: { mayRekey: boolean; isRefused: boolean },
): Promise<void> {
  const owner = located.login('owner').user
  const { rows } = await client.query<{
    may_make: boolean
    made: string[]
    version: string | null
    named: string | null
    may_create: boolean
  }>(
    `select (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_make,
            array(select rolname::text from pg_roles where rolname = any ($1)) as made,
            (select shobj_description(oid, 'pg_authid') from pg_roles where rolname = $2) as version,
            (select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()) as named,
            (select has_database_privilege(oid, current_database(), 'create') from pg_roles where rolname = $2) as may_create`,
    [logins.map((one) => located.login(one).user), owner],
  )
  const { may_make: mayMake, made, version, named, may_create: mayCreate } = rows[0]!
  if (made.length > 0 && isRefused && !(mayMake && mayRekey)) throw new Error(otherSecret)
  if (mayMake) {
    await client.query(loginStatements(located, rolesSql))
    return
  }
  const complaint =
    made.length < logins.length
      ? 'its logins are missing'
      : version !== `crossdock ${rolesVersion(rolesSql)}`
        ? 'its logins were made for another version'
        : !mayCreate || named !== `crossdock ${located.installation}`
          ? `it is not ${owner}'s to work in`
          : undefined
  if (complaint) throw new Error(`The database is not ready for this program: ${complaint}, and ${howToMake}`)
}

const howToMake =
  'the user of DATABASE_URL may not make them. Let an administrator of the server run what this prints, then start ' +
  'again:\n  npm run --silent crossdock -- roles-sql'

const otherSecret =
  "This database was made with another CROSSDOCK_SECRET, so its logins don't let this program in. Set the one its first " +
  'server uses: the variable itself, or the file "secret" in its DATA_DIR. Where the secret is to change, stop every ' +
  'server and let an administrator of the database server run what this prints:\n  npm run --silent crossdock -- roles-sql'

const rolesVersion = (rolesSql: string) => createHash('sha256').update(rolesSql).digest('hex').slice(0, 12)

/**
 * The id of an installation: the one its database remembers, else one that follows from the secret and the name of the
 * database, so that those who start at once, and a script that was printed before, agree on it.
 */
export async function installationIdOf(client: pg.Client, database: string, secret: string): Promise<string> {
  return (await readInstallationId(client, database)) ?? derivedInstallationId(database, secret)
}

export const derivedInstallationId = (database: string, secret: string) =>
  createHmac('sha256', secret).update(`installation ${database}`).digest('hex').slice(0, 8)

/** What PostgreSQL keeps of a password (RFC 5803): with it one can check the password, not sign in. */
function scramVerifier(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
}
