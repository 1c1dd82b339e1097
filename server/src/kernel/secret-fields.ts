import type { TSchema } from 'typebox'
import { mark } from './endpoint.ts'
import type { Permission } from './permissions.ts'

interface Node {
  properties?: Record<string, Node>
  items?: Node
  anyOf?: Node[]
  [mark]?: Permission
}

type Strip = (value: unknown, permissions: readonly string[]) => void

/** Takes out of an answer, in place, what its reader does not hold the permission for; undefined where nothing is marked. */
export function stripper(schema: TSchema): Strip | undefined {
  return stripNode(schema as Node)
}

function stripNode({ properties = {}, items, anyOf = [] }: Node): Strip | undefined {
  const marked = Object.entries(properties).flatMap(([name, node]) => (node[mark] ? [[name, node[mark]] as const] : []))
  const inner = Object.entries(properties).flatMap(([name, node]) => {
    const strip = stripNode(node)
    return strip ? [[name, strip] as const] : []
  })
  const each = items && stripNode(items)
  const either = anyOf.flatMap((node) => stripNode(node) ?? [])
  if (marked.length + inner.length + either.length === 0 && !each) return undefined
  return (value, permissions) => {
    if (typeof value !== 'object' || value === null) return
    const record = value as Record<string, unknown>
    for (const [name, permission] of marked) if (!permissions.includes(permission)) delete record[name]
    for (const [name, strip] of inner) strip(record[name], permissions)
    for (const strip of either) strip(value, permissions)
    if (each && Array.isArray(value)) for (const one of value) each(one, permissions)
  }
}
