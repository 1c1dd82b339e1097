import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql, texts, uuids } from './db/sql.ts'
import type { Tx } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import { type Endpoint, keepsAnswer } from './endpoint.ts'
import { schedule } from './jobs-schedule.ts'
import { invalid, notFound, Problem } from './problem.ts'

/** A request that may come again: under which key, and what it asks. */
export interface Retry {
  route: string
  key: string
  requestHash: Buffer
  /** Ids that the request itself names. */
  names: string
}

/** What the request's Idempotency-Key says, where the endpoint keeps answers. @throws Problem invalid_request */
export function retryOf(endpoint: Endpoint, request: FastifyRequest, parts: object): Retry | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined || !keepsAnswer(endpoint)) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalid('Idempotency-Key', 'must be 1 to 255 visible ASCII characters')
  const names = JSON.stringify(parts)
  const requestHash = createHash('sha256').update(names).digest()
  return { route: `${endpoint.method} ${endpoint.path}`, key, requestHash, names }
}

interface Kept {
  request_hash: Buffer
  status: number
  answer: string
  shown: boolean
}

/**
 * Does the work once for each key, for 24 hours: the first time it keeps the answer in the same transaction, later it gives
 * it back, as long as its reader still may all he might then and sees all he saw.
 * @throws Problem in_progress where the first is still at work; key_reused; not_found where the sight of it has ended
 */
export async function once(
  tx: Tx,
  retry: Retry,
  status: number,
  work: () => Promise<string>,
): Promise<{ text: string; replayed: boolean }> {
  if (!(await claim(tx, retry))) return { text: await keptAnswer(tx, retry), replayed: true }
  const text = await work()
  await tx.rows(sql`
    update access.kept_answers set status = ${status}, answer = ${text}, subject_ids = app.visible(${uuids(idsIn(retry.names + text))})
     where member_id = app.member_id() and route = ${retry.route} and key = ${retry.key}`)
  return { text, replayed: false }
}

/** Whether the key was free. While another request holds it, this one gives its connection back soon. */
async function claim(tx: Tx, { route, key, requestHash }: Retry): Promise<boolean> {
  try {
    const [, , claimed] = await tx.all(
      sql`set local lock_timeout = '100ms'`,
      sql`delete from access.kept_answers where member_id = app.member_id() and route = ${route} and key = ${key}
             and kept_at <= app.now() - interval '24 hours'`,
      sql`insert into access.kept_answers (account_id, member_id, route, key, request_hash, permissions)
          values (app.account_id(), app.member_id(), ${route}, ${key}, ${requestHash}, ${texts(tx.who.permissions)})
          on conflict do nothing returning 1`,
      sql`set local lock_timeout to default`,
    )
    return claimed.length === 1
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new Problem('in_progress')
  }
}

async function keptAnswer(tx: Tx, { route, key, requestHash }: Retry): Promise<string> {
  const kept = await tx.first(sql<Kept>`
    select request_hash, status, answer,
           permissions <@ ${texts(tx.who.permissions)} and subject_ids <@ app.visible(subject_ids) as shown
      from access.kept_answers where member_id = app.member_id() and route = ${route} and key = ${key}`)
  if (!kept) throw new Problem('in_progress')
  if (!kept.request_hash.equals(requestHash)) throw new Problem('key_reused')
  if (!kept.shown) throw notFound()
  return kept.answer
}

const idsIn = (text: string) => [
  ...new Set(text.match(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi) ?? []),
]

/** Forgets the answers that were kept for 24 hours. */
export async function forgetOldAnswers(deps: Deps): Promise<void> {
  await deps.pools.worker.query("delete from access.kept_answers where kept_at <= app.now() - interval '24 hours'")
}
schedule('kept-answers.forget', { every: '1 minute' }, forgetOldAnswers)
