import type { FastifyRequest } from 'fastify'
import type { TObject } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { notFound, Problem } from './problem.ts'
import { checker } from './validate.ts'
import { ifMatch } from './versions.ts'

/**
 * Reads the parts of a request against the endpoint's contract: parameters of the path, of the query, the body, and the
 * version that an edit is based on.
 * @throws Problem not_found, invalid_request, version_missing
 */
export function partsReader(endpoint: Endpoint) {
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
    const parts = { params: checked, query: query(request.query), body: body(request.body) }
    return { ...parts, version: endpoint.ifMatch ? ifMatch(request) : undefined }
  }
}
