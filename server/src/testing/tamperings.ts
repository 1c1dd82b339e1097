import { generateKeyPairSync, sign } from 'node:crypto'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { signingKey } from '#access'
import { beginning, canonical, link } from '../access/audit/chain.ts'
import { accounts } from './cast.ts'

/** Numbers as from a die that falls the same each time. */
export function die(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    under: (limit: number) => Math.floor(next() * limit),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  }
}
type Die = ReturnType<typeof die>
/** Heads as they stood after each sealing: genuine, and old. */
export type OldHeads = Record<string, unknown>[]

export interface Entry {
  account_id: string
  id: string
  seq: number
}
const account = accounts.one.id

/** Makes all hashes from an entry on anew, as somebody would who knows how, but has no key; the head says so too. */
async function rechain(root: pg.Client, head: { key?: string; signature?: string } | 'keep') {
  const { rows } = await root.query<{ id: string; entry: string }>(
    `select a.id, ${canonical} as entry from access.audit a where account_id = $1 and seq is not null order by seq, id`,
    [account],
  )
  let hash = beginning(account)
  const chained = rows.map(({ id, entry }, index) => {
    hash = link(hash, index + 1, entry)
    return { id, seq: index + 1, hash: hash.toString('hex') }
  })
  await root.query(
    `update access.audit a set seq = s.seq, hash = decode(s.hash, 'hex') from jsonb_to_recordset($1) as s(id uuid, seq bigint, hash text)
      where a.account_id = $2 and a.id = s.id`,
    [JSON.stringify(chained), account],
  )
  if (head === 'keep') return
  await root.query(
    'update access.audit_heads set seq = $2, hash = $3, key = coalesce($4, key), signature = coalesce($5, signature) where account_id = $1',
    [account, chained.length, hash, head.key ?? null, head.signature ?? null],
  )
}

/** Another value of a column's type. */
function other(type: string, random: Die, from: string): string {
  switch (type) {
    case 'uuid':
      return random.of([`'${uuidv7()}'::uuid`, 'gen_random_uuid()'])
    case 'timestamp with time zone':
      return random.of(["%c + interval '1 microsecond'", "%c - interval '1 day'", 'now()']).replace('%c', from)
    case 'bigint':
      return random.of(['%c + 1', '%c - 1', 'null', '%c + 1000']).replaceAll('%c', from)
    case 'bytea':
      return random.of(["'\\x00'::bytea", 'null', "sha256('x'::bytea)"])
    case 'jsonb':
      return random.of(["'{}'::jsonb", `%c || '{"planted": "0"}'`, `'{"reason": "00"}'::jsonb`]).replace('%c', from)
    default:
      return random.of(["%c || 'x'", "''", "'Somebody Else'", "'done'", "'administrator'"]).replace('%c', from)
  }
}

async function editColumn(root: pg.Client, table: string, entry: Entry, idColumn: string | undefined, random: Die) {
  const { rows: columns } = await root.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'access' and table_name = $1`,
    [table],
  )
  const { name, type } = random.of(columns)
  const where = `account_id = $1${idColumn ? ` and ${idColumn} = $2` : ''}`
  const value = other(type, random, name)
  await root.query(
    `update access.${table} set ${name} = ${value} where ${where} and ${name} is distinct from ${value}`,
    idColumn ? [entry.account_id, entry.id] : [entry.account_id],
  )
  return `${table}.${name} = ${value}`
}

type Tampering = (root: pg.Client, entries: Entry[], random: Die, oldHeads: OldHeads) => Promise<string>

/** What somebody with all power over the database, and without the secret, might try. */
export const tamperings: Record<string, Tampering> = {
  'edit a column of an entry': (root, entries, random) => editColumn(root, 'audit', random.of(entries), 'id', random),
  'edit what stands apart': (root, entries, random) =>
    editColumn(root, 'audit_values', random.of(entries), 'audit_id', random),
  'edit the head': (root, entries, random) => editColumn(root, 'audit_heads', random.of(entries), undefined, random),
  async 'delete an entry'(root, entries, random) {
    const { id, seq } = random.of(entries)
    await root.query('delete from access.audit where id = $1', [id])
    return String(seq)
  },
  async 'delete an entry and close the gap'(root, entries, random) {
    const one = random.of(entries.filter(({ account_id }) => account_id === account))
    await root.query('delete from access.audit where id = $1', [one.id])
    await rechain(root, random.of([{}, 'keep' as const]))
    return String(one.seq)
  },
  async 'insert an entry'(root, entries, random) {
    const { id } = random.of(entries)
    const seq = random.of(['seq', 'seq + 1', '(select max(seq) + 1 from access.audit)', 'null'])
    const hash = seq === 'null' ? 'null' : 'hash'
    // Not yet sealed and new, it could not be told from a genuine one; it has to be backdated to be of use.
    const at = seq === 'null' ? "at - interval '2 hours'" : 'at'
    await root.query(
      `insert into access.audit (account_id, id, at, member_id, actor, role, via, action, outcome, subject_kind, subject_id, request_id, fields, seq, hash)
       select account_id, gen_random_uuid(), ${at}, member_id, actor, role, via, 'order.planted', outcome, subject_kind, subject_id, request_id, '{}', ${seq}, ${hash}
         from access.audit where id = $1`,
      [id],
    )
    return seq
  },
  async 'swap two entries'(root, entries, random) {
    const first = random.of(entries)
    const second = random.of(entries.filter((one) => one.account_id === first.account_id && one.id !== first.id))
    const what = random.of([
      ['seq'],
      ['seq', 'hash'],
      ['at', 'actor', 'action', 'subject_id', 'fields'],
      ['id'],
      ['request_id', 'at'],
    ])
    const set = what.map((column) => `${column} = o.${column}`).join(', ')
    await root.query(
      `update access.audit a set ${set} from access.audit o
        where (a.id, o.id) in (($1::uuid, $2::uuid), ($2::uuid, $1::uuid)) and a.account_id = o.account_id`,
      [first.id, second.id],
    )
    return what.join()
  },
  async 'swap the values of two entries'(root, entries, random) {
    const { account_id } = random.of(entries)
    await root.query(
      `with two as (select audit_id, row_number() over () as n from (
          select audit_id from access.audit_values where account_id = $1 order by md5(audit_id::text || $2) limit 2) x)
       update access.audit_values v set audit_id = (select o.audit_id from two o where o.n <> t.n) from two t where v.audit_id = t.audit_id`,
      [account_id, String(random.under(1e9))],
    )
    return ''
  },
  async 'cut the end off'(root, entries, random, oldHeads) {
    const old = random.of(oldHeads.filter((head) => head.account_id === account).slice(0, -1))
    const how = random.of(['nothing', 'no head', 'an old head'])
    const last = how === 'an old head' ? Number(old.seq) : random.under(entries.length / 2)
    await root.query('delete from access.audit where account_id = $1 and seq > $2', [account, last])
    if (how !== 'nothing') await root.query('delete from access.audit_heads where account_id = $1', [account])
    if (how === 'an old head')
      await root.query(
        'insert into access.audit_heads select * from jsonb_populate_record(null::access.audit_heads, $1)',
        [JSON.stringify({ ...old, hash: `\\x${(old.hash as Buffer).toString('hex')}` })],
      )
    return `${how} ${last}`
  },
  async 'cut values'(root, entries, random) {
    const how = random.of(['bare', 'marked', 'marked and chained', 'marked in place'])
    const { rows } = await root.query<{ audit_id: string }>(
      'select audit_id from access.audit_values where account_id = $1',
      [account],
    )
    const { audit_id: id } = random.of(rows)
    await root.query('delete from access.audit_values where audit_id = $1', [id])
    if (how === 'bare') return how
    const mark = {
      auditIds: [id],
      key: signingKey('another secret, of the one who tampers').publicKey,
      signature: 'AAAA',
    }
    const { rows: made } = await root.query<{ id: string }>(
      `insert into access.audit (account_id, id, actor, via, action) values ($1, gen_random_uuid(), 'A1', 'hand', 'audit.values-erased') returning id`,
      [account],
    )
    await root.query("insert into access.audit_values values ($1, $2, 's', $3)", [account, made[0]!.id, mark])
    await root.query(
      `update access.audit set fields = (select jsonb_object_agg(key, encode(sha256('s'::bytea || convert_to(key || E'\\n' || value::text, 'UTF8')), 'hex'))
          from jsonb_each($2::jsonb)), seq = case when $3 then $4::bigint end, hash = case when $3 then '\\x00'::bytea end where id = $1`,
      [made[0]!.id, mark, how === 'marked and chained', entries.length + 10],
    )
    if (how === 'marked and chained') await rechain(root, {})
    return how
  },
  async 'rewrite the chain from an edited entry on'(root, entries, random) {
    const one = random.of(entries.filter(({ account_id }) => account_id === account))
    await root.query("update access.audit set actor = 'Somebody Else' where id = $1", [one.id])
    const how = random.of(['keep', 'unsigned', 'own key', 'own key under the known name'])
    if (how === 'keep') await rechain(root, 'keep')
    else if (how === 'unsigned') await rechain(root, {})
    else {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      await rechain(root, {})
      const { rows } = await root.query(
        "select seq, encode(hash, 'hex') as hash, at from access.audit_heads where account_id = $1",
        [account],
      )
      const text = `crossdock audit head\n${account}\n${rows[0].seq}\n${rows[0].hash}\n${rows[0].at}`
      const name = publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64url')
      await rechain(root, {
        ...(how === 'own key' ? { key: name } : {}),
        signature: sign(null, Buffer.from(text), privateKey).toString('base64url'),
      })
    }
    return how
  },
  async 'forget an account'(root, _, random) {
    const how = random.of(['with its head', 'but its head'])
    const which = random.of([accounts.one.id, accounts.two.id])
    await root.query('delete from access.audit where account_id = $1', [which])
    await root.query('delete from access.audit_values where account_id = $1', [which])
    if (how === 'with its head') await root.query('delete from access.audit_heads where account_id = $1', [which])
    return how
  },
}
