export interface Schema {
  type?: string
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  minItems?: number
  minimum?: number
  properties?: Record<string, Schema>
}

/** A value that a schema takes, with every property it names. */
export function sample(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sample(schema.anyOf[0]!)
  if (schema.type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, sample(inner)]))
  if (schema.type === 'array') return [sample(schema.items!)]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return true
  if (schema.format === 'uuid') return '01900000-0000-7000-8000-000000000000'
  if (schema.format === 'date') return '2026-01-02'
  if (schema.format === 'email') return 'x@example.com'
  if (schema.pattern?.startsWith('^[A-Z]{3}')) return 'EUR'
  return 'long enough for every text'
}

/** Every place in a value where a scalar stands, as a path. */
export function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}
/** The same value with something else at that place. */
export function put(value: unknown, path: (string | number)[], wrong: unknown): unknown {
  if (path.length === 0) return wrong
  const copy = structuredClone(value) as Record<string | number, unknown>
  copy[path[0]!] = put(copy[path[0]!], path.slice(1), wrong)
  return copy
}
