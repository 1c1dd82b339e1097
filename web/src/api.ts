import type { Api } from '../../server/src/api.ts'
import { stayInPlace } from './place.ts'
import { base } from './portal.ts'
import { proveAgain, provedSince } from './prove.ts'

/** A refusal as the server words it (RFC 9457). `status` 0: no answer came, the network or the server is away. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly requestId: string
  readonly errors: { field: string; message: string }[]
  /** Whatever else the refusal carries: the state a thing is in, both values of a field. */
  readonly more: Record<string, unknown>

  constructor(status: number, body: Record<string, unknown>) {
    const word = (name: string) => (typeof body[name] === 'string' ? (body[name] as string) : '')
    super(word('detail') || word('title') || `${status}`)
    this.status = status
    this.code = word('code') || 'unknown'
    this.title = word('title')
    this.detail = word('detail')
    this.requestId = word('requestId')
    this.errors = Array.isArray(body.errors) ? body.errors : []
    this.more = body
  }
}

export type ApiKey = keyof Api & string
export type ResponseOf<K extends ApiKey> = Api[K]['response']

type Part<E, N extends string> = E extends { [name in N]: infer V }
  ? [V] extends [undefined]
    ? unknown
    : object extends V
      ? { [name in N]?: V }
      : { [name in N]: V }
  : unknown
export type Input<K extends ApiKey> = Part<Api[K], 'params'> &
  Part<Api[K], 'query'> &
  Part<Api[K], 'body'> &
  Part<Api[K], 'version'> & { signal?: AbortSignal }

type Loose = { params?: object; query?: object; body?: unknown; version?: number; signal?: AbortSignal }

const root = `${base}/api/v1`

/** The address an endpoint is called at, for links the browser follows itself (downloads, prints). */
export function apiUrl(key: ApiKey, { params = {}, query = {} }: Loose = {}): string {
  const path = key
    .slice(key.indexOf(' ') + 1)
    .replace(/:(\w+)/g, (_, name) => encodeURIComponent(String((params as Record<string, unknown>)[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  return search.size ? `${root}${path}?${search}` : `${root}${path}`
}

/**
 * Asks the server: `api('GET /orders/:id', { params: { id } })`. What goes in and comes out is typed by the
 * endpoint's contract; a file comes as a Blob. Throws an {@link ApiProblem} for every answer but a 2xx one.
 */
export async function api<K extends ApiKey>(
  key: K,
  ...[input]: object extends Input<K> ? [input?: Input<K>] : [input: Input<K>]
): Promise<ResponseOf<K>> {
  const response = await ask(key, (input ?? {}) as Loose)
  if (!/json/.test(response.headers.get('content-type') ?? 'json')) return (await response.blob()) as ResponseOf<K>
  return parse(await response.text()) as ResponseOf<K>
}

async function ask(key: ApiKey, { body, signal, version, ...address }: Loose): Promise<Response> {
  const asIs = body instanceof FormData || body instanceof Blob
  const method = key.slice(0, key.indexOf(' '))
  const url = apiUrl(key, address)
  const text = body === undefined || asIs ? undefined : JSON.stringify(body)
  const headers: Record<string, string> = {}
  if (text !== undefined) headers['content-type'] = 'application/json'
  if (version !== undefined) headers['if-match'] = `"${version}"`
  const init: RequestInit = { method, credentials: 'same-origin', headers, body: asIs ? (body as BodyInit) : text }
  if (signal) init.signal = signal
  const sendIt = () => (method === 'POST' && !asIs ? sendOnce(url, text ?? '', init) : send(url, init))
  const sentAt = performance.now()
  const response = await sendIt()
  await stayInPlace(response)
  if (response.ok) return response
  const problem = await problemOf(response)
  // What matters asks for a proof first; and what was under way while one was given went under the old session.
  const again = problem.code === 'prove_again' ? await proveAgain() : problem.status === 401 && provedSince(sentAt)
  if (!again) throw problem
  const second = await sendIt()
  await stayInPlace(second)
  if (second.ok) return second
  throw await problemOf(second)
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = new ApiProblem(response.status, (parse(await response.text()) ?? {}) as Record<string, unknown>)
  if (problem.status === 401 || problem.status === 403) hear(problem)
  return problem
}

let hear: (problem: ApiProblem) => void = () => {}
/** Says who hears of every answer that one's rights are not what they were (401, 403), before whoever asked does. */
export const onRefusal = (listener: typeof hear) => {
  hear = listener
}

async function send(url: string, init: RequestInit): Promise<Response> {
  return await fetch(url, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new ApiProblem(0, { code: 'unreachable' })
  })
}

/** Keys of requests that got no answer: who sends the same again uses the same key, and nothing happens twice. */
const unanswered = new Map<string, string>()
const waits = [300, 1000]

/** Sends under an Idempotency-Key; where no answer comes, or the first is still at work, again with the same one. */
async function sendOnce(url: string, text: string, init: RequestInit): Promise<Response> {
  const asked = `${url} ${text}`
  const key = unanswered.get(asked) ?? newKey()
  unanswered.set(asked, key)
  for (let attempt = 0; ; attempt++) {
    const wait = waits[attempt]
    try {
      const response = await send(url, { ...init, headers: { ...init.headers, 'idempotency-key': key } })
      const isAtWork = response.status === 409 && response.headers.has('retry-after')
      if (!isAtWork || wait === undefined) {
        if (response.status < 500) unanswered.delete(asked)
        return response
      }
    } catch (error) {
      if (wait === undefined || init.signal?.aborted) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}

/** Random, and made without `crypto.randomUUID`, which pages on plain http do not have. */
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, '0')).join('')

let looksOnly = false
const nothing: Record<string, unknown> = { can: {}, asks: [] }
/** Who looks as somebody else does nothing: what an answer says can be done with a thing, or asked for, is left out. */
export const onlyLook = (looks: boolean) => {
  looksOnly = looks
}

function parse(text: string): unknown {
  try {
    return text
      ? JSON.parse(text, (name, value) => (looksOnly && Object.hasOwn(nothing, name) ? nothing[name] : value))
      : undefined
  } catch {
    return undefined
  }
}
