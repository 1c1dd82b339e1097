import { useState } from 'react'
import { ApiProblem } from '../../api.ts'

export type Conflict = { path: string; yours: unknown; theirs: unknown }
type Flat = Record<string, unknown>
/** What the form began with, or what somebody saved meanwhile: only what differs from it is sent. */
type Base = { version: number; values: Flat }
/** Sends what was changed, by its path, as an edit of that version. */
type Send = (changed: Flat, version: number) => Promise<unknown>

export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What somebody saved meanwhile is what one begins with now; a field that only one of the two changed is no conflict. */
function meet(more: Flat, values: Flat, from: Base, inForm: (value: unknown, path: string) => unknown) {
  const { version, fields } = more as { version: number; fields: Record<string, { theirs: unknown }> }
  const both = Object.keys(fields)
    .filter((path) => path in from.values)
    .map((path): Conflict => ({ path, yours: values[path], theirs: inForm(fields[path]!.theirs, path) }))
  const base = { version, values: { ...from.values } }
  for (const { path, theirs } of both) base.values[path] = theirs
  return { base, conflicts: both.filter(({ path, theirs }) => !isSame(theirs, from.values[path])) }
}

/**
 * An edit that overwrites nobody: it sends what differs from what it began with; when somebody else saved meanwhile, both
 * values stay until the person chose. `save` says whether all is saved.
 * @param inForm how a value of the server stands in the form
 */
export function useEdit(version: number, begun: Flat, inForm: (value: unknown, path: string) => unknown) {
  const [base, setBase] = useState<Base>({ version, values: begun })
  const [conflicts, setConflicts] = useState<Conflict[]>([])
  const saveFrom = async (from: Base, values: Flat, send: Send): Promise<boolean> => {
    const changed = Object.keys(from.values).filter((path) => !isSame(values[path], from.values[path]))
    if (changed.length === 0) return true
    try {
      await send(Object.fromEntries(changed.map((path) => [path, values[path]])), from.version)
      return true
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'changed_meanwhile') throw problem
      const met = meet(problem.more, values, from, inForm)
      setBase(met.base)
      setConflicts(met.conflicts)
      // Somebody saved other fields than these: there is nothing to decide.
      return met.conflicts.length === 0 ? await saveFrom(met.base, values, send) : false
    }
  }
  return { conflicts, save: (values: Flat, send: Send) => saveFrom(base, values, send) }
}
