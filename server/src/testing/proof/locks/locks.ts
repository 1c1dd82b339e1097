import { isOfSlice, type Kind } from '../../canaries.ts'
import { isLeak, type Sighting } from '../../canary-scan.ts'
import type { Name } from '../../cast.ts'
import type { Lock } from './switches.ts'

/** From whom a secret is kept: from those of its slice whose role may not see it, and from those of another slice. */
export type From = 'role' | 'slice'

const each: Lock[] = ['route', 'schema', 'policy']
const database: Lock[] = ['policy']

/**
 * Which locks keep a secret each by itself, with the other two taken away. Rows of another slice are the database's alone: a
 * route and a schema say the same of every row. (There another account is kept away twice: by own_account and by the slice’s policy.)
 */
export const keptBy: Record<Kind, Record<From, Lock[]>> = {
  number: { role: each, slice: database },
  // On the page of an order the schema keeps it, in a supplier's queue the route: together, not each.
  recipient: { role: database, slice: database },
  contact: { role: ['schema', 'policy'], slice: database },
  amount: { role: ['schema', 'policy'], slice: database },
  note: { role: each, slice: database },
  lineS1: { role: each, slice: database },
  lineS2: { role: each, slice: database },
  productPrice: { role: each, slice: database },
  supplierS1: { role: each, slice: database },
  supplierS2: { role: each, slice: database },
  invited: { role: ['route', 'policy'], slice: database },
  importFile: { role: each, slice: database },
  transferP1: { role: ['route', 'policy'], slice: database },
  transferP2: { role: ['route', 'policy'], slice: database },
  transferHouse: { role: ['route', 'policy'], slice: database },
}

/** Who is asked after secrets: one of each kind of person that may not see something. */
export const curious: Name[] = ['F1', 'C1', 'C1s', '$1', 'V1', 'P1', 'S1', 'S1p', 'A2']

const nameOf = (kind: string, from: From) => `${kind} to another ${from}`

/** What leaked to whom: "amount to another role". */
export const leaked = (sightings: Sighting[]): string[] =>
  [
    ...new Set(
      sightings.filter(isLeak).map(({ who, canary }) => nameOf(canary.kind, isOfSlice(who, canary) ? 'role' : 'slice')),
    ),
  ].sort()

/** What must leak where only this lock is left, if the table above is right. */
export const beyond = (only: Lock): string[] =>
  (Object.entries(keptBy) as [Kind, Record<From, Lock[]>][])
    .flatMap(([kind, kept]) =>
      (['role', 'slice'] as const).flatMap((from) => (kept[from].includes(only) ? [] : nameOf(kind, from))),
    )
    .sort()
export const slices = beyond('route').filter((name) => name.endsWith('slice'))
