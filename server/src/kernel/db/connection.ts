import type { Pool, PoolClient, QueryResult } from 'pg'
import { fp } from '../failpoints.ts'
import { Problem } from '../problem.ts'
import { asProblem, isLost, isOutdated } from './errors.ts'
import { pipeline } from './pipeline.ts'
import type { Compiled } from './sql.ts'

/**
 * After how many milliseconds without an answer a connection is taken for dead: a little more than the database itself
 * gives a statement (db/roles.sql, and transaction.ts for jobs).
 */
export const patience = { request: 14_000, job: 65_000 }

/**
 * Whether another try may help: three in all where transactions met; as many as there may be connections where each of them
 * has to be replaced. Not after a long silence: who asked has waited enough.
 */
function isWorthAnother(attempt: number, error: unknown): boolean {
  const { code = '' } = error as { code?: string }
  if (code === '40001' || code === '40P01') return attempt < 3
  return attempt < 12 && isUnfit(error) && code !== 'ETIMEDOUT'
}

/** It must not go back to the pool. */
const isUnfit = (error: unknown) => isLost(error) || isOutdated(error)

/** @throws Problem unavailable when no connection becomes free in time, or the database can't be reached */
export async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw asProblem(error)
  }
}

/**
 * Statements that only read, on a connection of the pool. One that was lost is replaced by another: reading twice does no
 * harm.
 */
export async function ask(pool: Pool, statements: readonly Compiled[], wait: number): Promise<QueryResult[]> {
  for (let attempt = 1; ; attempt++) {
    const client = await connect(pool)
    try {
      const results = await pipeline(client, statements, wait)
      client.release()
      return results
    } catch (error) {
      client.release(isUnfit(error))
      if (isWorthAnother(attempt, error)) continue
      throw asProblem(error)
    }
  }
}

/**
 * Begin and `opening` in one round trip, the work, commit. All of it is done anew when PostgreSQL asks for it
 * (serialization failure, deadlock) or the connection was lost before the commit; so the work must have no effect but
 * through its connection.
 * @throws Problem outcome_unknown where the commit was sent and its answer is not certain
 */
export async function transaction<T>(
  pool: Pool,
  opening: readonly Compiled[],
  work: (client: PoolClient, opened: QueryResult[]) => Promise<T>,
  wait: number,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await connect(pool)
    try {
      const [, ...opened] = await pipeline(client, [statement('begin'), ...opening], wait)
      const result = await work(client, opened)
      await fp('write.before_commit')
      await commit(client, wait)
      await fp('write.after_commit')
      client.release()
      return result
    } catch (error) {
      await abandon(client, error)
      if (isWorthAnother(attempt, error)) continue
      throw asProblem(error)
    }
  }
}

const statement = (text: string): Compiled => ({ text, values: [] })

/** The transaction of a lost connection ended with it. */
async function abandon(client: PoolClient, error: unknown): Promise<void> {
  if (isUnfit(error) || (error instanceof Problem && error.code === 'outcome_unknown')) return client.release(true)
  await pipeline(client, [statement('rollback')], patience.request).then(
    () => client.release(),
    () => client.release(true),
  )
}

/** A connection that was known to be dead carried nothing. */
const wasSent = (error: unknown) => !/not queryable|was closed/.test((error as Error).message)

/**
 * A lost connection says nothing about its commit. Nor does a commit that PostgreSQL stopped waiting for: it is done here,
 * and perhaps not on the standby that will be asked after a failover.
 */
async function commit(client: PoolClient, wait: number): Promise<void> {
  let isDoubtful = false
  const hear = ({ code }: { code?: string | undefined }) => {
    isDoubtful ||= code === '01000' || code === '57P01'
  }
  client.on('notice', hear)
  try {
    const [done] = await pipeline(client, [statement('commit')], wait)
    if (isDoubtful) throw new Problem('outcome_unknown')
    if (done!.command !== 'COMMIT') throw new Error('a statement had failed, and the work went on to commit')
  } catch (error) {
    throw isLost(error) && wasSent(error) ? Object.assign(new Problem('outcome_unknown'), { cause: error }) : error
  } finally {
    client.removeListener('notice', hear)
  }
}
