import { countryCode } from './countries.ts'
import { parseDate } from './dates.ts'
import { parseMoney, parsePercent, parseQuantity, parseRate } from './numbers.ts'
import { bad, good, isDamaged, type Outcome } from './outcome.ts'
import type { Format, Micros, Moment } from './types.ts'

/** What a cell of each type becomes. */
export type Values = {
  text: string
  note: string
  code: string
  country: string
  email: string
  phone: string
  tags: string[]
  boolean: boolean
  paid: boolean
  date: Moment
  quantity: number
  money: { micros: Micros; currency: string | null }
  rate: Micros
  percent: Micros
  currency: string
}
export type FieldType = keyof Values

type Reader<T> = (text: string, format: Format) => Outcome<T>

// A new key for every type of field: the compiler asks for its reader.
const readers: { [T in FieldType]: Reader<Values[T]> } = {
  text: (text) => readable(text, 255),
  note: (text) => readable(text, 10_000),
  code: readCode,
  country: (text) => {
    const code = countryCode(text)
    return code ? good(code) : bad('country_unknown')
  },
  email: (text) =>
    /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/.test(text) ? readable(text, 254) : bad('not_an_email'),
  phone: readPhone,
  tags: (text) => {
    const tags = splitTags(text)
    const refused = tags.map((tag) => readable(tag, longestTag)).find((tag) => !tag.ok)
    return refused && !refused.ok ? refused : good(tags)
  },
  boolean: (text) => wordOf(text, yes, no) ?? bad('not_yes_or_no'),
  paid: (text) => wordOf(text, paidWords, unpaidWords) ?? bad('payment_unknown'),
  date: (text, format) => parseDate(text, format.dateOrder),
  quantity: (text, format) => parseQuantity(text, format.decimalComma),
  money: (text, format) => parseMoney(text, format.decimalComma),
  rate: (text, format) => parseRate(text, format.decimalComma),
  percent: (text, format) => parsePercent(text, format.decimalComma),
  currency: (text) => (currencies.has(text.toUpperCase()) ? good(text.toUpperCase()) : bad('currency_unknown')),
}

const spreadsheetErrors = new Set([
  '#REF!',
  '#N/A',
  '#NAME?',
  '#VALUE!',
  '#DIV/0!',
  '#NULL!',
  '#NUM!',
  '#NOM?',
  '#VALEUR!',
])
const emptyWords = new Set(['null', '\\n', 'n/a', '-', '–', '—', 'none'])
const literal = new Set<FieldType>(['text', 'note', 'code', 'tags'])

/**
 * Reads one cell as a type. Its value, null for an empty cell, or the reason against it. Words such as NULL, n/a or a dash
 * mean empty where the type is not text.
 */
export function readValue<T extends FieldType>(type: T, cell: string, format: Format): Outcome<Values[T] | null> {
  const text = cell.trim()
  if (text === '') return good(null)
  if (text.charCodeAt(0) === 35 && spreadsheetErrors.has(text.toUpperCase())) return bad('spreadsheet_error')
  if (!literal.has(type) && emptyWords.has(text.toLowerCase())) return good(null)
  return readers[type](text, format)
}

/** How long a tag may be. */
export const longestTag = 200

// Control characters have no place in a name and PostgreSQL refuses NUL; � is what a wrong encoding leaves.
const unreadable = /[^\P{Cc}\t\n\r]|\ufffd/u

function readable(text: string, limit: number): Outcome<string> {
  if (unreadable.test(text) || !text.isWellFormed()) return bad('unreadable_text')
  return text.length > limit ? bad('too_long', { length: text.length, limit }) : good(text)
}

/** Numbers that are names (SKU, postcode, order number): every digit stays, zeros in front too. */
function readCode(text: string): Outcome<string> {
  // '00123 is how one tells a spreadsheet to leave the zeros alone.
  const bare = /^'\d/.test(text) ? text.slice(1) : text
  if (isDamaged(bare)) return bad('damaged_number')
  if (/^=|^[-+@].*\(/.test(bare)) return bad('formula')
  return readable(bare, 100)
}

function readPhone(text: string): Outcome<string> {
  const bare = text.replace(/^'/, '')
  if (bare.includes('@')) return bad('phone_is_email')
  if (isDamaged(bare)) return bad('damaged_number')
  const digits = bare.replace(/\D/g, '').length
  return digits < 3 || /\p{L}{8}/u.test(bare) ? bad('not_a_phone') : readable(bare, 50)
}

/** A comma never splits: `supplier:Pavlova, Ltd.` is one tag. */
const splitTags = (text: string) => [
  ...new Set(
    text
      .split(/[;|\n]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
]

const yes = new Set(['1', 'true', 'yes', 'y', 'x', 'oui', 'o', 'vrai', 'on'])
const no = new Set(['0', 'false', 'no', 'n', 'non', 'faux', 'off'])
const paidWords = new Set([...yes, 'paid', 'paye', 'payee', 'refunded', 'partially_refunded', 'captured', 'completed'])
const unpaidWords = new Set([
  ...no,
  'unpaid',
  'impaye',
  'non paye',
  'pending',
  'authorized',
  'partially_paid',
  'voided',
  'expired',
  'awaiting payment',
])

function wordOf(text: string, right: Set<string>, wrong: Set<string>): Outcome<boolean> | undefined {
  const word = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (right.has(word)) return good(true)
  if (wrong.has(word)) return good(false)
}

const currencies = new Set(Intl.supportedValuesOf('currency'))
