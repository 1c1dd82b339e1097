import type { PoolClient } from 'pg'
import { inTransaction } from '#kernel/db/client.ts'
import type { Deps } from '#kernel/deps.ts'
import { Loop } from '#kernel/loop.ts'
import { writeReads } from '#kernel/reads.ts'
import { newestAnchors, readAnchors, rememberKey, writeAnchors } from './anchors.ts'
import { beginning, canonical, type Head, isGenuine, link, signHead } from './chain.ts'
import { type SigningKey, signingKey } from './key.ts'

const batch = 2_000
const anchorEvery = 60_000

interface Waiting {
  account_id: string
  id: string
  entry: string
}
/** Where a chain stands: its signed head beside its last entry. */
interface End {
  account_id: string
  head_seq: number | null
  head_hash: string | null
  head_at: string | null
  key: string | null
  signature: string | null
  last_seq: number | null
  last_hash: string | null
}

/**
 * Chains what was committed. A place in the chain is given when an entry is sealed, so one that commits late comes later and
 * none is missed. Of several servers one seals at a time. A chain whose end is not as it was signed is left alone, so that
 * no forgery is ever signed; it is named to `report`.
 */
export class Sealer {
  readonly #deps: Deps
  readonly #key: SigningKey
  readonly #report: (sentence: string) => void
  readonly #heads = new Map<string, Head>()
  #anchored: Map<string, Head> | undefined
  #keys: string[] = []
  #lastAnchors = Number.NEGATIVE_INFINITY

  constructor(deps: Deps, report: (sentence: string) => void = () => {}) {
    this.#deps = deps
    this.#key = signingKey(deps.secret)
    this.#report = report
  }

  /** Seals all that waits; returns how many entries. */
  async seal(): Promise<number> {
    if (!this.#anchored) await this.#lookOutside()
    let sealed = 0
    const broken: string[] = []
    for (;;) {
      const done = await this.#sealBatch(broken)
      sealed += done
      if (done === 0) break
    }
    if (broken.length > 0) this.#anchored = undefined // an operator may have accepted it meanwhile
    if (performance.now() - this.#lastAnchors >= anchorEvery) await this.anchor()
    return sealed
  }

  /** Writes the newest heads outside the database. */
  async anchor(): Promise<void> {
    this.#lastAnchors = performance.now()
    const moved = [...this.#heads.values()].filter(({ accountId, seq }) => this.#anchored?.get(accountId)?.seq !== seq)
    await writeAnchors(this.#deps.dataDir, moved)
    for (const head of moved) this.#anchored?.set(head.accountId, head)
  }

  async #lookOutside() {
    await rememberKey(this.#deps.dataDir, this.#key)
    const anchors = await readAnchors(this.#deps.dataDir)
    this.#keys = anchors.keys
    this.#anchored = newestAnchors(anchors)
  }

  async #sealBatch(broken: string[]): Promise<number> {
    const client = await this.#deps.pools.worker.connect()
    try {
      const { heads, count } = await inTransaction(client, async () => {
        const { rows: turn } = await client.query(
          "select pg_try_advisory_xact_lock(hashtext('crossdock audit sealer')) as mine",
        )
        const waiting = turn[0].mine ? await waitingEntries(client, broken) : []
        return {
          heads: waiting.length > 0 ? await this.#chain(client, waiting, broken) : [],
          count: waiting.length,
        }
      })
      for (const { head } of heads) this.#heads.set(head.accountId, head)
      return count
    } finally {
      client.release()
    }
  }

  /** Numbers and hashes entries that wait, and signs where each chain ends then. */
  async #chain(client: PoolClient, waiting: Waiting[], broken: string[]) {
    const byAccount = Map.groupBy(waiting, ({ account_id }) => account_id)
    const ends = await endsOf(client, [...byAccount.keys()])
    const at = this.#deps.now().toISOString()
    const sealed = ends
      .filter((end) => this.#isWhole(end, broken))
      .map((end) => {
        let hash = end.last_hash === null ? beginning(end.account_id) : Buffer.from(end.last_hash, 'hex')
        let seq = end.last_seq ?? 0
        const entries = byAccount.get(end.account_id)!.map(({ id, entry }) => {
          hash = link(hash, ++seq, entry)
          return { account_id: end.account_id, id, seq, hash: hash.toString('hex') }
        })
        return {
          entries,
          head: signHead(this.#key, { accountId: end.account_id, seq, hash: hash.toString('hex'), at }),
        }
      })
    await client.query(
      `update access.audit a set seq = s.seq, hash = decode(s.hash, 'hex')
         from jsonb_to_recordset($1) as s(account_id uuid, id uuid, seq bigint, hash text)
        where a.account_id = s.account_id and a.id = s.id`,
      [JSON.stringify(sealed.flatMap(({ entries }) => entries))],
    )
    await client.query(
      `insert into access.audit_heads (account_id, seq, hash, at, key, signature)
       select "accountId", seq, decode(hash, 'hex'), at, key, signature
         from jsonb_to_recordset($1) as h("accountId" uuid, seq bigint, hash text, at text, key text, signature text)
       on conflict (account_id) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at, key = excluded.key,
                                              signature = excluded.signature`,
      [JSON.stringify(sealed.map(({ head }) => head))],
    )
    return sealed
  }

  /** Whether a chain ends as it was signed, and not before an end that was anchored outside. */
  #isWhole(end: End, broken: string[]): boolean {
    const known = this.#anchored?.get(end.account_id)?.seq ?? 0
    const head: Head = {
      accountId: end.account_id,
      seq: end.head_seq ?? 0,
      hash: end.head_hash ?? '',
      at: end.head_at ?? '',
      key: end.key ?? '',
      signature: end.signature ?? '',
    }
    const begins = end.head_seq === null && end.last_seq === null && known === 0
    const goesOn = end.head_seq === end.last_seq && end.head_hash === end.last_hash && isGenuine(head, this.#keys)
    if (begins || (goesOn && head.seq >= known)) return true
    broken.push(end.account_id)
    this.#report(
      `The audit record of account ${end.account_id} does not go on from where it ended. Nothing is added to its chain until ` +
        'this is looked into: npm run crossdock -- audit verify',
    )
    return false
  }
}

const waitingEntries = async (client: PoolClient, broken: string[]) =>
  (
    await client.query<Waiting>(
      `select a.account_id, a.id, ${canonical} as entry from access.audit a
        where a.seq is null and a.account_id <> all ($1) order by a.account_id, a.at, a.id limit ${batch}`,
      [broken],
    )
  ).rows

const endsOf = async (client: PoolClient, accountIds: string[]) =>
  (
    await client.query<End>(
      `select o.account_id, h.seq as head_seq, encode(h.hash, 'hex') as head_hash, h.at as head_at, h.key, h.signature,
              l.seq as last_seq, encode(l.hash, 'hex') as last_hash
         from unnest($1::uuid[]) as o(account_id)
         left join access.audit_heads h on h.account_id = o.account_id
         left join lateral (select a.seq, a.hash from access.audit a
                             where a.account_id = o.account_id and a.seq is not null order by a.seq desc limit 1) l on true`,
      [accountIds],
    )
  ).rows

/** Seals each second until stopped; what is written then is anchored before it ends. */
export function startSealer(deps: Deps, report: (sentence: string) => void): { stop(): Promise<void> } {
  const said = new Set<string>()
  const sealer = new Sealer(deps, (sentence) => {
    if (!said.has(sentence)) report(sentence)
    said.add(sentence)
  })
  const loop = new Loop(
    1_000,
    async () => {
      await writeReads(deps)
      await sealer.seal()
    },
    () => {}, // the database is away: the next second may find it
  )
  loop.start()
  return {
    async stop() {
      await loop.stop()
      await sealer.seal().catch(() => {})
      await sealer.anchor().catch(() => {})
    },
  }
}
