import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { Problem } from '#kernel/problem.ts'

/** Long enough for those who keep a connection to ask once more, and to learn that they need a new one. */
const moment = 500

/**
 * Ends a server without failing a request: first it says that it is leaving, on /readyz and with each answer, then it takes
 * no new connection and answers what came in.
 */
export function drainable(app: FastifyInstance): () => Promise<void> {
  let leaving = false
  app.addHook('onRequest', async (request) => {
    if (leaving && request.url === '/readyz') throw new Problem('unavailable', 'This server is about to stop.')
  })
  app.addHook('onSend', async (_request, reply) => {
    if (leaving) reply.header('connection', 'close')
  })
  return async () => {
    leaving = true
    await wait(moment)
    await app.close()
  }
}
