import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { Problem } from '#kernel/problem.ts'

/** Long enough for a balancer to look elsewhere, and for those who keep a connection to ask once more. */
const moment = 500

/**
 * Ends a server without failing a request: first /readyz says that it is leaving, then it takes no new connection; who has
 * one is answered, and told that he needs another.
 */
export function drainable(app: FastifyInstance): () => Promise<void> {
  let leaving = false
  app.addHook('onRequest', async (request) => {
    if (leaving && request.url === '/readyz') throw new Problem('unavailable', 'This server is about to stop.')
  })
  return async () => {
    leaving = true
    await wait(moment)
    // Fastify tells each who asks now that the connection ends; those who do not ask get a moment to do so.
    const closeIdle = app.server.closeIdleConnections.bind(app.server)
    app.server.closeIdleConnections = () => {}
    const timer = setInterval(closeIdle, moment)
    await turn() // right after all who wait at the door were let in
    await app.close()
    clearInterval(timer)
  }
}
