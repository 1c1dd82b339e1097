import type pg from 'pg'
import type { Audience } from '#kernel/permissions.ts'
import { accounts } from '../../cast.ts'
import { chores, type House } from './houses.ts'
import type { Column, Table } from './planted.ts'
import { slices, variety } from './planted.ts'
import type { Prover } from './principals.ts'
import type { Deed, Row } from './right.ts'
import { may } from './rights.ts'

/** One statement as somebody, and what must come of it: the keys of rows, how many rows, or "refused". */
export interface Probe {
  deed: Deed
  sql: string
  expected: string
}
/** All that one principal tries on one table. */
export interface Attempt {
  who: Pick<Prover, 'name'> & Partial<Prover>
  probes: Probe[]
}
export type Grants = Map<string, Set<string>>

/**
 * Runs statements as a principal, each undone again: returns its rows' keys, the number of rows touched, or the error's
 * code. It runs with the rights of the login that calls it.
 */
export const probeFunction = `
  create schema proof;
  create function proof.probe(token_hash text, purpose text, door text, statements jsonb) returns jsonb language plpgsql as $$
  declare
    statement text;
    keys text;
    touched bigint;
    outcome text;
    outcomes jsonb := '[]';
  begin
    if token_hash is not null then
      perform app.enter(decode(token_hash, 'hex'), purpose, null, null, door);
    end if;
    for statement in select jsonb_array_elements_text(statements) loop
      begin
        if statement like 'select %' then
          execute statement into keys;
          outcome := keys;
        else
          execute statement;
          get diagnostics touched = row_count;
          outcome := touched::text;
        end if;
        raise exception using errcode = 'PRUNE';
      exception
        when sqlstate 'PRUNE' then null;
        when unique_violation then outcome := 'let through';
        when insufficient_privilege then outcome := 'refused';
        when others then outcome := sqlstate || ' ' || sqlerrm;
      end;
      outcomes := outcomes || to_jsonb(coalesce(outcome, ''));
    end loop;
    return outcomes;
  end $$;
  grant usage on schema proof to public;
  grant execute on function proof.probe to public;`

/** What a login may touch: "select orders.orders.number" and the like, for every column. */
export async function readGrants(
  client: pg.Client,
  logins: Record<Audience, string>,
): Promise<Record<Audience, Grants>> {
  const out = {} as Record<Audience, Grants>
  for (const [audience, login] of Object.entries(logins)) {
    const { rows } = await client.query<{ key: string; columns: string[] }>(
      `select lower(privilege_type) || ' ' || table_schema || '.' || table_name as key, array_agg(column_name::text) as columns
         from information_schema.column_privileges where grantee = $1 group by 1
       union all
       select 'delete ' || table_schema || '.' || table_name, '{}' from information_schema.table_privileges
        where grantee = $1 and privilege_type = 'DELETE'`,
      [login],
    )
    out[audience as Audience] = new Map(rows.map(({ key, columns }) => [key, new Set(columns)]))
  }
  return out
}

/** Every probe of a table for one audience's principals. */
export function attemptsOn(table: Table, rows: Row[], provers: Prover[], grants: Grants): Attempt[] {
  const granted = (command: string) =>
    table.columns.filter((column) => grants.get(`${command} ${table.name}`)?.has(column.name))
  return provers.map((who) => ({
    who,
    probes: [
      ...reading(table, rows, who, granted('select')),
      ...changing(table, rows, who, granted('update')),
      ...moving(table, rows, who, granted('update')),
      ...(grants.has(`delete ${table.name}`) ? removing(table, rows, who) : []),
      ...adding(table, rows, who, granted('insert')),
    ],
  }))
}

/** The house's own logins see every row of what they may read, unless their chores say otherwise. */
export function houseAttempt(house: House, table: Table, rows: Row[], mayRead: boolean): Attempt {
  const theirs = (chores[table.name] ?? []).filter((chore) => chore.house === house)
  const probes = theirs.map(({ deed, sql, expected }): Probe => ({ deed, sql, expected: expected(rows) }))
  const all: Probe = { deed: 'read', sql: `select count(*)::text from ${table.name}`, expected: String(rows.length) }
  const readsSome = probes.some(({ deed }) => deed === 'read')
  return { who: { name: house }, probes: mayRead && !readsSome ? [all, ...probes] : probes }
}

function reading(table: Table, rows: Row[], who: Prover, granted: Column[]): Probe[] {
  const key = granted.filter(({ inKey }) => inKey)
  if (key.length === 0) return []
  const text = key.map(({ name }) => `"${name}"`).join(", '/', ")
  const expected = rows
    .filter((row) => may(who, 'read', table.name, row))
    .map((row) => key.map(({ name }) => String(row[name])).join('/'))
    .sort()
  const sql = `select string_agg(k, ',' order by k collate "C") from (select concat(${text}) as k from ${table.name}) t`
  return [{ deed: 'read', sql, expected: expected.join(',') }]
}

const changeable = (table: Table, rows: Row[], who: Prover) => rows.filter((row) => may(who, 'change', table.name, row))

/** Without a condition: every row that may be changed at all is. The column is one that nothing else hangs on. */
function changing(table: Table, rows: Row[], who: Prover, granted: Column[]): Probe[] {
  const free = granted.find(
    ({ inUnique, name, oneOf }) =>
      !inUnique &&
      !oneOf &&
      !table.looked.includes(name) &&
      !/_id$|^name$|^email$|^accepted$|^rejected$|^is_default$/.test(name),
  )
  const column = free ?? granted.find(({ name }) => /^accepted$|^rejected$/.test(name)) ?? granted[0]
  const row = rows.find((one) => column && one[column.name] !== undefined)
  if (!column || !row) return []
  const sql = `update ${table.name} set "${column.name}" = "${column.name}"`
  const blind = `update ${table.name} set "${column.name}" = ${literal(row[column.name], column)}`
  return [{ deed: 'change', sql: column.inUnique ? sql : blind, expected: String(changeable(table, rows, who).length) }]
}

/** Moves rows into another slice: it must be refused where the mover may not change what they would become. */
function moving(table: Table, rows: Row[], who: Prover, granted: Column[]): Probe[] {
  const mine = changeable(table, rows, who)
  return granted
    .filter(({ name }) => table.looked.includes(name))
    .flatMap((column) =>
      variety(table, column).map((value): Probe => {
        const bad = mine.some((row) => !may(who, 'change', table.name, { ...row, [column.name]: value }))
        const sql = `update ${table.name} set "${column.name}" = ${literal(value, column)}`
        return { deed: 'change', sql, expected: bad ? 'refused' : '*' }
      }),
    )
}

function removing(table: Table, rows: Row[], who: Prover): Probe[] {
  const count = rows.filter((row) => may(who, 'remove', table.name, row)).length
  return [{ deed: 'remove', sql: `delete from ${table.name}`, expected: String(count) }]
}

/** Rows as he would write them himself, and each of them with one thing changed that a policy looks at. */
function adding(table: Table, rows: Row[], who: Prover, granted: Column[]): Probe[] {
  const base = rows.find((row) => row.account_id === accounts.one.id) ?? rows[0]
  if (granted.length === 0 || !base) return []
  const looked = granted.filter(({ name }) => table.looked.includes(name))
  const home = Object.fromEntries(
    looked.flatMap(({ name }) => (name in mineOf(who) ? [[name, mineOf(who)[name]]] : [])),
  )
  const own = { ...base, ...home }
  const kinds = looked.reduce<Row[]>(
    (sofar, column) =>
      column.name in mineOf(who) || column.name in slices
        ? sofar
        : sofar.flatMap((row) => [row, ...variety(table, column).map((value) => ({ ...row, [column.name]: value }))]),
    [own],
  )
  const strays = kinds.flatMap((row) =>
    looked.flatMap((column) =>
      [...(slices[column.name] ?? []), ...(/^(actor|author|asked_by|placed_by|via)$/.test(column.name) ? ['rule'] : [])]
        .filter((value) => value !== row[column.name])
        .map((value) => ({ ...row, [column.name]: value })),
    ),
  )
  // An order that is not there for him, though its store is his.
  const [elsewhere] = who.elsewhere ?? []
  if (elsewhere !== undefined && 'order_id' in own)
    strays.push(...kinds.map((row) => ({ ...row, order_id: elsewhere })))
  const list = granted.map(({ name }) => `"${name}"`).join(', ')
  const seen = new Set<string>()
  return [...kinds, ...strays].flatMap((row): Probe[] => {
    const json = JSON.stringify(Object.fromEntries(granted.map(({ name }) => [name, row[name]])))
    if (seen.has(json)) return []
    seen.add(json)
    const sql = `insert into ${table.name} (${list}) select ${list} from jsonb_populate_record(null::${table.name}, ${quoted(json)})`
    return [{ deed: 'add', sql, expected: may(who, 'add', table.name, row) ? '*' : 'refused' }]
  })
}

/** What he would write into these columns in his own name. */
const mineOf = (who: Prover): Row => ({
  account_id: who.account,
  store_id: who.stores === '*' ? slices.store_id![0] : who.stores[0],
  ...(who.party ? { supplier_id: who.party, client_id: who.party } : {}),
  member_id: who.member,
  author_member_id: who.member,
  actor: who.name,
  author: who.name,
  asked_by: who.name,
  placed_by: who.name,
  via: who.via,
})

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const literal = (value: unknown, { type }: Column) =>
  value === null || value === undefined
    ? 'null'
    : `${quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))}::${type}`

/** The outcomes that are not as expected, in words; empty is well. */
export function compare(attempt: Attempt, outcomes: string[]): string[] {
  return attempt.probes.flatMap(({ sql, expected, deed }, index) => {
    const outcome = outcomes[index]!
    const well =
      expected === '*' ? outcome !== 'refused' && !/^(?!23)\w{5} /.test(outcome) : sorted(outcome) === expected
    return well
      ? []
      : [`${attempt.who.name} ${deed}: ${sql.slice(0, 120)}: ${short(outcome)} instead of ${short(expected)}`]
  })
}
const sorted = (text: string) => text.split(',').sort().join(',')
const short = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
