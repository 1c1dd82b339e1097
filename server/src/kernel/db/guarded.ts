import { type Statement, sql } from './sql.ts'

/** The signs that make a spreadsheet take a cell for a formula; the wide ones come from East Asian keyboards. */
const signs = '=+-@\t\r\n＝＋－＠'
/** A plain number or phone number is none, whatever it begins with. */
const plain = '^[+-]?[0-9][0-9 .,]*$'

const dangerous = sql.lit(`{${[...signs].map((sign) => sign.codePointAt(0)).join(',')}}`)
const isPlain = new RegExp(plain)

/**
 * A spreadsheet runs a cell that begins like a formula: an apostrophe before it makes it text, which our own import takes
 * off again.
 */
export const guarded = (cell: Statement<unknown>): Statement<unknown> =>
  sql`case when ascii(${cell}) = any (${dangerous}) and ${cell} !~ ${sql.lit(plain)} then '''' || ${cell} else nullif(${cell}, '') end`

/** The same of a cell that is made here. */
export const guardedCell = <Cell>(cell: Cell): Cell | string =>
  typeof cell === 'string' && cell !== '' && `\0${signs}`.includes(cell[0]!) && !isPlain.test(cell) ? `'${cell}` : cell
