import pg from 'pg'
import { isPooled } from './prepared.ts'

/** Where a database is: host may be a socket folder. */
export interface Target {
  host: string
  port: number
  database: string
  ssl?: unknown
}
export interface Login {
  user: string
  password: string
}

/** The PostgreSQL logins of an installation, one per audience and three of the house's own. */
export const logins = ['owner', 'staff', 'client', 'supplier', 'identity', 'worker'] as const
export type LoginName = (typeof logins)[number]
export type Pools = Record<Exclude<LoginName, 'owner'>, pg.Pool>

// Counts and money in minor units fit a double exactly up to 9·10^15. Days stay text, instants are ISO 8601 in UTC.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1082, (text) => text)
pg.types.setTypeParser(1184, (text) => new Date(text).toISOString())

/** Small pools: a request holds a connection for a millisecond or two. */
const sizes = { staff: 10, client: 6, supplier: 6, identity: 4, worker: 4 }

/**
 * One pool per audience, never a shared one with SET ROLE: an injected RESET ROLE would undo it.
 * @param direct the way around a connection pooler: the queue LISTENs, which a pooled connection can't; where it differs
 *   from `target`, a pooler stands between
 * @param size overrides each pool's size; the isolation suite runs with 1 as well
 */
export function openPools(target: Target, login: (name: LoginName) => Login, size?: number, direct = target): Pools {
  const behindPooler = target.host !== direct.host || target.port !== direct.port
  const open = (name: Exclude<LoginName, 'owner'>, target: Target) => {
    const pool = new pg.Pool({
      ...(target as pg.PoolConfig),
      ...login(name),
      max: size ?? sizes[name],
      // Who finds none free is told so within two seconds.
      connectionTimeoutMillis: 1_500,
      // An idle connection whose other end vanished is noticed after some 15 s (then a probe a second, ten in all).
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      idleTimeoutMillis: 60_000,
      application_name: `crossdock ${name}`,
      // The others' statements have a limit each (pipeline.ts).
      ...(name === 'worker' ? { query_timeout: 65_000 } : {}),
    })
    // A connection that dies while idle is replaced at the next use; unheard, the event would end the process.
    pool.on('error', () => {})
    pool.on('connect', (client) => {
      client.on('error', () => {})
      if (behindPooler) isPooled(client)
    })
    return pool
  }
  return {
    staff: open('staff', target),
    client: open('client', target),
    supplier: open('supplier', target),
    identity: open('identity', target),
    worker: open('worker', direct),
  }
}

export async function closePools(pools: Pools): Promise<void> {
  await Promise.all(Object.values(pools).map((pool) => pool.end()))
}
