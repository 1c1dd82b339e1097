import type { TObject } from 'typebox'
import { type Endpoint, hasVersion, keepsAnswer } from '../endpoint.ts'
import { type ProblemCode, problems } from '../problems.ts'
import { problemsOf } from './problems-of.ts'

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })
const json = (schema: unknown) => ({ 'application/json': { schema } })

/** One endpoint as an operation of OpenAPI 3.1. */
export function operation(name: string, endpoint: Endpoint) {
  const { allow, summary, path } = endpoint
  return {
    operationId: name,
    tags: [path.split('/')[1]],
    summary,
    'x-permission': allow,
    security: allow === 'public' ? [] : [{ key: [] }, { session: [] }],
    parameters: [
      ...fields(endpoint.params, 'path'),
      ...fields(endpoint.query, 'query'),
      ...(keepsAnswer(endpoint) ? [ref('parameters', 'IdempotencyKey')] : []),
      ...(endpoint.ifMatch ? [ref('parameters', 'IfMatch')] : []),
      ...(readsVersion(endpoint) ? [ref('parameters', 'IfNoneMatch')] : []),
    ],
    ...requestBody(endpoint),
    responses: {
      [String(endpoint.status ?? 200)]: success(endpoint),
      ...(readsVersion(endpoint) ? { 304: { description: 'You have it already', headers: etag } } : {}),
      ...refusals(problemsOf(endpoint)),
    },
  }
}

const readsVersion = (endpoint: Endpoint) => endpoint.method === 'GET' && hasVersion(endpoint)
const etag = { ETag: ref('headers', 'ETag') }

function fields(schema: TObject | undefined, where: 'path' | 'query') {
  const required = (schema?.required ?? []) as string[]
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

function requestBody({ body, upload }: Endpoint) {
  if (!upload) return body ? { requestBody: { required: true, content: json(body) } } : {}
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  const schema = {
    type: 'object',
    properties: { ...body?.properties, file },
    required: [...((body?.required ?? []) as string[]), 'file'],
    additionalProperties: false,
  }
  return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } }
}

function success(endpoint: Endpoint) {
  const headers = {
    ...(hasVersion(endpoint) ? etag : {}),
    ...(keepsAnswer(endpoint) ? { 'Idempotency-Replayed': ref('headers', 'IdempotencyReplayed') } : {}),
  }
  const content =
    'file' in endpoint.response ? { [mediaType(endpoint.response.file as string)]: {} } : json(endpoint.response)
  return { description: 'Done', ...(Object.keys(headers).length > 0 ? { headers } : {}), content }
}

/** Without its parameters, as OpenAPI names it. */
const mediaType = (type: string) => type.split(';')[0]!

/** Refusals by status; each names the codes that come with it. */
function refusals(codes: ProblemCode[]) {
  const byStatus = Object.groupBy(codes, (code) => String(problems[code].status))
  return Object.fromEntries(Object.entries(byStatus).map(([status, these = []]) => [status, refusal(these)]))
}

function refusal(codes: ProblemCode[]) {
  const waits = codes.some((code) => 'retryAfter' in problems[code])
  return {
    description: codes.map((code) => problems[code].title).join('. '),
    ...(waits ? { headers: { 'Retry-After': ref('headers', 'RetryAfter') } } : {}),
    content: {
      'application/problem+json': {
        schema: { allOf: [ref('schemas', 'Problem'), { properties: { code: { enum: codes } } }] },
      },
    },
  }
}
