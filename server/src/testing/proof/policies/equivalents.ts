import { type Audience, audiences } from '#kernel/permissions.ts'
import { type Mutant, type Policy, splitAnd } from './mutants.ts'
import type { Table } from './planted.ts'
import type { Grants } from './probes.ts'

interface Known {
  tables: Table[]
  policies: Policy[]
  grants: Record<Audience, Grants>
}

/** Mutants that change nothing anybody could ever tell, each with the reason; those that a rule below explains stand there. */
export const equivalents: Record<string, string> = {}

/** Why nobody could tell this mutant from the original; undefined where somebody must. */
export function whyEquivalent(mutant: Mutant, known: Known): string | undefined {
  if (equivalents[mutant.name]) return equivalents[mutant.name]
  const { policy, lost } = mutant
  if (!policy || !lost) return undefined
  const table = known.tables.find(({ name }) => name === mutant.table)!
  const held = audiences
    .filter((one) => policy.logins.some((login) => login.endsWith(`_${one}`)))
    .map((one) => known.grants[one])
  const granted = (command: string, column: string) =>
    held.some((one) => one.get(`${command} ${table.name}`)?.has(column))
  const anybody = (command: string) => held.some((one) => one.has(`${command} ${table.name}`))
  const columnsIn = (condition: string) =>
    table.columns
      .filter(({ name }) => new RegExp(`\\b${name}\\b`).test(condition.replace(/AS \w+/g, '')))
      .map(({ name }) => name)

  if (lost.side === 'using') {
    const touched = policy.command === 'ALL' && ['select', 'update', 'delete'].some(anybody)
    return policy.command !== 'ALL' || touched
      ? undefined
      : 'no audience may read, change or delete anything in the table'
  }
  if (policy.command === 'INSERT' || (policy.command === 'ALL' && anybody('insert'))) return undefined
  const { conditions } = lost
  if (conditions.some((condition) => columnsIn(condition).some((column) => granted('update', column)))) return undefined
  const before = policy.using === null ? [] : splitAnd(policy.using)
  if (!conditions.every((condition) => before.includes(condition))) return undefined
  // Who comes in by another policy for the same command may be held by this one's condition: not where both look at the same rows.
  const rowsOf = ({ check }: Policy) =>
    splitAnd(check ?? '')
      .filter((condition) => columnsIn(condition).length > 0)
      .join()
  const others = known.policies.filter(
    (one) =>
      one !== policy &&
      one.table === policy.table &&
      one.command === policy.command &&
      !one.restrictive &&
      one.logins.join() === policy.logins.join(),
  )
  const writable = table.columns.some(({ name }) => table.looked.includes(name) && granted('update', name))
  if (!policy.restrictive && writable && others.some((one) => rowsOf(one) !== rowsOf(policy))) return undefined
  return 'the row had to meet the same condition before, and nobody may write what it looks at'
}
