import { createServer, type Server } from 'node:http'
import type { Deps } from '#kernel/deps.ts'
import { version } from '../../platform/version.ts'
import { gravest, lookAround } from './checks.ts'
import type { Metrics } from './metrics.ts'
import { healthPage } from './page.ts'

/**
 * The operator's door, on an address of its own that no customer reaches: `/` the health page, `/health.json` the same
 * for programs (503 while there is an alarm), `/metrics` for Prometheus. It asks nobody for a name, so it listens on this
 * machine alone unless the operator says otherwise.
 */
export async function openOperatorDoor(
  deps: Deps,
  metrics: Metrics,
  place: { host: string; port: number },
): Promise<{ close(): Promise<void> }> {
  const startedAt = deps.now()
  const pages: Record<string, () => Promise<{ type: string; text: string; status?: number }>> = {
    '/': async () => ({
      type: 'text/html; charset=utf-8',
      text: healthPage(await lookAround(deps), { version, startedAt, now: deps.now() }),
    }),
    '/health.json': async () => {
      const checks = await lookAround(deps)
      const state = gravest(checks)
      return {
        type: 'application/json',
        text: JSON.stringify({ state, version, startedAt, checks }),
        status: state === 'alarm' ? 503 : 200,
      }
    },
    '/metrics': async () => ({ type: metrics.contentType, text: await metrics.print() }),
  }
  const server: Server = createServer((request, response) => {
    const page = request.method === 'GET' ? pages[request.url!.split('?')[0]!] : undefined
    if (!page) return response.writeHead(404).end()
    page().then(
      ({ type, text, status = 200 }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.host, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
