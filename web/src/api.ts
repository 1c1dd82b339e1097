import type { Api } from '../../server/src/api.ts'

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
  Part<Api[K], 'body'> & { signal?: AbortSignal }

type Loose = { params?: object; query?: object; body?: unknown; signal?: AbortSignal }

const base = '/api/v1'

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
  return search.size ? `${base}${path}?${search}` : `${base}${path}`
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

async function ask(key: ApiKey, { body, signal, ...address }: Loose): Promise<Response> {
  const asIs = body instanceof FormData || body instanceof Blob
  const response = await fetch(apiUrl(key, address), {
    method: key.slice(0, key.indexOf(' ')),
    credentials: 'same-origin',
    signal,
    headers: body === undefined || asIs ? {} : { 'content-type': 'application/json' },
    body: body === undefined || asIs ? (body as BodyInit | undefined) : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, { code: 'unreachable' })
  })
  if (response.ok) return response
  throw new ApiProblem(response.status, (parse(await response.text()) ?? {}) as Record<string, unknown>)
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
