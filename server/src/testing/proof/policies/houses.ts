import type { Deed, Row } from './right.ts'

/** The house's own logins, which are nobody: what they see of a table where it is not every row, and what they may change. */
export type House = 'owner' | 'identity' | 'worker'
interface Chore {
  house: House
  deed: Deed
  sql: string
  expected: (rows: Row[]) => string
}

const isOld = (row: Row) => Date.parse(String(row.kept_at)) < Date.now() - 24 * 3_600_000
const countOf = (rows: Row[], which: (row: Row) => boolean) => String(rows.filter(which).length)

export const chores: Record<string, Chore[]> = {
  'access.kept_answers': [
    {
      house: 'worker',
      deed: 'read',
      sql: 'select count(*)::text from access.kept_answers',
      expected: (rows) => countOf(rows, isOld),
    },
    {
      house: 'worker',
      deed: 'remove',
      sql: 'delete from access.kept_answers',
      expected: (rows) => countOf(rows, isOld),
    },
  ],
  'access.audit': [
    {
      house: 'worker',
      deed: 'change',
      sql: 'update access.audit set seq = seq where seq is null',
      expected: () => 'refused', // a place that was given
    },
    {
      house: 'worker',
      deed: 'change',
      sql: 'update access.audit set hash = hash where seq is not null',
      expected: () => '0', // and never taken back
    },
  ],
}
