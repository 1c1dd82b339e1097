import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  accessContract,
  accessHandlers,
  accessRequestsContract,
  accessRequestsHandlers,
  auditContract,
  auditHandlers,
  grantsContract,
  grantsHandlers,
  identityContract,
  identityHandlers,
  keysContract,
  keysHandlers,
  providersContract,
  providersHandlers,
  rolesContract,
  rolesHandlers,
  sightContract,
  sightHandlers,
  viewsContract,
  viewsHandlers,
} from '#access'
import { automationContract, automationHandlers } from '#automation'
import { catalogContract, catalogHandlers } from '#catalog'
import { storesContract, storesHandlers } from '#channels'
import { fulfillmentContract, fulfillmentHandlers, queueContract, queueHandlers } from '#fulfillment'
import { intakeContract, intakeHandlers } from '#intake'
import { ask } from '#kernel/db/connection.ts'
import { asProblem } from '#kernel/db/errors.ts'
import type { Deps } from '#kernel/deps.ts'
import { jobsContract } from '#kernel/jobs-contract.ts'
import { jobsHandlers } from '#kernel/jobs-routes.ts'
import { apiContract } from '#kernel/openapi/contract.ts'
import { apiHandlers } from '#kernel/openapi/routes.ts'
import { Problem } from '#kernel/problem.ts'
import { problems } from '#kernel/problems.ts'
import { problemsPage } from '#kernel/problems-page.ts'
import { writeReads } from '#kernel/reads.ts'
import { mount } from '#kernel/routes.ts'
import { readJsonStrictly } from '#kernel/strict-json.ts'
import { noticesContract, noticesHandlers } from '#notices'
import { ordersContract, ordersHandlers, requestsContract, requestsHandlers } from '#orders'
import {
  assistContract,
  assistHandlers,
  clientsContract,
  clientsHandlers,
  dashboardContract,
  dashboardHandlers,
  faceOf,
  openDoors,
  pageOf,
  portalContract,
  portalHandlers,
  portalOrdersContract,
  portalOrdersHandlers,
  portalShown,
  servePictures,
  statementsContract,
  statementsHandlers,
  withoutSlug,
} from '#portal'
import { privacyContract, privacyHandlers } from '#privacy'
import { stockContract, stockHandlers } from '#stock'
import { suppliersContract, suppliersHandlers } from '#suppliers'
import { transfersContract, transfersHandlers } from '#transfers'
import { logging } from './logging.ts'
import { watchStandstill } from './standstill.ts'

const webDist = join(import.meta.dirname, '../../web/dist')

/** Assembles the slices into one server. It listens nowhere yet. */
export async function buildApp(
  deps: Deps,
  options: {
    log?: 'error' | 'info'
    trustProxy?: string | undefined
    /** Told of every answer that was sent, for the metrics. */
    observe?: (request: FastifyRequest, reply: FastifyReply) => void
    /** Milliseconds of standstill after which it answers 503 until it has caught up. */
    standstill?: number
  } = {},
): Promise<FastifyInstance> {
  const app = Fastify({
    logger: options.log ? logging(options.log) : false,
    genReqId: () => randomUUID(),
    bodyLimit: 1_048_576,
    // Who dawdles is cut; an upload of 2 GB over a slow line still comes through.
    requestTimeout: 900_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    trustProxy: options.trustProxy ?? false,
    rewriteUrl: withoutSlug,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    // What still comes in on an open connection while the server leaves is answered.
    return503OnClosing: false,
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: deps.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  })
  openDoors(app, deps)
  readJsonStrictly(app)
  // A form of another site can send text without asking first; nothing here takes it.
  app.removeContentTypeParser('text/plain')
  await app.register(cookie)
  await app.register(multipart, { limits: { files: 1, fileSize: 2 * 1024 ** 3, fields: 10, fieldSize: 10_000 } })
  app.setErrorHandler(answerProblem)
  app.addHook('onClose', () => writeReads(deps).catch(() => {}))
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })

  const { observe, standstill } = options
  if (standstill) {
    const catchingUp = watchStandstill(standstill)
    app.addHook('onRequest', async (request) => {
      if (request.url.startsWith('/api/') && catchingUp()) throw new Problem('overloaded')
    })
  }
  if (observe) app.addHook('onResponse', async (request, reply) => observe(request, reply))

  mount(app, deps, apiContract, apiHandlers)
  mount(app, deps, accessContract, accessHandlers)
  mount(app, deps, grantsContract, grantsHandlers)
  mount(app, deps, rolesContract, rolesHandlers)
  mount(app, deps, keysContract, keysHandlers)
  mount(app, deps, auditContract, auditHandlers)
  mount(app, deps, sightContract, sightHandlers)
  mount(app, deps, viewsContract, viewsHandlers)
  mount(app, deps, accessRequestsContract, accessRequestsHandlers)
  mount(app, deps, identityContract, identityHandlers)
  mount(app, deps, providersContract, providersHandlers)
  mount(app, deps, noticesContract, noticesHandlers)
  mount(app, deps, jobsContract, jobsHandlers)
  mount(app, deps, catalogContract, catalogHandlers)
  mount(app, deps, stockContract, stockHandlers)
  mount(app, deps, storesContract, storesHandlers)
  mount(app, deps, ordersContract, ordersHandlers)
  mount(app, deps, requestsContract, requestsHandlers)
  mount(app, deps, fulfillmentContract, fulfillmentHandlers)
  mount(app, deps, queueContract, queueHandlers)
  mount(app, deps, suppliersContract, suppliersHandlers)
  mount(app, deps, automationContract, automationHandlers)
  mount(app, deps, intakeContract, intakeHandlers)
  mount(app, deps, portalOrdersContract, portalOrdersHandlers)
  mount(app, deps, privacyContract, privacyHandlers)
  mount(app, deps, transfersContract, transfersHandlers)
  mount(app, deps, clientsContract, clientsHandlers)
  mount(app, deps, portalContract, portalHandlers)
  mount(app, deps, statementsContract, statementsHandlers)
  mount(app, deps, dashboardContract, dashboardHandlers)
  mount(app, deps, assistContract, assistHandlers)

  app.get('/problems', (request, reply) =>
    reply.type('text/html; charset=utf-8').send(problemsPage(request.portal?.name ?? 'Crossdock')),
  )
  servePictures(app, deps)
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async () => {
    await ask(deps.pools.identity, [{ text: 'select 1', values: [] }], 2_000)
    return { ok: true }
  })
  await servePages(app, deps)
  return app
}

/** What bears the product's own mark: no portal has it. */
const ownMark = '/favicon.svg'

/** What can be the address of a page: plain words, no file, nothing under /api, no doubled or encoded slash. */
const pagePath = /^\/(?!api(?:\/|$))(?:[\w-]+(?:\/[\w-]+)*\/?)?$/i

/** The page: hashed files for ever, everything else is the one HTML file, which finds its own way. */
async function servePages(app: FastifyInstance, deps: Deps) {
  const built = existsSync(join(webDist, 'index.html'))
  if (built)
    await app.register(fastifyStatic, { root: webDist, wildcard: false, index: false, immutable: true, maxAge: '1y' })
  app.addHook('onRequest', async (request) => {
    if (request.portal && request.url.split('?')[0] === ownMark) throw new Problem('not_found')
  })
  const page = built ? readFileSync(join(webDist, 'index.html'), 'utf8') : ''
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = request.method === 'GET' && pagePath.test(request.url.split('?')[0]!)
    if (!built || !isPage) return answerProblem(new Problem('not_found'), request, reply)
    reply.header('cache-control', 'no-cache')
    const portal = await portalShown(request, deps)
    if (!portal) return reply.sendFile('index.html', { immutable: false, maxAge: 0 })
    return reply.type('text/html; charset=utf-8').send(pageOf(page, await faceOf(deps, portal.accountId), portal.base))
  })
}

/** Every refusal leaves as an RFC 9457 problem; what is not a Problem is a bug, logged under the request's id. */
function answerProblem(raw: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(raw)
  if (problem.code === 'internal') request.log.error({ err: raw }, 'unexpected')
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `/problems#${problem.code}`,
        title: problems[problem.code].title,
        status: problem.status,
        code: problem.code,
        detail: problem.detail,
        ...(problem.errors ? { errors: problem.errors } : {}),
        ...problem.extra,
        requestId: request.id,
      }),
    )
}

function toProblem(raw: unknown): Problem {
  const known = asProblem(raw)
  if (known instanceof Problem) return known
  const { statusCode = 500, code = '' } = known as FastifyError
  if (statusCode === 413) return new Problem('too_large')
  if (statusCode === 415) return new Problem('unsupported_media_type')
  if (statusCode >= 400 && statusCode < 500)
    return new Problem(
      'invalid_request',
      code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ? 'The body is empty.' : 'The body is not valid JSON.',
    )
  return new Problem('internal')
}
