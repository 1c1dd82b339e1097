import type { Pool, PoolClient, QueryResult } from 'pg'
import type { Audience } from '../permissions.ts'
import { ask, connect, patience, transaction } from './connection.ts'
import { type CsvShape, copyOut } from './copy.ts'
import { asProblem, isLost } from './errors.ts'
import { pipeline } from './pipeline.ts'
import { type Compiled, compile, type Statement, sql } from './sql.ts'

/** Who is asking, as the database established it from the token. */
export interface Principal {
  accountId: string
  memberId: string
  userId: string | null
  audience: Audience
  partyId: string | null
  permissions: string[]
  name: string
  role: string
  /** A preview is nobody: a role that is looked at. */
  kind: 'person' | 'key' | 'automation' | 'preview'
  via: 'hand' | 'rule' | 'import' | 'key'
  sessionId: string
  /** By which provider of the account he came in; null: by his own password or passkey. */
  providerId: string | null
  /** He showed who he is within the last 15 minutes. */
  fresh: boolean
  /** He sees only what is given to himself, or to suppliers and warehouses of his grant. */
  confined: boolean
  /** In a view: who is looking with these rights. */
  viewerId: string | null
  viewer: string | null
}

/**
 * A transaction that already is somebody. There is no other handle to the database.
 * Statements see and touch only what row-level security leaves to that somebody.
 */
export interface Tx {
  /** Rows of one statement. */
  rows<Row>(statement: Statement<Row>): Promise<Row[]>
  /** The one row of a statement, or undefined. */
  first<Row>(statement: Statement<Row>): Promise<Row | undefined>
  /** Several independent statements in one round trip and one snapshot's reach. */
  all<T extends readonly Statement<unknown>[]>(
    ...statements: T
  ): Promise<{ [K in keyof T]: T[K] extends Statement<infer Row> ? Row[] : never }>
  /** Known from the first statement on; in a write from the beginning. */
  readonly who: Principal
  /** The request, or `job:` and the job, that this is done for; the audit record names it. */
  readonly requestId: string | undefined
}

/** A transaction that reads one snapshot for as long as it takes. */
export interface Snapshot extends Tx {
  /** The rows of a statement as CSV, in pieces (copy.ts). */
  copy(statement: Statement<unknown>, shape: CsvShape): AsyncIterable<Buffer>
}

/** What proves who somebody is. The token itself stays in the request; the database gets its SHA-256. */
export interface Credential {
  tokenHash: Buffer
  purpose: 'web' | 'key' | 'job' | 'view'
  /** Where the request came from; a key may be bound to networks. */
  address?: string
  /** By which address it came: a portal's (door.ts), or left out the desk's. */
  door?: string
  requestId?: string
}

/** A job may take its time over a statement; who waits for an answer may not (db/roles.sql). */
const enter = (credential: Credential, permission: string | null): Compiled =>
  compile(
    credential.purpose === 'job'
      ? sql`select app.enter(${credential.tokenHash}, 'job', ${permission}) as who, set_config('statement_timeout', '60s', true)`
      : sql`select app.enter(${credential.tokenHash}, ${credential.purpose}, ${permission}, ${credential.address ?? null}, ${credential.door ?? ''}) as who`,
  )
const patienceFor = ({ purpose }: Credential) => (purpose === 'job' ? patience.job : patience.request)

/** Reads as somebody: context and statements travel together, each call is a snapshot of its own. */
export class Reading implements Tx {
  readonly #pool: Pool
  readonly #enter: Compiled
  readonly #wait: number
  readonly requestId: string | undefined
  #who: Principal | undefined

  constructor(pool: Pool, credential: Credential, permission: string | null) {
    this.#pool = pool
    this.#enter = enter(credential, permission)
    this.#wait = patienceFor(credential)
    this.requestId = credential.requestId
  }

  get who(): Principal {
    if (!this.#who) throw new Error('who is known once a statement ran')
    return this.#who
  }

  async #send(statements: Compiled[]): Promise<QueryResult[]> {
    const [context, ...results] = await ask(this.#pool, [this.#enter, ...statements], this.#wait)
    this.#who = context!.rows[0].who
    return results
  }

  async rows<Row>(statement: Statement<Row>): Promise<Row[]> {
    return (await this.#send([compile(statement)]))[0]!.rows
  }
  async first<Row>(statement: Statement<Row>): Promise<Row | undefined> {
    return (await this.rows(statement))[0]
  }
  async all<T extends readonly Statement<unknown>[]>(...statements: T) {
    const results = await this.#send(statements.map(compile))
    return results.map((result) => result.rows) as { [K in keyof T]: T[K] extends Statement<infer Row> ? Row[] : never }
  }
  /** Says who it is even where the command asked nothing: 401 and 403 come before anything else. */
  async identify(): Promise<Principal> {
    if (!this.#who) await this.#send([])
    return this.who
  }
}

class Writing implements Tx {
  readonly who: Principal
  readonly requestId: string | undefined
  readonly #client: PoolClient
  readonly #wait: number
  constructor(client: PoolClient, who: Principal, requestId: string | undefined, wait = patience.job) {
    this.#client = client
    this.who = who
    this.requestId = requestId
    this.#wait = wait
  }
  async rows<Row>(statement: Statement<Row>): Promise<Row[]> {
    return (await this.all(statement))[0] as Row[]
  }
  async first<Row>(statement: Statement<Row>): Promise<Row | undefined> {
    return (await this.rows(statement))[0]
  }
  async all<T extends readonly Statement<unknown>[]>(...statements: T) {
    const results = await pipeline(this.#client, statements.map(compile), this.#wait)
    return results.map((result) => result.rows) as { [K in keyof T]: T[K] extends Statement<infer Row> ? Row[] : never }
  }
}

class Copying extends Writing implements Snapshot {
  readonly #client: PoolClient
  constructor(client: PoolClient, who: Principal, requestId: string | undefined) {
    super(client, who, requestId)
    this.#client = client
  }
  copy(statement: Statement<unknown>, shape: CsvShape): AsyncIterable<Buffer> {
    return copyOut(this.#client, compile(statement), shape)
  }
}

/** Writes as somebody, in one transaction (connection.ts): the work may be run anew, so its only effects are through `tx`. */
export async function write<T>(
  pool: Pool,
  credential: Credential,
  permission: string | null,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const wait = patienceFor(credential)
  return await transaction(
    pool,
    [enter(credential, permission)],
    (client, [context]) => work(new Writing(client, context!.rows[0].who, credential.requestId, wait)),
    wait,
  )
}

/**
 * Reads as somebody for as long as it takes, in one snapshot: for files that are sent while they are read, so that not
 * all of it sits in memory. Each piece the work yields is handed on; when the reader goes away, the transaction ends. One
 * who stops reading for a minute loses the connection, which others need.
 */
export async function* readSnapshot<Piece>(
  pool: Pool,
  credential: Credential,
  permission: string | null,
  work: (tx: Snapshot) => AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  const client = await connect(pool)
  let broken = false
  try {
    const results = await pipeline(
      client,
      [
        { text: 'begin isolation level repeatable read, read only', values: [] },
        enter(credential, permission),
        { text: "set local idle_in_transaction_session_timeout = '60s'", values: [] },
        // One statement reads the whole file, at the pace of whoever takes it. It reads most of some tables, which an index
        // makes slower, and stays on one core: the others are for people who wait.
        { text: "set local statement_timeout = '1h'", values: [] },
        { text: 'set local enable_seqscan = on', values: [] },
        { text: "set local work_mem = '32MB'", values: [] },
        { text: 'set local max_parallel_workers_per_gather = 0', values: [] },
      ],
      patience.request,
    )
    yield* work(new Copying(client, results[1]!.rows[0].who, credential.requestId))
  } catch (error) {
    broken = isBroken(error)
    throw asProblem(error)
  } finally {
    await client.query('rollback').catch(() => {
      broken = true
    })
    client.release(broken)
  }
}

/** A connection that failed by itself, or in the middle of a file, must not go back to the pool. */
const isBroken = (error: unknown) => isLost(error) || !/^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '')
