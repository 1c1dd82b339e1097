import type { FastifyReply, FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Deps } from '#kernel/deps.ts'
import { version } from '../../platform/version.ts'
import { lookAround } from './checks.ts'

/** What a monitoring system reads of this process; names and labels hold no data of any account. */
export interface Metrics {
  /** Counts one answered request, by its route's pattern, never by its address. */
  observe(request: FastifyRequest, reply: FastifyReply): void
  /** Everything in the text format of Prometheus. */
  print(): Promise<string>
  contentType: string
}

/** Metrics of one process, in seconds and bytes as Prometheus wants them. */
export function openMetrics(deps: Deps): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'crossdock_request_seconds',
    help: 'Time to answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const refusals = new Counter({
    name: 'crossdock_refusals_total',
    help: 'Requests refused for want of identity, right or patience (401, 403, 429).',
    labelNames: ['status'],
    registers: [registry],
  })
  const gauge = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => unknown) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset()
        await collect(this)
      },
    })
  gauge('crossdock_info', 'The version that runs.', ['version'], (info) => info.set({ version }, 1))
  gauge(
    'crossdock_connections',
    'Connections to the database, by pool and state.',
    ['pool', 'state'],
    (connections) => {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(deps.pools)) {
        connections.set({ pool, state: 'busy' }, totalCount - idleCount)
        connections.set({ pool, state: 'idle' }, idleCount)
        connections.set({ pool, state: 'waited for' }, waitingCount)
      }
    },
  )
  gauge('crossdock_jobs', 'Jobs of all accounts that are not done, by state.', ['state'], (jobs) =>
    countInto(
      deps,
      jobs,
      "select state, count(*)::int as value from jobs.jobs where state not in ('done', 'cancelled') group by state",
    ),
  )
  gauge('crossdock_outbox', 'Mails of the last week, by state.', ['state'], (outbox) =>
    countInto(
      deps,
      outbox,
      "select state, count(*)::int as value from notices.outbox where created_at > app.now() - interval '7 days' group by state",
    ),
  )
  gauge(
    'crossdock_alarm',
    '0: fine, 1: to be looked at, 2: to be seen to now; the health page says what.',
    ['check'],
    async (alarm) => {
      for (const { name, state } of await lookAround(deps))
        alarm.set({ check: name }, { ok: 0, warning: 1, alarm: 2 }[state])
    },
  )
  return {
    observe(request, reply) {
      const route = request.routeOptions.url ?? 'none'
      const status = String(reply.statusCode)
      requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000)
      if (['401', '403', '429'].includes(status)) refusals.inc({ status })
    },
    print: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** A database that is away leaves the gauge empty and counts as its own alarm. */
async function countInto(deps: Deps, gauge: Gauge, query: string): Promise<void> {
  try {
    const { rows } = await deps.pools.worker.query<{ state: string; value: number }>(query)
    for (const { state, value } of rows) gauge.set({ state }, value)
  } catch {}
}
