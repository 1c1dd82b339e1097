import { randomUUID } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { sql, texts, uuids } from '#kernel/db/sql.ts'
import { Problem } from '#kernel/problem.ts'
import type { Identity } from '../identity.ts'

/** What is counted of a try, and how many may fail within a quarter of an hour. */
interface Counter {
  key: string
  limit: number
  /** Whether one success wipes it out. */
  wiped: boolean
}

/**
 * Guesses at a password count by the network they come from, with the one person and in all, and by the person. A browser
 * that he has signed in from before counts by itself: so nobody can lock another out by guessing wrong.
 */
export function passwordCounters(request: FastifyRequest, email: string, device: string | undefined): Counter[] {
  const network = networkOf(request.ip)
  const person = email.trim().toLowerCase()
  if (device) return [{ key: `device ${device} ${person}`, limit: 10, wiped: true }]
  return [
    { key: `pair ${network} ${person}`, limit: 10, wiped: true },
    { key: `person ${person}`, limit: 100, wiped: false },
    { key: `network ${network}`, limit: 100, wiped: false },
  ]
}
/** Guesses at a second factor, by the person; a browser he has come from before counts by itself. */
export const factorCounters = (userId: string, device: string | undefined): Counter[] => [
  { key: device ? `factor ${device} ${userId}` : `factor ${userId}`, limit: 10, wiped: true },
]
/** Guesses at one-time links, by network. */
export const linkCounters = (request: FastifyRequest): Counter[] => [
  { key: `link ${networkOf(request.ip)}`, limit: 100, wiped: false },
]
/** Requests for mails by who is not signed in, by network. */
export const askCounters = (request: FastifyRequest): Counter[] => [
  { key: `ask ${networkOf(request.ip)}`, limit: 60, wiped: false },
]

/**
 * Counts a try before it is known how it ends, so that a thousand at once count like a thousand in turn; `forgive` takes
 * it back. Returns what to forgive.
 * @throws Problem too_many_tries
 */
export async function countTry(identity: Identity, counters: Counter[]): Promise<string[]> {
  const keys = texts(counters.map(({ key }) => key))
  await identity.rows(sql`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}) as key`)
  const failed = await identity.rows(sql<{ key: string; count: number }>`
    select key, count(*) from identity.attempts where key = any (${keys}) and at > app.now() - interval '15 minutes' group by key`)
  if (counters.some(({ key, limit }) => failed.some((one) => one.key === key && one.count >= limit)))
    throw new Problem('too_many_tries')
  const ids = counters.map(() => randomUUID())
  await identity.rows(sql`insert into identity.attempts (id, key) select * from unnest(${uuids(ids)}, ${keys})`)
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
