import type { FastifyInstance } from 'fastify'
import { type FieldError, Problem } from './problem.ts'

/** Deeper than any body of ours; what is nested further is refused before it is looked at. */
const deepest = 40

/**
 * Reads JSON bodies strictly: UTF-8 without faults, no `__proto__` or `constructor.prototype`, no key twice in an object (who checks
 * and who acts might each see another one), bounded nesting.
 */
export function readJsonStrictly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string
    try {
      text = utf8.decode(body as Buffer)
    } catch {
      return done(new Problem('invalid_request', 'The body is not UTF-8.'))
    }
    const fault = text.length > 0 ? faultOf(text) : undefined
    if (fault) return done(new Problem('invalid_request', undefined, { errors: [fault] }))
    void parse(request, text, done)
  })
}

const [quote, backslash, colon, comma] = [34, 92, 58, 44]
const [openObject, closeObject, openArray, closeArray] = [123, 125, 91, 93]

/**
 * The first key that stands twice in one object, or the place that is nested too deeply. One pass over the text, which need
 * not be JSON: whether it is, the parser says afterwards.
 */
export function faultOf(text: string): FieldError | undefined {
  /** Of each open object the keys it has so far; an array has none. */
  const open: (Set<string> | undefined)[] = []
  const path: string[] = []
  let expectsKey = false
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === quote) {
      const end = endOfText(text, at + 1)
      const keys = open[open.length - 1]
      if (expectsKey && keys) {
        const key = textOf(text.slice(at + 1, end))
        path[open.length - 1] = key
        if (keys.has(key))
          return { field: path.slice(0, open.length).filter(Boolean).join('.'), message: 'stands there twice' }
        keys.add(key)
        expectsKey = false
      }
      at = end
    } else if (sign === openObject || sign === openArray) {
      if (open.length === deepest) return { field: path[0] ?? '', message: 'is nested too deeply' }
      open.push(sign === openObject ? new Set() : undefined)
      path.length = open.length - 1
      path.push('')
      expectsKey = sign === openObject
    } else if (sign === closeObject || sign === closeArray) {
      open.pop()
    } else if (sign === comma) expectsKey = open[open.length - 1] !== undefined
    else if (sign === colon) expectsKey = false
  }
  return undefined
}

/** Where the quote stands that ends a text begun before `from`. */
function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}

/** A key as it will be read: `\u0061` is `a`. */
function textOf(raw: string): string {
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`)
  } catch {
    return raw
  }
}
