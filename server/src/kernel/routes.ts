import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { type Caller, countRequest, identify, refuseForeignOrigin } from './caller.ts'
import { Cursors, pagesOf } from './cursor.ts'
import { readWatched } from './db/read-watched.ts'
import { type Principal, Reading, type Snapshot, type Tx, write } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import {
  type BodyOf,
  Closed,
  type Contract,
  type Endpoint,
  hasVersion,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
} from './endpoint.ts'
import { fp } from './failpoints.ts'
import { keepTime } from './keep-time.ts'
import { once, type Retry, retryOf } from './kept-answers.ts'
import { matchingGuard } from './matching.ts'
import type { Allowed } from './permissions.ts'
import { Problem } from './problem.ts'
import { isPersonal, noteRead } from './reads.ts'
import { recordRefusal } from './refusals.ts'
import { partsReader } from './request-parts.ts'
import { stripper } from './secret-fields.ts'
import { discardFile, type KeptFile, receiveUpload } from './upload.ts'
import { checker, promise } from './validate.ts'
import { tag } from './versions.ts'
import { inView } from './view.ts'

/** What a handler gets. In a public endpoint there is no `tx`: nobody is asking yet. */
export interface Call<E extends Endpoint> {
  tx: E['allow'] extends 'public' ? undefined : Tx
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  /** Of an edit, the version that was looked at: it must still be the newest. */
  version: E['ifMatch'] extends true ? number : undefined
  /** The file of an upload, whole on our disk; it is removed again where the handler refuses it. */
  file: E['upload'] extends true ? KeptFile : undefined
  /** Cursors sealed to this caller; `filter` is whatever the list was filtered and sorted by. */
  pages: {
    open(cursor: string | undefined, filter: unknown): unknown[] | undefined
    seal(position: readonly unknown[], filter: unknown): string
  }
  /**
   * A file that is read as the caller, in one snapshot, while it is sent; begun once this transaction is committed.
   * `afterwards` writes as him when all was read; where he may no more by then, the file breaks off.
   */
  stream(work: (tx: Snapshot) => AsyncIterable<string | Buffer>, afterwards?: (tx: Tx) => Promise<void>): Readable
  deps: Deps
  request: FastifyRequest
  reply: FastifyReply
}
export type Handler<E extends Endpoint> = (
  call: Call<E>,
) => Promise<E['response'] extends { file: string } ? NodeJS.ReadableStream | Buffer : ResponseOf<E>>
/** A handler for every endpoint of a contract; one left out does not compile. */
export type Handlers<C extends Contract> = { [K in keyof C]: Handler<C[K]> }

/** What every registered endpoint is, for the access matrix and the tests that walk all of them. */
export const registered: { name: string; endpoint: Endpoint }[] = []

/** Registers a slice: each endpoint becomes a route that identifies, permits, validates, runs and checks, in that order. */
export function mount<C extends Contract>(app: FastifyInstance, deps: Deps, endpoints: C, handlers: Handlers<C>): void {
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (!registered.some((known) => known.endpoint === endpoint)) registered.push({ name, endpoint })
    const run = runner(deps, name, endpoint, handlers[name] as unknown as (call: unknown) => Promise<unknown>)
    app.route({
      method: endpoint.method,
      url: `/api/v1${endpoint.path}`,
      ...(isSchema(endpoint.response) ? { schema: { response: { [statusOf(endpoint)]: endpoint.response } } } : {}),
      ...(endpoint.largest ? { bodyLimit: endpoint.largest } : {}),
      handler: async (request, reply) => {
        const answer = await run(request, reply).catch(async (problem) => {
          if (endpoint.allow !== 'public' && endpoint.method !== 'GET')
            await recordRefusal(request, deps, name, problem)
          await keepTime(problem, reply)
          throw problem
        })
        await fp('answer.before_send')
        return answer
      },
    })
  }
}

/** @throws Problem prove_again for a person who signed in some time ago; a key or a job has nothing to show. */
function expectFresh(who: Principal): void {
  if (who.kind === 'person' && who.via === 'hand' && !who.fresh) throw new Problem('prove_again')
}

/** Whose place this is, for a page that was loaded in another: one person may have several, and a window shows one. */
function sayPlace(reply: FastifyReply, who: Principal): void {
  if (who.kind === 'person') reply.header('x-place', who.viewerId ?? who.memberId)
}

export const statusOf = (endpoint: Endpoint) => endpoint.status ?? 200

function runner(deps: Deps, name: string, endpoint: Endpoint, handler: (call: unknown) => Promise<unknown>) {
  const validate = partsReader(endpoint)
  const mayMatch = matchingGuard(endpoint)
  const check = isSchema(endpoint.response) ? promise(endpoint.response) : () => {}
  const checkFields = checker(endpoint.body ?? Closed({}), 'body')
  const finish = finisher(endpoint)
  const strip = isSchema(endpoint.response) ? stripper(endpoint.response) : undefined
  /** The bytes of an answer, as the contract lets them leave for this reader. */
  const asText = (reply: FastifyReply, answer: unknown, who: Principal) => {
    strip?.(answer, who.permissions)
    return String(reply.serialize(answer))
  }
  const cursors = new Cursors(deps.secret)

  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    reply.header('cache-control', 'no-store').status(statusOf(endpoint))
    if ('file' in endpoint.response) reply.type(endpoint.response.file as string)
    if (endpoint.allow === 'public') {
      refuseForeignOrigin(request, deps)
      return await handler({ ...validate(request), deps, request, reply })
    }
    const { viewer, ...caller } = identify(request, deps, endpoint.asOneself)
    countRequest(deps, caller.credential, reply)
    if (!viewer) return await answer(caller, request, reply)
    return await inView({ caller, viewer, endpoint, name, request, reply, deps }, () => answer(caller, request, reply))
  }

  async function answer({ credential, pool }: Caller, request: FastifyRequest, reply: FastifyReply) {
    const permission = endpoint.allow === 'signed-in' ? null : (endpoint.allow as Allowed)
    const reading = new Reading(pool, credential, permission)
    let asking: Tx = reading
    const pages = pagesOf(cursors, name, () => asking.who)
    const stream: Call<Endpoint>['stream'] = (work, afterwards) =>
      Readable.from(
        (async function* () {
          yield* readWatched(pool, credential, permission, work)
          if (afterwards) await write(pool, credential, permission, afterwards)
        })(),
        { objectMode: false },
      )
    let parts: ReturnType<typeof validate>
    let retry: Retry | undefined
    try {
      parts = validate(request)
      retry = retryOf(endpoint, request, parts)
    } catch (problem) {
      await reading.identify() // 401 and 403 come first, whatever was sent
      throw problem
    }
    const call = { ...parts, pages, stream, deps, request, reply }
    if (endpoint.method === 'GET') {
      if (endpoint.fresh) expectFresh(await reading.identify())
      mayMatch?.(parts)?.(await reading.identify())
      const answer = await handler({ tx: reading, ...call })
      const who = await reading.identify()
      sayPlace(reply, who)
      pages.check()
      // What a client opens in the portal is his own; a file that he takes along is an entry like anybody's.
      if (endpoint.reads && (reading.who.audience !== 'client' || !isSchema(endpoint.response)) && isPersonal(answer))
        noteRead(deps, reading.who, {
          action: endpoint.reads,
          id: (parts.params as { id?: string } | undefined)?.id,
          requestId: request.id,
        })
      if (!who.viewerId) deps.seen.note(who.sessionId, request.ip)
      return isSchema(endpoint.response)
        ? finish(asText(reply, answer, reading.who), () => answer as Versioned, request, reply)
        : answer
    }
    const inOneWrite = async (more: object) => {
      const done = await write(pool, credential, permission, async (tx) => {
        asking = tx
        sayPlace(reply, tx.who)
        deps.seen.note(tx.who.sessionId, request.ip)
        if (endpoint.fresh) expectFresh(tx.who)
        mayMatch?.(parts)?.(tx.who)
        const work = async () => {
          const answer = await handler({ tx, ...call, ...more })
          check(answer)
          return isSchema(endpoint.response) ? asText(reply, answer, tx.who) : answer
        }
        return retry ? await once(tx, retry, statusOf(endpoint), work as () => Promise<string>) : { text: await work() }
      })
      if ('replayed' in done && done.replayed) reply.header('idempotency-replayed', 'true')
      if (!isSchema(endpoint.response)) return done.text
      const text = done.text as string
      return finish(text, () => JSON.parse(text), request, reply)
    }
    if (!endpoint.upload) return await inOneWrite({})
    await reading.identify() // before the first byte is taken
    const { file, fields } = await receiveUpload(request, deps, endpoint.largest)
    try {
      return await inOneWrite({ file, body: checkFields(fields) })
    } catch (problem) {
      // Where it is not certain, the row that names the file may stand.
      if (!(problem instanceof Problem && problem.code === 'outcome_unknown')) await discardFile(deps, file.id)
      throw problem
    }
  }
}

interface Versioned {
  version: number
}
/** Hands the answer over, with an ETag where it carries a version. */
const finisher = (endpoint: Endpoint) => {
  const tagged = hasVersion(endpoint)
  return (text: string, answer: () => Versioned, request: FastifyRequest, reply: FastifyReply): string => {
    reply.type('application/json; charset=utf-8')
    if (!tagged || !tag(answer().version, text, request, reply)) return text
    reply.status(304).removeHeader('content-type')
    return ''
  }
}

const isSchema = (response: Endpoint['response']): response is TSchema => !('file' in response)
