import Schema from 'typebox/schema'
import { describeApi } from '#kernel/openapi/document.ts'
import { registered } from '#kernel/routes.ts'

interface Response {
  headers?: Record<string, unknown>
  content?: Record<string, { schema?: object }>
}
interface Described {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>
  components: object
}
export interface Given {
  status: number
  text: string
  headers: Record<string, unknown>
}

let description: Described | undefined
let routes: { method: string; pattern: RegExp; path: string }[] = []
const checks = new Map<object, { Check(value: unknown): boolean; Errors(value: unknown): unknown }>()

/**
 * Holds an answer against what the OpenAPI document says of its route. Called for every answer that a test receives, so
 * that the whole suite is the check. What no route answers is not held against anything.
 * @throws Error that says what the document does not name
 */
export function checkAnswer(method: string, url: string, given: Given): void {
  description ??= load()
  const { paths, components } = description
  const path = url.split('?')[0]!
  const route = routes.find((one) => one.method === method.toLowerCase() && one.pattern.test(path))
  if (!route) return
  const about = `${method} ${route.path} answered ${given.status}`
  const described = paths[route.path]![route.method]!.responses[given.status]
  if (!described) throw new Error(`${about}, which its description does not name: ${given.text}`)
  if (given.status === 304) return
  const type = String(given.headers['content-type']).split(';')[0]!
  const content = described.content?.[type]
  if (!content) throw new Error(`${about} as ${type}, which its description does not name`)
  if (given.headers.etag && !described.headers?.ETag) throw new Error(`${about} with an ETag that is not described`)
  if (!content.schema) return
  const check = checks.get(content.schema) ?? Schema.Compile({ ...content.schema, components })
  checks.set(content.schema, check)
  const value: unknown = JSON.parse(given.text)
  if (!check.Check(value))
    throw new Error(
      `${about}, not as it is described: ${JSON.stringify(check.Errors(value)).slice(0, 500)} in ${given.text}`,
    )
}

function load(): Described {
  const document = JSON.parse(JSON.stringify(describeApi(registered, { title: '', base: '', cookie: '' }))) as Described
  routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method,
      path,
      pattern: new RegExp(`^/api/v1${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    })),
  )
  // A word of its own stands before one that stands for any.
  routes.sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))
  return document
}
