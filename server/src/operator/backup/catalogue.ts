import type pg from 'pg'
import type { KeptSequence } from './manifest.ts'

/** A table to be kept: what a statement needs to know to write its rows and to read them back. */
export interface TableShape {
  /** `schema.table` */
  name: string
  /** In the order in which a row's values stand. */
  columns: string[]
  /** The primary key, as it stands in an ORDER BY. */
  key: string[]
}

/** Tables of ours that no backup holds, each with the reason. Every other one is in it, whoever made it. */
export const leftOut: Record<string, string> = {
  'app.logins': 'names of roles of this PostgreSQL; written at every start',
  'app.context_key': 'a secret; every database has its own',
  'app.built_in_roles': "the program's; written at every upgrade",
  'migrations.applied': 'stands in the manifest; the restore applies them',
  'identity.sessions': 'no session and no key outlives a restore',
  'identity.one_time_tokens': 'no link outlives a restore',
  'identity.challenges': 'what passkeys are to sign within minutes',
  'identity.attempts': 'counts failed sign-ins of the last minutes',
}

/** Every table that belongs to the owner but those left out, as the catalogue has it; by name. */
export async function tablesToKeep(owner: pg.Client): Promise<TableShape[]> {
  const { rows } = await owner.query<TableShape>(
    `select n.nspname || '.' || c.relname as name,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
            array(select quote_ident(a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end from pg_index i cross join unnest(i.indkey::smallint[]) with ordinality k(attnum, position)
                    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                   where i.indrelid = c.oid and i.indisprimary order by k.position) as key
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and pg_get_userbyid(c.relowner) = current_user
      order by n.nspname collate "C", c.relname collate "C"`,
  )
  const kept = rows.filter(({ name }) => !(name in leftOut))
  const keyless = kept.find(({ key }) => key.length === 0)
  if (keyless) throw new Error(`The table ${keyless.name} has no primary key, so its rows have no order to be kept in.`)
  return kept
}

export async function sequencesToKeep(owner: pg.Client): Promise<KeptSequence[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and pg_get_userbyid(c.relowner) = current_user order by 1`,
  )
  const kept: KeptSequence[] = []
  for (const { name } of rows) {
    const { rows } = await owner.query<Omit<KeptSequence, 'name'>>(
      `select last_value as value, is_called as "isCalled" from ${quoted(owner, name)}`,
    )
    kept.push({ name, ...rows[0]! })
  }
  return kept
}

/** `schema.table` as it stands in a statement. */
export const quoted = (owner: pg.Client, name: string) => name.split('.').map(owner.escapeIdentifier).join('.')

export const columnList = (owner: pg.Client, table: TableShape) => table.columns.map(owner.escapeIdentifier).join(', ')

/**
 * Writes a table's rows as text in the order of its key, whatever the collation of the database: the same rows give the
 * same bytes everywhere, once `asText` was called on the connection.
 */
export function copyOut(owner: pg.Client, table: TableShape): string {
  return `copy (select ${columnList(owner, table)} from ${quoted(owner, table.name)} order by ${table.key.join(', ')}) to stdout`
}

/** Settings of a connection that decide how values look as text, and that it may take its time. */
export async function asText(owner: pg.Client): Promise<void> {
  await owner.query(`set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
    set extra_float_digits = 1; set idle_in_transaction_session_timeout = 0; set statement_timeout = 0; set lock_timeout = 0`)
}
