import type pg from 'pg'
import { schemas } from '#kernel/db/lint.ts'
import { accounts, memberOf, parties, stores } from '../../cast.ts'
import type { Row } from './right.ts'

/** A column as the catalogue knows it, with the values its checks allow where they are a list. */
export interface Column {
  name: string
  type: string
  nullable: boolean
  inKey: boolean
  inUnique: boolean
  oneOf: string[] | null
}
export interface Table {
  name: string
  columns: Column[]
  /** Columns that a policy of the table looks at. */
  looked: string[]
}

/** Every table of ours, with what decides about its rows. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ table: string; exprs: string } & Column>(
    `select n.nspname || '.' || c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
            exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) as "inKey",
            exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey)) as "inUnique",
            (select array_agg(m[1]) from pg_constraint k cross join lateral regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') as m
              where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
                and pg_get_constraintdef(k.oid) ~ 'ANY \\(.?ARRAY\\[|^CHECK \\(\\(\\w+ = ''\\w+''::text\\)\\)$') as "oneOf",
            coalesce((select string_agg(coalesce(p.qual, '') || coalesce(p.with_check, ''), ' ') from pg_policies p
                       where p.schemaname = n.nspname and p.tablename = c.relname), '') as exprs
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
      where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition order by 1, a.attnum`,
    [schemas],
  )
  const tables = new Map<string, Table>()
  for (const { table, exprs, ...column } of rows) {
    const known = tables.get(table) ?? { name: table, columns: [], looked: [] }
    known.columns.push(column)
    if (new RegExp(`\\b${column.name}\\b`).test(exprs.replace(/AS \w+/g, ''))) known.looked.push(column.name)
    tables.set(table, known)
  }
  return [...tables.values()]
}

/** Two warehouses of the first account, of which somebody may have one. */
export const warehouses = {
  first: '0a000000-0000-7000-8000-0000000000e1',
  second: '0a000000-0000-7000-8000-0000000000e2',
} as const

/** Values that tell one slice from the other, by the column's name. */
export const slices: Record<string, string[]> = {
  account_id: [accounts.one.id, accounts.two.id],
  store_id: [stores.a, stores.b],
  supplier_id: [parties.S1.id, parties.S2.id],
  client_id: [parties.P1.id, parties.P2.id],
  member_id: [memberOf('A1'), memberOf('C1'), memberOf('S1'), memberOf('S2')],
  owner_party_id: [parties.P1.id, parties.P2.id],
  warehouse_id: [warehouses.first, warehouses.second],
  author_member_id: [memberOf('A1'), memberOf('C1')],
}
/** What hangs together in a row, where a check asks for it. */
const together: Record<string, (row: Row) => Row> = {
  'fulfillment.fulfillment_orders': (row) => ({ ...row, fulfiller: 'supplier', warehouse_id: null }),
  'access.audit': (row) => ({ ...row, hash: row.seq === null ? null : '\\x01' }),
  'access.members': (row) => ({
    ...row,
    user_id: row.kind === 'person' ? accounts.one.id : null,
    audience: row.party_id === null ? 'staff' : row.party_id === parties.S1.id ? 'supplier' : 'client',
  }),
  'portal.assists': (row) => ({ ...row, until: '2026-01-02T00:00:00Z', granted_at: '2026-01-01T00:00:00Z' }),
  'portal.images': (row) => ({ ...row, hash: '0'.repeat(64), width: 1, height: 1, bytes: '\\x00' }),
  'portal.user_requests': (row) => ({
    ...row,
    stores: [stores.a],
    warehouses: [stores.a],
    answered_at: row.state === 'waiting' ? null : row.created_at,
  }),
  'access.requests': (row) => ({ ...row, answered_at: row.state === 'open' ? null : row.created_at }),
  'fulfillment.lines': (row) => ({ ...row, quantity: 5, rejected: 0, cancelled: 0 }),
  'intake.imports': (row) => ({ ...row, store_id: row.kind === 'products' ? null : stores.a }),
  'jobs.schedules': (row) => ({ ...row, every: '1 minute', daily_at: null }),
  'transfers.transfers': (row) => ({
    ...row,
    state: row.origin === 'client' && row.state === 'draft' ? 'to_ship' : row.state,
    from_warehouse_id: row.origin === 'warehouse' ? row.from_warehouse_id : null,
    supplier_id: row.origin === 'supplier' ? (row.supplier_id ?? parties.S1.id) : null,
  }),
  'orders.line_amounts': (row) => ({ ...row, discount_rate: null, discount_micros: null }),
}

/** A value that a column takes, for a row that only has to be there. */
function plain({ type, oneOf, name }: Column): unknown {
  if (oneOf) return oneOf[0]
  if (name === 'currency') return 'EUR'
  if (type === 'uuid') return '0c000000-0000-7000-8000-000000000001'
  if (type === 'boolean') return false
  if (type === 'date') return '2026-01-02'
  if (type.startsWith('timestamp')) return '2026-01-02T00:00:00Z'
  if (type === 'jsonb') return {}
  if (type === 'bytea') return '\\x01'
  if (/\[\]$/.test(type)) return '{}'
  if (/^(bigint|integer|smallint|numeric)/.test(type)) return 1
  return 'x'
}

let fresh = 0
/** Another key, so that the copy of a row may stand beside it. */
export function freshKey(table: Table, row: Row): Row {
  const copy: Row = { ...row, ...('is_default' in row ? { is_default: false } : {}) }
  for (const { name, type, inUnique, oneOf } of table.columns) {
    if (!(inUnique || name === 'name' || name === 'email') || name in slices || oneOf || copy[name] === null) continue
    // A reference looks at it too; the id beside it tells the rows apart, but where there is one for each transfer and side.
    if (name === 'transfer_id' && table.name !== 'transfers.confirmations') continue
    if (type === 'uuid') copy[name] = `0d000000-0000-7000-8000-${String(++fresh).padStart(12, '0')}`
    else if (type === 'text' && !table.looked.includes(name)) copy[name] = `x${++fresh}`
    else if (type === 'bytea') copy[name] = `\\x${(++fresh).toString(16).padStart(8, '0')}`
    else if (/^(bigint|integer)/.test(type)) copy[name] = ++fresh
  }
  return copy
}

/** What a column is varied over: slices, the values of its check, and what its policies know. */
export function variety(table: Table, column: Column): unknown[] {
  const known =
    slices[column.name] ??
    column.oneOf ??
    special[`${table.name}.${column.name}`] ??
    special[`${table.name.split('.')[0]}.*.${column.name}`]
  return known ?? []
}
/** Transfers that leave a warehouse each, of the same owner. */
const leaving = {
  first: '0d000000-0000-7000-8001-000000000001',
  second: '0d000000-0000-7000-8001-000000000002',
}
const special: Record<string, unknown[]> = {
  'transfers.transfers.origin': ['client', 'warehouse', 'supplier'],
  'transfers.*.origin': ['client', 'warehouse'],
  'transfers.*.transfer_id': [leaving.first, leaving.second],
  'transfers.transfers.from_warehouse_id': [warehouses.first, warehouses.second],
  'jobs.jobs.kind': ['export', 'automation.run'],
  'access.kept_answers.kept_at': ['2026-01-02T00:00:00Z', '2999-01-02T00:00:00Z'],
  'access.audit.seq': [1, null],
  'access.audit.subject_kind': ['order', 'fulfillment_order', 'product', 'supplier'],
  'access.audit.subject_id': [parties.S1.id, parties.S2.id],
  'access.audit.party_id': [parties.P1.id, parties.S1.id, null],
  'access.audit.order_id': ['0c000000-0000-7000-8000-00000000000d', null],
  'notices.outbox.private': [true, false],
  'access.members.party_id': [parties.P1.id, parties.P2.id, parties.S1.id, null],
  'access.invitations.party_id': [parties.P1.id, parties.P2.id, parties.S1.id, null],
}

/**
 * Puts rows of every slice into every table, also such as no reference would allow: a row of the other account that says
 * store a, or supplier S1. Only so can it be seen that each condition of a policy holds by itself.
 * Of what belongs to members, each of `members` has some. To be run with session_replication_role = replica, which asks no references.
 */
export async function plantRows(
  client: pg.Client,
  tables: Table[],
  members: (table: string) => string[],
): Promise<void> {
  for (const table of tables) {
    const present = await readRows(client, table.name)
    if (table.name === 'access.audit_values') continue // with the entries they belong to
    if (table.name.startsWith('app.') && present.length > 0) continue
    const fit = together[table.name] ?? ((row: Row) => row)
    const base = fit({
      ...Object.fromEntries(table.columns.map((column) => [column.name, plain(column)])),
      ...Object.fromEntries(
        Object.entries(slices).flatMap(([name, [value]]) => (has(table, name) ? [[name, value]] : [])),
      ),
      ...(present[0] ?? {}),
    })
    const varied = table.columns.filter(({ name }) => (name in slices || table.looked.includes(name)) && name !== 'id')
    let rows = [base]
    for (const column of varied) {
      const values =
        column.name === 'member_id' && !table.name.startsWith('access.') ? members(table.name) : variety(table, column)
      if (values.length > 1) rows = rows.flatMap((row) => values.map((value) => ({ ...row, [column.name]: value })))
    }
    const different = [...new Map(rows.map(fit).map((row) => [JSON.stringify(row), row])).values()]
    // Where the first will not stand, the table needs a word above; of the others some contradict themselves.
    for (const [index, row] of different.entries())
      await insert(client, table, freshKey(table, row), index > 0 || present.length > 0)
    if (table.name === 'transfers.transfers') await plantLeaving(client, table)
    // One transfer has one confirmation of each side: those of the leaving ones stand beside the rest.
    if (table.name === 'transfers.confirmations')
      for (const id of Object.values(leaving)) {
        const row = { ...freshKey(table, base), transfer_id: id, warehouse_id: warehouses.second }
        await insert(client, table, row, true)
      }
    if (table.name === 'access.audit') await plantChanges(client, tables, await readRows(client, table.name))
    if (!has(table, 'account_id') || !table.looked.includes('id')) continue
    for (const row of present.filter((one) => one.account_id === accounts.one.id))
      await insert(client, table, { ...freshKey(table, row), id: row.id, account_id: accounts.two.id }, true)
  }
}

/** The transfers on which what hangs on transfers hangs: from each warehouse to the other. */
async function plantLeaving(client: pg.Client, table: Table): Promise<void> {
  const rows = (await readRows(client, table.name)).filter(
    (row) => row.account_id === accounts.one.id && row.owner_party_id === parties.P1.id && row.origin === 'warehouse',
  )
  for (const [from, id] of Object.entries(leaving)) {
    const row = rows.find(({ from_warehouse_id }) => from_warehouse_id === warehouses[from as keyof typeof leaving])!
    await insert(client, table, { ...freshKey(table, row), id }, false)
  }
}

/** Changes of every sort for entries of each slice, kind and side: of nothing, of a number, of what only some may read. */
async function plantChanges(client: pg.Client, tables: Table[], entries: Row[]): Promise<void> {
  const table = tables.find(({ name }) => name === 'access.audit_values')!
  const plainRow = Object.fromEntries(table.columns.map((column) => [column.name, plain(column)]))
  const groups = Map.groupBy(entries, (row) =>
    [row.account_id, row.subject_kind, row.store_id, row.party_id, row.order_id].join(),
  )
  const sorts = [{}, { units: 1 }, { 'contact.email': 'x' }]
  for (const group of groups.values())
    for (const [index, changes] of sorts.entries()) {
      const entry = group[index]
      if (entry)
        await insert(client, table, { ...plainRow, account_id: entry.account_id, audit_id: entry.id, changes }, true)
    }
}

const has = (table: Table, name: string) => table.columns.some((column) => column.name === name)

async function insert(client: pg.Client, { name, columns }: Table, row: Row, orNot: boolean): Promise<void> {
  const list = columns.map((column) => `"${column.name}"`).join(', ')
  const sql = `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1)`
  await client.query(sql, [JSON.stringify(row)]).catch((error) => {
    if (!orNot || !/^23(505|514)$/.test(error.code)) throw new Error(`${name}: ${error.message}`)
  })
}

/** What a right asks of another table's row that this one belongs to. */
const transferOf =
  "|| jsonb_build_object('transfer', (select to_jsonb(a) from transfers.transfers a where a.account_id = t.account_id and a.id = t.transfer_id))"
const beside: Record<string, string> = {
  ...Object.fromEntries(
    ['lines', 'receipts', 'receipt_lines', 'timeline', 'comments', 'photos', 'confirmations', 'host_names'].map(
      (table) => [`transfers.${table}`, transferOf],
    ),
  ),
  'access.audit_values':
    "|| jsonb_build_object('entry', (select to_jsonb(a) from access.audit a where a.account_id = t.account_id and a.id = t.audit_id))",
}
export async function readRows(client: pg.Client, table: string): Promise<Row[]> {
  const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) ${beside[table] ?? ''} as row from ${table} t`)
  return rows.map(({ row }) => row)
}
