import type { ImportState } from './useImport.ts'

/** The four steps of an import, in their order. */
export const steps = ['upload', 'match', 'check', 'import'] as const
export type Step = (typeof steps)[number]
export const isStep = (word: unknown): word is Step => steps.includes(word as Step)

/** How far an import may be looked at: one goes back freely, forward only as far as the work has come. */
const furthest: Record<ImportState, Step> = {
  uploaded: 'match',
  checking: 'check',
  checked: 'check',
  running: 'import',
  done: 'import',
  cancelled: 'import',
  failed: 'import',
}

export const isOpen = (step: Step, state: ImportState) => steps.indexOf(step) <= steps.indexOf(furthest[state])

/** The step that is shown: the one asked for where it is open, else as far as the import has come. */
export const stepOf = (asked: Step | undefined, state: ImportState): Step =>
  asked !== undefined && isOpen(asked, state) ? asked : furthest[state]
