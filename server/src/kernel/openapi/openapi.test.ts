import Schema from 'typebox/schema'
import { describe, expect, it } from 'vitest'
import { problems } from '#kernel/problems.ts'
import { registered } from '#kernel/routes.ts'
import { checkAnswer, type Given } from '../../testing/check-answer.ts'
import { useWorld } from '../../testing/world.ts'
import { problemsOf } from './problems-of.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by its paths
type Any = any

/** Every value in a document with where it stands. */
function* walk(value: Any, at = '#'): Generator<[string, Any]> {
  yield [at, value]
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* walk(inner, `${at}/${key}`)
}
const at = (document: Any, ref: string) =>
  ref
    .slice(2)
    .split('/')
    .reduce((part, key) => part?.[key], document)

describe('the description of the API', () => {
  const world = useWorld()
  const document = async () => (await world.as(null, 'GET /openapi.json')).body as Any

  it('is OpenAPI 3.1 with every route, each once, for anybody to read', async () => {
    const answer = await world.as(null, 'GET /openapi.json')
    expect([answer.status, String(answer.headers['content-type'])]).toEqual([200, 'application/json; charset=utf-8'])
    const { openapi, info, servers, paths } = answer.body
    expect([openapi, info.title, servers[0].url]).toEqual(['3.1.0', 'Crossdock', '/api/v1'])
    const described = Object.entries(paths as Any).flatMap(([path, methods]) =>
      Object.keys(methods as Any).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(described.sort()).toEqual(registered.map(({ endpoint: { method, path } }) => `${method} ${path}`).sort())
    const operations = Object.values(paths as Any).flatMap((methods) => Object.values(methods as Any)) as Any[]
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })

  it('is sound: references lead somewhere, parameters are those of the path, schemas can be used', async () => {
    const whole = await document()
    for (const [where, value] of walk(whole)) {
      if (typeof value?.$ref === 'string') expect(at(whole, value.$ref), where).toBeDefined()
      if (value?.schema)
        expect(() => Schema.Compile({ ...value.schema, components: whole.components }), where).not.toThrow()
    }
    for (const [path, methods] of Object.entries(whole.paths as Any)) {
      for (const [method, operation] of Object.entries(methods as Any) as [string, Any][]) {
        const where = `${method} ${path}`
        const named = operation.parameters.map((one: Any) => (one.$ref ? at(whole, one.$ref) : one))
        expect(
          named.filter((one: Any) => one.in === 'path').map((one: Any) => one.name),
          where,
        ).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
        expect(new Set(named.map((one: Any) => `${one.in} ${one.name}`)).size, where).toBe(named.length)
        for (const one of named)
          expect(Object.keys(one), where).toEqual(expect.arrayContaining(['name', 'in', 'required', 'schema']))
        expect(operation.summary, where).toMatch(/^[A-Z]/)
        expect(
          Object.keys(operation.responses).filter((status) => status.startsWith('2')),
          where,
        ).toHaveLength(1)
        for (const [status, response] of Object.entries(operation.responses) as [string, Any][]) {
          expect(Number(status), where).toBeGreaterThan(199)
          expect(response.description, `${where} ${status}`).toMatch(/\w/)
        }
      }
    }
  })

  it('says who may, what may be sent twice, and what an edit is based on', async () => {
    const { paths } = await document()
    const names = (operation: Any) => operation.parameters.map((one: Any) => one.$ref ?? one.name)
    const hold = paths['/orders/{id}/hold'].post
    expect([hold['x-permission'], hold.security]).toEqual(['orders:hold', [{ key: [] }, { session: [] }]])
    expect(names(hold)).toContain('#/components/parameters/IdempotencyKey')
    expect(names(paths['/orders/{id}'].patch)).toContain('#/components/parameters/IfMatch')
    expect(names(paths['/orders/{id}'].get)).toContain('#/components/parameters/IfNoneMatch')
    expect(Object.keys(paths['/orders/{id}'].patch.responses)).toEqual(expect.arrayContaining(['412', '428']))
    for (const path of ['/session', '/outbox/{id}/reveal', '/rules/preview', '/orders/export', '/imports'])
      expect(names(paths[path].post), path).not.toContain('#/components/parameters/IdempotencyKey')
    expect(paths['/session'].post.security).toEqual([])
    expect(Object.keys(paths['/imports'].post.requestBody.content)).toEqual(['multipart/form-data'])
    expect(Object.keys(paths['/orders/export'].post.responses['200'].content)).toEqual(['text/csv'])
  })

  it('names only problems that there are, and where their type leads somebody explains them', async () => {
    for (const { endpoint } of registered)
      for (const code of problemsOf(endpoint)) expect(problems).toHaveProperty(code)
    const { body } = await world.as(null, 'GET /me')
    const page = await world.app.inject({ method: 'GET', url: new URL(body.type, 'http://x').pathname })
    expect([page.statusCode, String(page.headers['content-type'])]).toEqual([200, 'text/html; charset=utf-8'])
    for (const code of Object.keys(problems)) expect(page.payload).toContain(`id="${code}"`)
  })

  it('is held against every answer of the tests: one that it does not name is noticed', async () => {
    const good = await world.as('A1', 'GET /me')
    const refused = await world.as(null, 'GET /me')
    const wrong =
      (given: Partial<Given>, like = good) =>
      () =>
        checkAnswer('GET', '/api/v1/me', { ...like, ...given })
    expect(wrong({})).not.toThrow()
    expect(wrong({ status: 202 })).toThrow('GET /me answered 202, which its description does not name')
    expect(wrong({ text: '{}' })).toThrow('not as it is described')
    expect(wrong({ text: good.text.replace(/"role":\{/, '"role":7,"x":{') })).toThrow('not as it is described')
    expect(wrong({ headers: { ...good.headers, etag: '"1"' } })).toThrow('ETag')
    expect(wrong({ headers: { 'content-type': 'text/html' } })).toThrow('as text/html')
    expect(wrong({}, refused)).not.toThrow()
    expect(wrong({ text: refused.text.replace('"code":"not_signed_in"', '"code":"held"') }, refused)).toThrow(
      'not as it is described',
    )
    expect(wrong({ text: refused.text.replace('"code"', '"kode"') }, refused)).toThrow('not as it is described')
  })
})
