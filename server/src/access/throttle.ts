import { randomUUID } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { sql, texts } from '#kernel/db/sql.ts'
import { Problem } from '#kernel/problem.ts'
import type { Identity } from './identity.ts'

/** What is counted of a try, and how many may fail within a quarter of an hour. */
interface Counter {
  key: string
  limit: number
  /** Whether one success wipes it out. */
  wiped: boolean
}

/**
 * Guesses at a password count by the network they come from, with the one person and in all: so nobody can lock another
 * out by guessing wrong.
 */
export function passwordCounters(request: FastifyRequest, email: string): Counter[] {
  const network = networkOf(request.ip)
  return [
    { key: `pair ${network} ${email.trim().toLowerCase()}`, limit: 10, wiped: true },
    { key: `network ${network}`, limit: 100, wiped: false },
  ]
}
/** Guesses at one-time links, by network. */
export const linkCounters = (request: FastifyRequest): Counter[] => [
  { key: `link ${networkOf(request.ip)}`, limit: 100, wiped: false },
]

/**
 * Counts a try before it is known how it ends, so that a thousand at once count like a thousand in turn; `forgive` takes
 * it back. Returns what to forgive.
 * @throws Problem too_many_tries
 */
export async function countTry(identity: Identity, counters: Counter[]): Promise<string[]> {
  for (const { key, limit } of counters) {
    await identity.rows(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
    const failed = await identity.first(sql<{ count: number }>`
      select count(*) from identity.attempts where key = ${key} and at > app.now() - interval '15 minutes'`)
    if (failed!.count >= limit) throw new Problem('too_many_tries')
  }
  const ids = counters.map(() => randomUUID())
  for (const [place, { key }] of counters.entries())
    await identity.rows(sql`insert into identity.attempts (id, key) values (${ids[place]}, ${key})`)
  return ids
}

/** The try was right after all. */
export async function forgiveTry(identity: Identity, counters: Counter[], ids: string[]): Promise<void> {
  const wiped = counters.filter((counter) => counter.wiped).map(({ key }) => key)
  await identity.rows(sql`
    delete from identity.attempts where id::text = any (${texts(ids)}) or key = any (${texts(wiped)}) or at < app.now() - interval '1 day'`)
}

/** One house, one network: an IPv4 address, or the first 64 bits of an IPv6 one, which its owner can fill as he likes. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped) return mapped[1]!
  const [head = '', tail = ''] = ip.replace(/%.*$/, '').split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const groups = ip.includes('::')
    ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
    : left
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
