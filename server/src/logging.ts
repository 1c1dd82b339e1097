import type { FastifyRequest } from 'fastify'

interface Failure {
  name?: string
  message?: string
  stack?: string
  code?: string
  constraint?: string
  severity?: string
}

/** Of an error what it is and where it arose. What PostgreSQL says quotes the values it is about, so only its code is kept. */
export function describeError({ name = 'Error', message = '', stack = '', code, constraint, severity }: Failure) {
  return {
    type: name,
    message: severity === undefined ? message : `PostgreSQL refused it (${code})`,
    code: code ?? '',
    constraint: constraint ?? '',
    stack: stack.slice(Math.max(0, stack.indexOf('\n    at '))),
  }
}

/**
 * Logs to standard error, without personal data: of a request its method and route, never address or body. Each line
 * carries the request's id, which the page shows beside an error.
 */
export const logging = (level: 'error' | 'info') => ({
  level,
  stream: process.stderr,
  serializers: {
    req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url }),
    err: describeError,
  },
})
