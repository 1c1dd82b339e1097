import type pg from 'pg'
import { definerFunctions } from './definer-functions.ts'

/**
 * What must be true of the catalogue, whoever wrote the last migration: asked at every start and in the tests. Each query
 * returns the offenders; none may return a row. `$1` is the list of our schemas, `$2` of our logins.
 */
export const checks: { rule: string; query: string }[] = [
  {
    rule: 'every table has row-level security, enabled and forced',
    query: `select n.nspname || '.' || c.relname as offender from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = any ($1) and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity) and $2::text[] is not null`,
  },
  {
    rule: 'every table with an account has the restrictive policy own_account',
    query: `select n.nspname || '.' || c.relname as offender from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
             where n.nspname = any ($1) and c.relkind in ('r', 'p') and $2::text[] is not null and not exists (
               select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_account' and not p.polpermissive and p.polcmd = '*')`,
  },
  {
    rule: 'no policy applies to everybody',
    query: `select schemaname || '.' || tablename || ': ' || policyname as offender from pg_policies
             where schemaname = any ($1) and 'public' = any (roles) and $2::text[] is not null`,
  },
  {
    rule: 'a policy that lets rows in asks for a permission, or for oneself',
    query: `select schemaname || '.' || tablename || ': ' || policyname as offender from pg_policies
             where schemaname = any ($1) and permissive = 'PERMISSIVE'
               and exists (select from unnest(roles) r where r::text = any ($2) and r::text ~ '_(staff|client|supplier)$')
               and coalesce(qual, '') || coalesce(with_check, '') !~ 'app\\.(may|(stores|party|member|clients|transfers)_where_may|member_id|account_id|party_id)' and policyname <> 'the account''s own party'`,
  },
  {
    rule: 'our logins are neither superusers nor may they bypass, create roles or databases, or replicate',
    query: `select rolname as offender from pg_roles where rolname = any ($2)
               and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication) and $1::text[] is not null`,
  },
  {
    rule: 'what is ours belongs to the owner login, whom policies bind like any other',
    query: `select n.nspname || '.' || c.relname || ' of ' || r.rolname as offender from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_roles r on r.oid = c.relowner where n.nspname = any ($1) and not (r.rolname = any ($2) and r.rolname ~ '_owner$')`,
  },
  {
    rule: 'no login belongs to another role',
    query: `select r.rolname as offender from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = any ($2) and $1::text[] is not null`,
  },
  {
    rule: 'nobody in particular has a right on a table',
    query: `select table_schema || '.' || table_name as offender from information_schema.table_privileges
             where table_schema = any ($1) and grantee = 'PUBLIC' and $2::text[] is not null`,
  },
  {
    rule: 'no login may truncate, reference or put triggers',
    query: `select grantee || ' ' || privilege_type || ' ' || table_schema || '.' || table_name as offender from information_schema.table_privileges
             where table_schema = any ($1) and grantee = any ($2) and grantee !~ '_owner$' and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')`,
  },
  {
    rule: 'nobody in particular may run our functions',
    query: `select n.nspname || '.' || p.proname as offender from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = any ($1) and $2::text[] is not null and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`,
  },
  {
    rule: 'every function fixes its search path, or was read with one when it was made',
    query: `select n.nspname || '.' || p.proname as offender from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = any ($1) and $2::text[] is not null and p.prosqlbody is null
               and not coalesce(p.proconfig::text, '') ~ 'search_path'`,
  },
  {
    rule: 'the supplier login has no right on orders, catalogue, rules, outbox or imports',
    query: `select grantee || ' ' || privilege_type || ' ' || table_schema || '.' || table_name as offender from information_schema.column_privileges
             where grantee = any ($2) and grantee ~ '_supplier$' and table_schema = any ($1)
               and table_schema in ('orders', 'catalog', 'stock', 'channels', 'automation', 'notices', 'intake', 'privacy', 'identity', 'transfers', 'portal')`,
  },
  {
    rule: 'no login but identity reads identities',
    query: `select grantee || ' ' || table_name as offender from information_schema.column_privileges
             where table_schema = 'identity' and table_schema = any ($1) and grantee = any ($2) and grantee !~ '_(identity|owner)$'`,
  },
  {
    rule: 'nobody writes the status of an order, it is computed',
    query: `select grantee as offender from information_schema.column_privileges
             where table_schema = 'orders' and table_schema = any ($1) and table_name = 'orders' and column_name = 'status'
               and privilege_type in ('INSERT', 'UPDATE') and grantee = any ($2) and grantee !~ '_owner$'`,
  },
  {
    rule: 'nobody writes, changes or deletes an audit record, but the sealer its place in the chain',
    query: `select grantee || ' ' || privilege_type || ' ' || table_name || '.' || column_name as offender from information_schema.column_privileges
             where table_schema = 'access' and table_schema = any ($1) and table_name in ('audit', 'audit_values', 'audit_heads')
               and privilege_type in ('INSERT', 'UPDATE') and grantee = any ($2) and grantee !~ '_owner$'
               and not (grantee ~ '_worker$' and (table_name = 'audit_heads' or privilege_type = 'UPDATE' and table_name = 'audit' and column_name in ('seq', 'hash')))
            union all
            select grantee || ' DELETE ' || table_name from information_schema.table_privileges
             where table_schema = 'access' and table_schema = any ($1) and table_name in ('audit', 'audit_values', 'audit_heads')
               and privilege_type = 'DELETE' and grantee = any ($2) and grantee !~ '_owner$'`,
  },
  {
    rule: 'a reference between two tables with an account carries the account',
    query: `select c.conname || ' on ' || c.conrelid::regclass as offender from pg_constraint c join pg_class t on t.oid = c.conrelid
              join pg_namespace n on n.oid = t.relnamespace
             where c.contype = 'f' and n.nspname = any ($1) and $2::text[] is not null
               and exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = 'account_id')
               and exists (select from pg_attribute a where a.attrelid = c.confrelid and a.attname = 'account_id')
               and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = 'account_id' and a.attnum = any (c.conkey))`,
  },
  {
    rule: 'a reference between two tables of a store, or of a member, carries it', // perhaps under another name: who looks
    query: `select c.conname || ' on ' || c.conrelid::regclass as offender from pg_constraint c join pg_class t on t.oid = c.conrelid
              join pg_namespace n on n.oid = t.relnamespace cross join unnest(array['store_id', 'member_id']) as slice
             where c.contype = 'f' and n.nspname = any ($1) and $2::text[] is not null
               and exists (select from pg_attribute a where a.attrelid = c.confrelid and a.attname = slice)
               and exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = slice)
               and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = slice and a.attnum = any (c.conkey))
               and not exists (select from pg_attribute a where a.attrelid = c.confrelid and a.attname = slice and a.attnum = any (c.confkey))`,
  },
  {
    // But what the whole installation shares: the addresses of portals.
    rule: 'a unique key of a table with an account begins with the account',
    query: `select i.indexrelid::regclass::text as offender from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
              join pg_attribute a on a.attrelid = t.oid and a.attname = 'account_id' and not a.attisdropped
             where i.indisunique and n.nspname = any ($1) and n.nspname <> 'identity' and $2::text[] is not null and i.indkey[0] <> a.attnum
               and i.indexrelid::regclass::text not in ('access.members_by_user', 'portal.portals_slug_key', 'portal.portals_by_domain')`,
  },
  {
    rule: 'views run with the rights of who asks, and there is no materialized one',
    query: `select n.nspname || '.' || c.relname as offender from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = any ($1) and $2::text[] is not null and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(c.reloptions::text, '') ~ 'security_invoker=(true|on)'))`,
  },
  {
    rule: 'no login may create anything in our schemas or the database',
    query: `select r || ' in ' || s as offender from unnest($2::text[]) r cross join unnest($1::text[]) s
             where r !~ '_owner$' and has_schema_privilege(r, s, 'CREATE')
            union all
            select r from unnest($2::text[]) r where r !~ '_owner$' and has_database_privilege(r, current_database(), 'CREATE, TEMPORARY')`,
  },
]

export const schemas = [
  'app',
  'identity',
  'access',
  'catalog',
  'stock',
  'channels',
  'orders',
  'fulfillment',
  'automation',
  'jobs',
  'notices',
  'intake',
  'privacy',
  'transfers',
  'portal',
]

/** Every rule that is broken, with its offenders. Empty is well. */
export async function lint(client: pg.Client, loginNames: string[]): Promise<string[]> {
  const broken: string[] = []
  for (const { rule, query } of checks) {
    const { rows } = await client.query<{ offender: string }>(query, [schemas, loginNames])
    if (rows.length > 0) broken.push(`${rule}: ${rows.map((row) => row.offender).join(', ')}`)
  }
  const { rows } = await client.query<{ name: string }>(
    `select distinct n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname = any ($1)`,
    [schemas],
  )
  const present = rows.map((row) => row.name)
  const unknown = present.filter((name) => !(name in definerFunctions))
  const gone = Object.keys(definerFunctions).filter((name) => !present.includes(name))
  if (unknown.length > 0)
    broken.push(
      `a function with its owner's rights stands in definer-functions.ts, with the reason: ${unknown.join(', ')}`,
    )
  if (gone.length > 0) broken.push(`definer-functions.ts names functions that are gone: ${gone.join(', ')}`)
  return broken
}
