import type { Installation } from '../installation.ts'
import type { Settings } from '../platform/settings.ts'
import { Mistake } from './owner.ts'

/** What was typed after the command's name. */
export interface Typed {
  options: Record<string, string | undefined>
  positionals: string[]
}
interface Described {
  synopsis: string
  summary: string
  options: Record<string, { type: 'string' | 'boolean' }>
}
/** A command that works in a database that is up to this program; its exit code, none is 0. */
export interface Command extends Described {
  run(typed: Typed & { installation: Installation }): Promise<number | undefined>
}
/** A command that brings no database up to this program: there may be none yet, or it is another version's. */
export interface EarlyCommand extends Described {
  run(typed: Typed & { settings: Settings }): Promise<number | undefined>
}

export const words = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
export const list = (value: string | undefined) =>
  value
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean)
export function need(options: Typed['options'], name: string): string {
  const value = options[name]
  if (!value) throw new Mistake(`--${name} is missing.`)
  return value
}
