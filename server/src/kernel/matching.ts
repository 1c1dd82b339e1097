import type { TObject } from 'typebox'
import { type Endpoint, mark, side } from './endpoint.ts'
import { Problem } from './problem.ts'

interface Asker {
  audience: string
  permissions: readonly string[]
}

/**
 * Matching is reading: who may not see a field may not filter by it either. He is refused; a filter that silently matched nothing, or
 * everything, would tell him something.
 * @returns undefined where nothing in the contract is for some only; else what says of a request whether it asks for any of that, and
 * then checks who does
 */
export function matchingGuard(endpoint: Endpoint) {
  const filter = endpoint.body?.properties.filter as TObject | undefined
  const marked = Object.entries({ ...filter?.properties, ...endpoint.query?.properties }).filter(
    ([, schema]) => mark in schema || side in schema,
  ) as [string, { [mark]?: string; [side]?: string }][]
  if (marked.length === 0) return undefined
  return (parts: { query?: unknown; body?: unknown }) => {
    const given = { ...((parts.body as { filter?: object } | undefined)?.filter ?? {}), ...(parts.query as object) }
    const asked = marked.filter(([name]) => given[name as keyof object] !== undefined)
    if (asked.length === 0) return undefined
    return (who: Asker): void => {
      for (const [name, { [mark]: permission, [side]: audience }] of asked)
        if ((permission && !who.permissions.includes(permission)) || (audience && audience !== who.audience))
          throw new Problem('not_permitted', `You may not filter by ${name}: you do not see it.`)
    }
  }
}
