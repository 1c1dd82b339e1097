import type pg from 'pg'

/** What a PostgreSQL says of itself. */
export interface ServerFacts {
  /** As server_version_num: 150018 is 15.18. */
  version: number
  isStandby: boolean
  /** The process that answers is not the one that was connected to: something stands in front. */
  isPooled: boolean
  settings: Record<string, string>
  /** Settings that were given to our logins or this database by hand, as `login: name=value`. */
  ownSettings: string[]
}

/**
 * The first minor version of each major in which row-level security holds as far as is known: before it, statistics told
 * of rows that policies hide (CVE-2025-8713), and cached plans were run under the policies of another role (CVE-2024-10976).
 */
const floors: Record<number, number> = { 15: 14, 16: 10, 17: 6, 18: 0 }

export async function askServer(client: pg.Client, loginNames: readonly string[]): Promise<ServerFacts> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, pg_is_in_recovery() as standby, pg_backend_pid() as pid,
            (select jsonb_object_agg(name, setting) from pg_settings
              where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')) as settings,
            array(select coalesce(r.rolname, 'the database') || ': ' || c from pg_db_role_setting s
                    left join pg_roles r on r.oid = s.setrole cross join unnest(s.setconfig) c
                   where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
                     and (r.rolname is null or r.rolname = any ($1))) as own_settings`,
    [loginNames],
  )
  const { version, standby, pid, settings, own_settings: ownSettings } = rows[0]
  const isPooled = pid !== (client as unknown as { processID: number | null }).processID
  return { version, isStandby: standby, isPooled, settings, ownSettings }
}

/**
 * Why this server must not be used, in sentences; empty is well. What is asked of how it writes does not count for
 * databases of tests.
 * @param allows what the operator has taken upon himself
 */
export function objections(facts: ServerFacts, allows: { noChecksums: boolean; isTest: boolean }): string[] {
  const found: string[] = []
  const [major, minor] = [Math.floor(facts.version / 10_000), facts.version % 10_000]
  const floor = floors[major] ?? (major < 15 ? undefined : 0)
  if (floor === undefined) found.push(`This is PostgreSQL ${major}: use 15 or newer.`)
  else if (minor < floor)
    found.push(
      `PostgreSQL ${major}.${minor} has known holes in row-level security: bring it to ${major}.${floor} or newer.`,
    )
  if (facts.isPooled)
    found.push('A connection pooler answers here: set DATABASE_DIRECT_URL to the address of PostgreSQL itself.')
  if (facts.isStandby)
    found.push('This PostgreSQL is a standby, which takes no writes: set DATABASE_URL to the primary.')
  for (const setting of facts.ownSettings) {
    if (/: row_security=(off|false|no|0)$/i.test(setting))
      found.push(
        `row_security is off for ${setting.split(':')[0]}: ALTER ROLE … RESET row_security (or ALTER DATABASE).`,
      )
  }
  if (allows.isTest) return found
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'])
    if (facts.settings[name] === 'off' || facts.ownSettings.some((setting) => setting.endsWith(`: ${name}=off`)))
      found.push(`${name} is off: what was acknowledged may be lost. Set ${name} = on in postgresql.conf and reload.`)
  if (facts.settings.data_checksums === 'off' && !allows.noChecksums)
    found.push(
      'The cluster has no data checksums, so a damaged disk could give wrong answers in silence. Stop PostgreSQL, run ' +
        'pg_checksums --enable -D DATA_DIRECTORY (a minute for each 10 GB or so), and start it; or set ALLOW_NO_CHECKSUMS=1, where the file system keeps checksums of its own.',
    )
  return found
}
