import { type Statement, sql } from './sql.ts'

/** The signs that make a spreadsheet take a cell for a formula; the wide ones come from East Asian keyboards. */
const dangerous = sql.lit(`{${[...'=+-@\t\r\n＝＋－＠'].map((sign) => sign.codePointAt(0)).join(',')}}`)

/**
 * A spreadsheet runs a cell that begins like a formula: an apostrophe before it makes it text, which our own import takes
 * off again. A plain number or phone number is none.
 */
export const guarded = (cell: Statement<unknown>): Statement<unknown> =>
  sql`case when ascii(${cell}) = any (${dangerous}) and ${cell} !~ '^[+-]?[0-9][0-9 .]*$' then '''' || ${cell} else nullif(${cell}, '') end`
