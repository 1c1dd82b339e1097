import type { TObject, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type FieldError, Problem } from './problem.ts'

interface SchemaNode {
  type?: string
  properties?: Record<string, SchemaNode>
}

/**
 * A checker for one part of a request. Query and params come as text and are turned into what the schema names; bodies
 * are taken as they are. Unknown fields are refused by name, never stripped.
 * @throws Problem invalid_request with the fields
 */
export function checker(schema: TObject, part: 'params' | 'query' | 'body'): (value: unknown) => unknown {
  const compiled = Compile(schema)
  return (raw) => {
    const value = part === 'body' ? raw : fromText(schema as SchemaNode, raw as Record<string, unknown>)
    if (!compiled.Check(value))
      throw new Problem('invalid_request', undefined, { errors: fieldErrors(compiled.Errors(value)) })
    const errors = unkeepable(value)
    if (errors.length > 0) throw new Problem('invalid_request', undefined, { errors })
    return value
  }
}

const deepest = 32

/** What no database keeps: NUL and half a character in text, numbers beyond the exact ones, nesting beyond reason. */
function unkeepable(value: unknown, at: string[] = []): FieldError[] {
  const field = at.join('.')
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed()
      ? [{ field, message: 'holds a character that no text may hold' }]
      : []
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return [{ field, message: 'is too large' }]
  if (Object.is(value, -0)) return [{ field, message: 'is minus zero' }]
  if (typeof value !== 'object' || value === null) return []
  if (at.length >= deepest) return [{ field, message: 'is nested too deeply' }]
  return Object.entries(value).flatMap(([name, inner]) =>
    [...unkeepable(name, at), ...unkeepable(inner, [...at, name])].slice(0, 1),
  )
}

/** Whether an answer is what its contract promises; for writes it is asked before the commit. */
export function promise(schema: TSchema): (value: unknown) => void {
  const compiled = Compile(schema)
  return (value) => {
    if (compiled.Check(value)) return
    const [first] = compiled.Errors(value)
    throw new Error(`the answer breaks its contract at ${first?.instancePath}: ${first?.message}`)
  }
}

function fromText(schema: SchemaNode, raw: Record<string, unknown>): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [key, text] of Object.entries(raw ?? {})) {
    const type = schema.properties?.[key]?.type
    if (type === 'array') value[key] = Array.isArray(text) ? text : [text]
    else if (type === 'integer' && typeof text === 'string' && /^-?\d{1,15}$/.test(text)) value[key] = Number(text)
    else if (type === 'boolean' && (text === 'true' || text === 'false')) value[key] = text === 'true'
    else value[key] = text
  }
  return value
}

interface ValidationError {
  keyword: string
  instancePath: string
  message: string
  params: object
}

function fieldErrors(errors: ValidationError[]): FieldError[] {
  const byField = new Map<string, string>()
  for (const { keyword, instancePath, message, params } of errors) {
    const at = instancePath.slice(1).replaceAll('/', '.')
    const prefix = at === '' ? '' : `${at}.`
    if (keyword === 'additionalProperties') {
      for (const name of (params as { additionalProperties: string[] }).additionalProperties)
        byField.set(prefix + name, 'is not a field of this request')
    } else if (keyword === 'required') {
      for (const name of (params as { requiredProperties: string[] }).requiredProperties)
        byField.set(prefix + name, 'is required')
    } else if (keyword !== 'boolean' && keyword !== 'anyOf' && !byField.has(at)) byField.set(at, message)
  }
  return [...byField].map(([field, message]) => ({ field, message }))
}
