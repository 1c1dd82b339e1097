import type { Installation } from '../installation.ts'
import type { Settings } from '../platform/settings.ts'
import { Mistake } from './owner.ts'

export interface Run {
  installation: Installation
  options: Record<string, string | undefined>
  positionals: string[]
}
export interface Command {
  synopsis: string
  summary: string
  options: Record<string, { type: 'string' | 'boolean' }>
  /** The exit code; none is 0. */
  run(run: Run): Promise<number | undefined>
}

/** What is asked before there is a database to open. */
export interface EarlyCommand extends Omit<Command, 'run'> {
  run(settings: Settings): Promise<void>
}

export const words = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
export const list = (value: string | undefined) =>
  value
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean)
export function need(options: Run['options'], name: string): string {
  const value = options[name]
  if (!value) throw new Mistake(`--${name} is missing.`)
  return value
}
