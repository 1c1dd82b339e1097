import { describe, expect, it } from 'vitest'
import { registered } from '#kernel/routes.ts'
import { faultOf } from '#kernel/strict-json.ts'
import { addOrders } from '#orders'
import { cookieName, emailOf, type Name, stores, tokenOf } from './cast.ts'
import { cases } from './matrix-cases.ts'
import { leaves, put, type Schema, sample } from './samples.ts'
import { orderDraft } from './scene.ts'
import { form } from './upload.ts'
import { type Answer, at, useWorld } from './world.ts'

const never = '01900000-0000-7000-8000-000000000000'
const asker = (path: string): Name =>
  path.startsWith('/queue') ? 'S1' : /^\/(portal|assist)(\/|$)/.test(path) ? 'P1' : 'A1'
const call = (endpoint: { method: string; path: string }, rest = '') =>
  `${endpoint.method} ${endpoint.path.replaceAll(/:\w+/g, never)}${rest}`

describe('every endpoint, asked badly', () => {
  const world = useWorld()
  const bodied = () => registered.filter(({ endpoint }) => endpoint.body && !endpoint.upload)
  const isProblem = (answer: Answer, about: string) => {
    expect(String(answer.headers['content-type']), about).toContain('application/problem+json')
    expect(answer.text, about).not.toMatch(/node_modules|\.ts:|select |violates|constraint|syntax/)
  }

  it('81 82 an unknown field is refused by its name, in body and query', async () => {
    for (const { endpoint } of registered) {
      const who = asker(endpoint.path)
      const query = await world.as(who, call(endpoint, '?account_id=1'), endpoint.method === 'GET' ? undefined : {})
      if (!endpoint.upload || endpoint.query) {
        expect(query.status, call(endpoint)).toBe(400)
        expect(query.text, call(endpoint)).toContain('account_id')
      }
    }
    for (const { endpoint } of bodied()) {
      const body = { ...(sample(endpoint.body as Schema) as object), account_id: never }
      const answer = await world.as(asker(endpoint.path), call(endpoint), body)
      expect(answer.status, call(endpoint)).toBe(400)
      expect(
        answer.body.errors.map(({ field }: { field: string }) => field),
        call(endpoint),
      ).toContain('account_id')
      isProblem(answer, call(endpoint))
    }
  })

  it('85 87 NUL, half a character and the wrong type are refused in every field', async () => {
    for (const { endpoint } of bodied()) {
      const body = sample(endpoint.body as Schema)
      for (const path of leaves(body)) {
        const texts = typeof path.reduce((v: never, key) => v[key], body as never) === 'string'
        for (const wrong of [
          ...(texts ? ['x\u0000 and more of the text', 'x\ud800 and more of the text', 7] : ['x', 1e300]),
          [['x']],
          { ne: 1 },
        ]) {
          const about = `${call(endpoint)} ${path.join('.')} = ${JSON.stringify(wrong)}`
          const answer = await world.as(asker(endpoint.path), call(endpoint), put(body, path, wrong) as object)
          expect(answer.status, about).toBe(400)
          isProblem(answer, about)
        }
      }
    }
  }, 60_000)

  it('13 85 87 218 no query and no id breaks anything', async () => {
    for (const { endpoint } of registered.filter(({ endpoint: { method } }) => method === 'GET')) {
      const who = asker(endpoint.path)
      for (const [name, schema] of Object.entries((endpoint.query as Schema | undefined)?.properties ?? {})) {
        const bad = schema.type === 'array' ? ['%00', '%ED%A0%80%00'] : ['%00', 'x%00', '%27&'.concat(`${name}=b`)]
        for (const value of [
          ...bad,
          ...(schema.type === 'integer' ? ['1000000000', '-1', '1e9', '99999999999999999999'] : []),
        ]) {
          const answer = await world.as(who, call(endpoint, `?${name}=${value}`))
          expect(answer.status, `${call(endpoint)} ${name}=${value}`).toBe(400)
        }
        const nested = await world.as(who, call(endpoint, `?${name}[ne]=x`))
        expect(nested.status, `${call(endpoint)} ${name}[ne]`).toBe(400)
      }
    }
    for (const { endpoint } of registered.filter(({ endpoint: { path } }) => path.includes(':id'))) {
      const body = endpoint.body && !endpoint.upload ? (sample(endpoint.body as Schema) as object) : undefined
      for (const id of ['1', 'null', '%00', `${never}%00`, '..%2f..%2fetc', `'%20or%201=1--`, 'x'.repeat(190)]) {
        const answer = await world.as(
          asker(endpoint.path),
          `${endpoint.method} ${endpoint.path.replace(':id', id)}`,
          body,
        )
        expect([400, 404], `${endpoint.method} ${endpoint.path} ${id}`).toContain(answer.status)
        expect(answer.text).not.toContain('etc')
      }
    }
  }, 30_000)

  const raw = (method: string, url: string, payload?: string | Buffer, headers: Record<string, string> = {}) =>
    world.app.inject({
      method: method as 'POST',
      url: `/api/v1${url}`,
      ...(payload === undefined ? {} : { payload }),
      headers: { cookie: `${cookieName}=${tokenOf('A1')}`, ...headers },
    })

  it('85 86 215 only plain JSON of bounded size is taken, and the process stays clean', async () => {
    const good = JSON.stringify({ sku: 'J-1', name: 'J' })
    const type = { 'content-type': 'application/json' }
    expect((await raw('POST', '/products', good, type)).statusCode).toBe(201)
    for (const kind of [
      'text/plain',
      'text/plain; application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'json',
      '',
    ])
      expect([400, 415], kind).toContain((await raw('POST', '/products', good, { 'content-type': kind })).statusCode)
    for (const payload of [
      '',
      '{',
      '{"__proto__":{"admin":true},"sku":"J-2","name":"J"}',
      '{"constructor":{"prototype":{"admin":true}},"sku":"J-2","name":"J"}',
      '{"sku":"J-2","name":NaN}',
      '{"sku":"J-2","name":"J","sku":"J-2b"}',
      '{"sku":"J-2","name":"J","s\\u006bu":"J-2b"}',
      '{"sku":"J-2","name":"J","price":{"micros":1,"currency":"EUR","micros":2}}',
      '{"sku":"J-2","name":"J","tags":["a",{"b":1,"b":2}]}',
      '{"sku":"J-2","name":"J","price":{"micros":-0,"currency":"EUR"}}',
      '{"sku":"J-2","name":"\\ud800"}',
      '{"sku":"J-2","name":"J","prototype":{},"__pr\\u006fto__":{"admin":true}}',
      Buffer.from('{"sku":"J-2","name":"\xff\xfe"}', 'latin1'),
      '{"sku":"J-2","name":"J","price":{"micros":1e999,"currency":"EUR"}}',
      '{"sku":"J-2","name":"J","price":{"micros":9223372036854775808,"currency":"EUR"}}',
      '{"sku":"J-2","name":"J","price":{"micros":-1,"currency":"EUR"}}',
      `{"sku":"J-2","name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ])
      expect((await raw('POST', '/products', payload, type)).statusCode, String(payload).slice(0, 80)).toBe(400)
    expect(
      (await raw('PATCH', '/me/preferences', `{"preferences":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`, type))
        .statusCode,
    ).toBeLessThan(500)
    expect((await raw('POST', '/products', `{"sku":"${'x'.repeat(1_100_000)}"}`, type)).statusCode).toBe(413)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('85 a key that stands twice is named, at whatever depth, and a large body is read at once', async () => {
    const type = { 'content-type': 'application/json' }
    const twice = await raw('POST', '/products', '{"sku":"K","name":"N","price":{"micros":1,"micros":2}}', type)
    expect(twice.json().errors).toEqual([{ field: 'price.micros', message: 'stands there twice' }])
    expect(faultOf('[{"a":1},{"a":2,"b":{"a":{"a":"\\"a\\":"},"c":[]}}]')).toBeUndefined()
    expect(faultOf('{"a":[{"b":"x"}],"c":"{\\"a\\":1}","a":2}')?.field).toBe('a')
    expect(faultOf('['.repeat(41))?.message).toBe('is nested too deeply')
    for (const broken of ['{"a', '{"a\\', '"', '}{', '{"\\u00":1,"\\u00":2}', '{,,{"a":1'])
      expect(() => faultOf(broken), broken).not.toThrow()
    const large = JSON.stringify(
      Array.from({ length: 500 }, (_, n) => ({ n, lines: Array(20).fill({ sku: 'x'.repeat(80) }) })),
    )
    for (let round = 0; round < 5; round++) faultOf(large)
    const since = performance.now()
    expect(faultOf(large)).toBeUndefined()
    expect([large.length > 900_000, performance.now() - since < 100]).toEqual([true, true])
  })

  it('86 however the type of the content is written, the body is checked', async () => {
    for (const kind of [
      'application/json\t; x',
      ' application/json',
      'APPLICATION/JSON;charset=utf-16',
      'application/json; charset=utf-7',
    ])
      expect([400, 415], kind).toContain(
        (await raw('POST', '/products', '{"sku":"J-3","nam":1}', { 'content-type': kind })).statusCode,
      )
  })

  it('85 a number or a day beyond what can be kept is refused, not a fault', async () => {
    const orderId = await cases.getOrder!.subject!(world, 'own')
    for (const version of [3_000_000_000, 9e15, 1e300])
      expect([400, 412]).toContain(
        (await world.as('A1', `PATCH /orders/${orderId}`, { recipient: { city: 'X' } }, at(version))).status,
      )
    for (const day of ['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-30']) {
      expect((await world.as('A1', `GET /orders?placedFrom=${day}`)).status, day).toBeLessThan(500)
      expect(
        (await world.as('A1', `POST /orders/${orderId}/hold`, { reason: 'r', until: day })).status,
        day,
      ).toBeLessThan(500)
    }
    for (const micros of [Number.MAX_SAFE_INTEGER, 9e15])
      expect(
        (await world.as('A1', 'POST /products', { sku: `N-${micros}`, name: 'N', price: { micros, currency: 'EUR' } }))
          .status,
      ).toBeLessThan(500)
  })

  it('30 70 78 a method that is not registered does nothing, whatever a header calls it', async () => {
    const orderId = await cases.getOrder!.subject!(world, 'own')
    expect((await world.as('A1', `GET /orders/${orderId}`)).status).toBe(200)
    const known = new Set(registered.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`))
    for (const path of new Set(registered.map(({ endpoint }) => endpoint.path)))
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        if (known.has(`${method} ${path}`)) continue
        const answer = await raw(method, path.replace(':id', orderId))
        const other = [...known].some(
          (one) =>
            one.startsWith(`${method} `) &&
            new RegExp(`^${one.split(' ')[1]!.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
        )
        if (!other) expect([404, 405], `${method} ${path}`).toContain(answer.statusCode)
        expect(answer.payload).not.toContain('M-')
      }
    for (const override of [{ 'x-http-method-override': 'DELETE' }, { 'x-method-override': 'DELETE' }] as Record<
      string,
      string
    >[])
      expect((await raw('GET', `/orders/${orderId}`, undefined, override)).statusCode).toBe(200)
    expect((await raw('GET', `/orders/${orderId}?_method=DELETE`)).statusCode).toBe(400)
  })

  it('115 no changing request of another site is taken, uploads and exports among them', async () => {
    const file = form({ kind: 'orders' }, { name: 'o.csv', content: 'a,b\n1,2\n' })
    for (const { name, endpoint } of registered.filter(({ endpoint: { method } }) => method !== 'GET'))
      for (const headers of [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { origin: 'null' },
      ] as Record<string, string>[]) {
        const own = endpoint.upload ? file : { body: cases[name]!.body?.(never), headers: {} }
        const answer = await world.as(asker(endpoint.path), call(endpoint), own.body, { ...own.headers, ...headers })
        expect([answer.status, answer.body?.code], `${name} ${JSON.stringify(headers)}`).toEqual([
          403,
          'foreign_origin',
        ])
      }
  })

  it('165 190 234 long and crooked addresses reach nothing that the plain one does not', async () => {
    expect((await raw('GET', '/me', undefined, { 'x-long': 'x'.repeat(12_000) })).statusCode).toBe(200)
    expect((await raw('GET', `/orders?q=${'x'.repeat(5000)}`)).statusCode).toBe(400)
    const nobody = (url: string) => world.app.inject({ method: 'GET', url })
    for (const url of [
      '//api/v1/orders',
      '/api/v1//orders',
      '/api/v1/%6frders',
      '/api/v1/orders/',
      '/API/v1/orders',
      '/api/v1/orders;x',
      '/api/v1/../v1/orders',
      '/api/v1/%2e%2e/v1/orders',
      '/api%2fv1%2forders',
    ])
      expect([400, 401, 404], url).toContain((await nobody(url)).statusCode)
    for (const url of [
      '/.env',
      '/.git/config',
      '/node_modules/fastify/package.json',
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/assets/',
      '/assets/index.js.map',
      '/server/src/app.ts',
      '/data/',
      '/files/',
    ]) {
      const { statusCode, payload, headers } = await nobody(url)
      if (statusCode !== 200) expect([400, 403, 404], url).toContain(statusCode)
      else expect(String(headers['content-type']), url).toContain('text/html') // the page, which says it is not there
      expect(payload, url).not.toMatch(/"dependencies"|\[core\]|import /)
    }
  })

  it('13 a cursor is worth nothing for another, for another list or with another filter', async () => {
    await world.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: ['1', '2', '3'].map((number) => orderDraft(number)) }),
    )
    const { nextCursor } = (await world.as('A1', 'GET /orders?limit=1')).body
    expect((await world.as('A1', `GET /orders?limit=1&cursor=${nextCursor}`)).status).toBe(200)
    for (const [who, path] of [
      ['F1', `/orders?limit=1&cursor=${nextCursor}`],
      ['P1', `/orders?limit=1&cursor=${nextCursor}`],
      ['A1', `/orders?limit=1&status=shipped&cursor=${nextCursor}`],
      ['A1', `/products?cursor=${nextCursor}`],
      ['A1', '/orders?cursor=x.y'],
    ] as const)
      expect((await world.as(who, `GET ${path}`)).body.code, path).toBe('bad_cursor')
  })

  it('230 a fault inside leaves as a plain problem with the request id', async () => {
    const pool = world.deps.pools.staff
    const { connect } = pool
    pool.connect = (async () => {
      throw new Error('secret of /srv/app: select password from identity.users')
    }) as never
    try {
      for (const path of ['/me', '/orders', '/products']) {
        const answer = await world.as('A1', `GET ${path}`)
        expect([answer.status, answer.body.code]).toEqual([500, 'internal'])
        expect(answer.body.requestId).toBeTruthy()
        expect(answer.text).not.toMatch(/secret|srv|identity/)
      }
    } finally {
      pool.connect = connect
    }
    expect((await world.as('A1', 'GET /me')).body.user.email).toBe(emailOf('A1'))
  })
})
