import type { ClientBase } from 'pg'
import { type Anchors, newestAnchors } from './anchors.ts'
import {
  beginning,
  canonical,
  commitment,
  type Erasure,
  type Head,
  isGenuine,
  isGenuineErasure,
  link,
  valuesErased,
} from './chain.ts'

/** Something of an audit record that is not as it was written. */
export interface Finding {
  accountId: string
  /**
   * `behind`: the chain is whole and ends before an anchor kept outside: the data is older than the anchor, by a restore
   * or by cutting its end off. `broken`: it was tampered with, or damaged.
   */
  kind: 'broken' | 'behind'
  sentence: string
}
export interface Verdict {
  accounts: number
  /** Entries in the chains. */
  sealed: number
  /** Entries that were written and are not chained yet. */
  waiting: number
  /** Entries whose values were erased, rightly. */
  erased: number
  findings: Finding[]
}

interface Row {
  account_id: string
  id: string
  at: string
  action: string
  entry: string
  fields: Record<string, string>
  seq: number | null
  hash: Buffer | null
  salt: Buffer | null
  /** Name -> the value as PostgreSQL writes jsonb. */
  texts: Record<string, string> | null
  changes: unknown
}

const hour = 3_600_000

/**
 * Reads every chain from its beginning: hashes, places, values that stand apart, the signed head, and the anchors kept
 * outside. What the owner of the database can do to entries that were sealed is found, unless he has the secret too.
 * @param client a login that sees every row, inside a transaction of one snapshot
 * @param anchors what is known outside the database; without, a cut end with an older, genuine head passes
 */
export async function verifyAudit(client: ClientBase, anchors: Anchors, accountId?: string): Promise<Verdict> {
  const heads = await headsOf(client, accountId)
  const outside = anchors.heads.filter((head) => !accountId || head.accountId === accountId)
  const newest = newestAnchors({ ...anchors, heads: outside })
  const verdict: Verdict = { accounts: 0, sealed: 0, waiting: 0, erased: 0, findings: [] }
  const seen = new Set<string>()
  const finish = (chain: Chain | undefined) => {
    if (!chain) return
    seen.add(chain.accountId)
    chain.end(heads.get(chain.accountId), newest.get(chain.accountId))
    verdict.accounts++
    verdict.sealed += chain.seq
    verdict.waiting += chain.waiting
    verdict.erased += chain.erased
    verdict.findings.push(...chain.findings)
  }
  let chain: Chain | undefined
  for await (const row of rowsOf(client, accountId)) {
    if (chain?.accountId !== row.account_id) {
      finish(chain)
      chain = new Chain(row.account_id, anchors.keys, outside, heads.get(row.account_id))
    }
    chain.read(row)
  }
  finish(chain)
  for (const gone of new Set([...heads.keys(), ...newest.keys()]))
    if (!seen.has(gone)) finish(new Chain(gone, anchors.keys, outside, heads.get(gone)))
  for (const line of anchors.damaged)
    verdict.findings.push({
      accountId: accountId ?? '',
      kind: 'broken',
      sentence: `An anchor outside the database is damaged, or not of this installation: ${line}.`,
    })
  return verdict
}

/** One account's chain while it is read. */
class Chain {
  readonly accountId: string
  seq = 0
  waiting = 0
  erased = 0
  readonly findings: Finding[] = []
  readonly #keys: readonly string[]
  readonly #head: Head | undefined
  readonly #anchored = new Map<number, Head>()
  readonly #withoutValues: string[] = []
  readonly #mayBeErased = new Set<string>()
  #hash: Buffer

  constructor(accountId: string, keys: readonly string[], anchors: readonly Head[], head: Head | undefined) {
    this.accountId = accountId
    this.#keys = keys
    this.#head = head
    this.#hash = beginning(accountId)
    for (const anchor of anchors) if (anchor.accountId === accountId) this.#anchored.set(anchor.seq, anchor)
  }

  #find(sentence: string, kind: Finding['kind'] = 'broken') {
    this.findings.push({ accountId: this.accountId, kind, sentence })
  }

  read(row: Row) {
    this.#readValues(row)
    if (row.seq === null) {
      this.waiting++
      if (this.#head && Date.parse(row.at) < Date.parse(this.#head.at) - hour)
        this.#find(`Entry ${row.id} of ${row.at} stands outside the chain, which went on without it since.`)
      return
    }
    this.seq++
    if (row.seq !== this.seq) {
      this.#find(`Entry ${this.seq} is missing: ${row.seq} stands in its place.`)
      this.seq = row.seq
    }
    const expected = link(this.#hash, row.seq, row.entry)
    if (!row.hash || !expected.equals(row.hash)) this.#find(`Entry ${row.seq} (${row.action}) is not as it was sealed.`)
    this.#hash = row.hash ?? expected
    const anchor = this.#anchored.get(row.seq)
    if (anchor && anchor.hash !== this.#hash.toString('hex'))
      this.#find(`Entry ${row.seq} is another than the one anchored outside on ${anchor.at}.`)
  }

  #readValues({ id, action, fields, salt, texts, changes }: Row) {
    const names = Object.keys(fields)
    if (!salt || !texts) {
      if (names.length > 0) this.#withoutValues.push(id)
      return
    }
    const fits =
      names.length === Object.keys(texts).length &&
      names.every((name) => texts[name] !== undefined && commitment(salt, name, texts[name]) === fields[name])
    if (!fits) this.#find(`The values of entry ${id} (${action}) are not those it was written with.`)
    else if (action === valuesErased && isGenuineErasure(this.accountId, changes as Erasure, this.#keys))
      for (const erased of (changes as Erasure).auditIds) this.#mayBeErased.add(erased)
  }

  /** The last entry is read: what else is known of the end? */
  end(head: Head | undefined, anchor: Head | undefined) {
    for (const id of this.#withoutValues)
      if (this.#mayBeErased.has(id)) this.erased++
      else this.#find(`The values of entry ${id} are gone, and no erasure says so.`)
    if (head && !isGenuine(head, this.#keys))
      this.#find(
        this.#keys.includes(head.key)
          ? 'The head of the chain is not signed as it should be.'
          : `The head of the chain is signed with a key that is not known here: ${head.key}.`,
      )
    if ((head?.seq ?? 0) !== this.seq)
      this.#find(`The chain has ${this.seq} entries; its signed head says ${head?.seq ?? 0}.`)
    else if (head && head.hash !== this.#hash.toString('hex'))
      this.#find('The chain ends in another entry than its signed head says.')
    if (anchor && anchor.seq > this.seq)
      this.#find(
        `The record ends with entry ${this.seq}; on ${anchor.at} it had ${anchor.seq}, says an anchor kept outside the ` +
          'database. Either an older backup was restored, and what came after it is lost, or the end was cut off.',
        'behind',
      )
  }
}

async function headsOf(client: ClientBase, accountId: string | undefined): Promise<Map<string, Head>> {
  const { rows } = await client.query<Head>(
    `select account_id as "accountId", seq, encode(hash, 'hex') as hash, at, key, signature from access.audit_heads
      where $1::uuid is null or account_id = $1`,
    [accountId ?? null],
  )
  return new Map(rows.map((head) => [head.accountId, head]))
}

async function* rowsOf(client: ClientBase, accountId: string | undefined): AsyncGenerator<Row> {
  await client.query(
    `declare crossdock_audit no scroll cursor for
     select a.account_id, a.id, a.at, a.action, ${canonical} as entry, a.fields, a.seq, a.hash, v.salt, v.changes,
            (select jsonb_object_agg(key, value::text) from jsonb_each(v.changes)) as texts
       from access.audit a left join access.audit_values v on v.account_id = a.account_id and v.audit_id = a.id
      where ${accountId ? `a.account_id = '${accountId.replaceAll("'", '')}'` : 'true'}
      order by a.account_id, a.seq nulls last, a.id`,
  )
  for (;;) {
    const { rows } = await client.query<Row>('fetch 5000 from crossdock_audit')
    yield* rows
    if (rows.length === 0) break
  }
  await client.query('close crossdock_audit')
}
