import type { Endpoint } from '../endpoint.ts'
import { problems } from '../problems.ts'
import { operation } from './operation.ts'

const text = { type: 'string' }

const description = `Everything the pages do, a program may do with an API key of the same rights.

- Unknown fields and parameters are refused (400), never ignored.
- What is not yours to see answers as what never was: 404.
- Refusals are RFC 9457 problems; decide by \`code\`, see /problems.
- Lists are paged by \`nextCursor\`; a cursor belongs to its member and filter.
- A POST that changes something may carry an Idempotency-Key: sent again, it answers the same and happens once, for 24 hours.
- Edits carry If-Match with the ETag (or \`"version"\`) that was read; who comes second gets 412 with both values of each field.
- Many at once: an id that is not yours to see refuses the whole request; what is visible but unfit is answered row by row.
- Requests are counted for each key and session; beyond the limit: 429 with Retry-After.`

/** Under whose name and address the API is described, with the cookie that sessions have there. */
export interface Site {
  title: string
  base: string
  cookie: string
}

/** The whole API as an OpenAPI 3.1 document, made of the contracts that the routes are made of. */
export function describeApi(endpoints: readonly { name: string; endpoint: Endpoint }[], site: Site) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { name, endpoint } of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) }
  }
  const license = { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' }
  return {
    openapi: '3.1.0',
    info: { title: site.title, version: '1', description, license },
    servers: [{ url: `${site.base}/api/v1` }],
    paths,
    components: { ...components, securitySchemes: schemes(site.cookie) },
  }
}

const schemes = (cookie: string) => ({
  key: { type: 'http', scheme: 'bearer', description: 'An API key' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: cookie,
    description: 'A person who signed in on the page; under https the name begins with __Host- or __Secure-',
  },
})

const components = {
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'Of your choice, new for each request: sent again, the request happens once and answers the same.',
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
    },
    IfMatch: {
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The ETag of what you read, or its version in quotes.',
      schema: text,
    },
    IfNoneMatch: {
      name: 'If-None-Match',
      in: 'header',
      required: false,
      description: 'The ETag you have: 304 where it is still the same.',
      schema: text,
    },
  },
  headers: {
    ETag: { description: 'What to send as If-Match with an edit', schema: text },
    IdempotencyReplayed: {
      description: 'Present where the answer is that of an earlier request',
      schema: { const: 'true' },
    },
    RetryAfter: { description: 'Seconds after which it is worth trying again', schema: { type: 'integer' } },
  },
  schemas: {
    Problem: {
      type: 'object',
      description: 'RFC 9457; further members depend on the code',
      properties: {
        type: { type: 'string', format: 'uri-reference' },
        title: text,
        status: { type: 'integer' },
        code: { type: 'string', enum: Object.keys(problems) },
        detail: text,
        requestId: text,
        errors: {
          type: 'array',
          items: { type: 'object', properties: { field: text, message: text }, required: ['field', 'message'] },
        },
      },
      required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
    },
  },
}
