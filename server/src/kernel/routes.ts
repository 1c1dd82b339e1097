import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TObject, TSchema } from 'typebox'
import { Cursors } from './cursor.ts'
import { type Credential, Reading, readSnapshot, type Tx, write } from './db/transaction.ts'
import type { Deps } from './deps.ts'
import {
  type BodyOf,
  Closed,
  type Contract,
  type Endpoint,
  type ParamsOf,
  type QueryOf,
  type ResponseOf,
} from './endpoint.ts'
import { fp } from './failpoints.ts'
import type { Permission } from './permissions.ts'
import { notFound, Problem } from './problem.ts'
import { audienceOf, hashToken } from './tokens.ts'
import { discardFile, type KeptFile, receiveUpload } from './upload.ts'
import { checker, promise } from './validate.ts'

/** What a handler gets. In a public endpoint there is no `tx`: nobody is asking yet. */
export interface Call<E extends Endpoint> {
  tx: E['allow'] extends 'public' ? undefined : Tx
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  /** The file of an upload, whole on our disk; it is removed again where the handler refuses it. */
  file: E['upload'] extends true ? KeptFile : undefined
  /** Cursors sealed to this caller; `filter` is whatever the list was filtered and sorted by. */
  pages: {
    open(cursor: string | undefined, filter: unknown): unknown[] | undefined
    seal(position: readonly unknown[], filter: unknown): string
  }
  /** A file that is read as the caller, in one snapshot, while it is sent; begun once this transaction is committed. */
  stream(work: (tx: Tx) => AsyncIterable<string>): Readable
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

export const cookieName = 'crossdock_session'

/** Registers a slice: each endpoint becomes a route that identifies, permits, validates, runs and checks, in that order. */
export function mount<C extends Contract>(app: FastifyInstance, deps: Deps, endpoints: C, handlers: Handlers<C>): void {
  const cursors = new Cursors(deps.secret)
  for (const [name, endpoint] of Object.entries(endpoints)) {
    if (!registered.some((known) => known.endpoint === endpoint)) registered.push({ name, endpoint })
    const validate = validator(endpoint)
    const check = isSchema(endpoint.response) ? promise(endpoint.response) : () => {}
    const checkFields = checker(endpoint.body ?? Closed({}), 'body')
    const handler = handlers[name] as unknown as (call: unknown) => Promise<unknown>

    const run = async (request: FastifyRequest, reply: FastifyReply) => {
      reply.header('cache-control', 'no-store').status(endpoint.status ?? 200)
      if ('file' in endpoint.response) reply.type(endpoint.response.file as string)
      if (endpoint.allow === 'public') {
        refuseForeignOrigin(request, deps.publicUrl)
        return await handler({ ...validate(request), deps, request, reply })
      }
      const permission: Permission | null = endpoint.allow === 'signed-in' ? null : endpoint.allow
      const { credential, pool } = identify(request, deps)
      const sealedTo = (filter: unknown) =>
        `${credential.tokenHash.toString('hex')}\n${name}\n${JSON.stringify(filter)}`
      const pages: Call<Endpoint>['pages'] = {
        open: (cursor, filter) => (cursor === undefined ? undefined : cursors.open(cursor, sealedTo(filter))),
        seal: (position, filter) => cursors.seal(position, sealedTo(filter)),
      }
      const stream: Call<Endpoint>['stream'] = (work) => Readable.from(readSnapshot(pool, credential, permission, work))
      const reading = new Reading(pool, credential, permission)
      let parts: ReturnType<typeof validate>
      try {
        parts = validate(request)
      } catch (problem) {
        await reading.identify() // 401 and 403 come first, whatever was sent
        throw problem
      }
      if (endpoint.method === 'GET') {
        const answer = await handler({ tx: reading, ...parts, pages, stream, deps, request, reply })
        await reading.identify()
        return answer
      }
      const inOneWrite = (more: object) =>
        write(pool, credential, permission, async (tx) => {
          const answer = await handler({ tx, ...parts, ...more, pages, stream, deps, request, reply })
          check(answer)
          return answer
        })
      if (!endpoint.upload) return await inOneWrite({})
      await reading.identify() // before the first byte is taken
      const { file, fields } = await receiveUpload(request, deps)
      try {
        return await inOneWrite({ file, body: checkFields(fields) })
      } catch (problem) {
        await discardFile(deps, file.id)
        throw problem
      }
    }
    app.route({
      method: endpoint.method,
      url: `/api/v1${endpoint.path}`,
      ...(isSchema(endpoint.response) ? { schema: { response: { [endpoint.status ?? 200]: endpoint.response } } } : {}),
      ...(endpoint.largest ? { bodyLimit: endpoint.largest } : {}),
      handler: async (request, reply) => {
        const answer = await run(request, reply)
        await fp('answer.before_send')
        return answer
      },
    })
  }
}

const isSchema = (response: Endpoint['response']): response is TSchema => !('file' in response)

function validator(endpoint: Endpoint) {
  const empty = () => undefined
  const part = (schema: TObject | undefined, name: 'params' | 'query' | 'body') =>
    schema ? checker(schema, name) : empty
  const params = part(endpoint.params, 'params')
  const query = part(endpoint.query, 'query')
  const body = part(endpoint.upload ? undefined : endpoint.body, 'body')
  return (request: FastifyRequest) => {
    if (!endpoint.query && Object.keys(request.query as object).length > 0) {
      const errors = Object.keys(request.query as object).map((field) => ({
        field,
        message: 'is not a parameter of this request',
      }))
      throw new Problem('invalid_request', undefined, { errors })
    }
    let checked: unknown
    try {
      checked = params(request.params)
    } catch {
      throw notFound() // an id that cannot exist does not exist
    }
    return { params: checked, query: query(request.query), body: body(request.body) }
  }
}

/**
 * Who the request says it is: a key in `Authorization: Bearer`, or a session in the cookie; never the one in the place of
 * the other. What the page changes must come from the page (Sec-Fetch-Site, Origin).
 */
function identify(request: FastifyRequest, deps: Deps) {
  const bearer = request.headers.authorization
  const token = bearer === undefined ? request.cookies[cookieName] : /^Bearer (\S+)$/i.exec(bearer)?.[1]
  const audience = token === undefined ? undefined : audienceOf(token)
  if (token === undefined || audience === undefined) throw new Problem('not_signed_in')
  if (bearer === undefined) refuseForeignOrigin(request, deps.publicUrl)
  const credential: Credential = { tokenHash: hashToken(token), purpose: bearer === undefined ? 'web' : 'key' }
  return { credential, pool: deps.pools[audience] }
}

/**
 * The page is at home where it was loaded from, and at the public address: behind a proxy that ends TLS the request itself
 * looks like http.
 * @throws Problem foreign_origin for a changing request that another site made the browser send
 */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const homes = [`${request.protocol}://${request.host}`, new URL(publicUrl).origin]
  const sameOrigin = origin === undefined || homes.includes(origin)
  if ((site !== undefined && site !== 'same-origin' && site !== 'none') || !sameOrigin)
    throw new Problem('foreign_origin')
}
