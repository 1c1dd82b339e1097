import { bad, good, type Outcome } from './outcome.ts'
import type { DateOrder, Moment } from './types.ts'

const months = [
  'jan|january|janv|janvier',
  'feb|february|fev|fevr|fevrier',
  'mar|march|mars',
  'apr|april|avr|avril',
  'may|mai',
  'jun|june|juin',
  'jul|july|juil|juillet',
  'aug|august|aout',
  'sep|sept|september|septembre',
  'oct|october|octobre',
  'nov|november|novembre',
  'dec|december|decembre',
].map((names) => names.split('|'))

const numeric = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const named = /^(?:(\d{1,2})(?:er)?[-\s.]+([a-z]+)|([a-z]+)[-\s.]+(\d{1,2}))\.?,?[-\s.]+(\d{4}|\d{2})$/
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(z|utc|gmt|[-+]\d{2}:?\d{2})?$/
const splitClock = /^(.*?\d)(?:,?\s+|t)(\d{1,2}:.*)$/

/**
 * A day, with its time if one stands there. A year that comes first is read as such whatever the order chosen; two digits
 * mean 1969 to 2068. Midnight without an offset is how databases write "no time".
 */
export function parseDate(text: string, order: DateOrder): Outcome<Moment> {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const [, dayText = plain, timeText] = splitClock.exec(plain) ?? []
  const parts = dayParts(dayText, order)
  if (!parts) return bad(/^\d{5}(\.\d+)?$/.test(text) ? 'date_is_serial' : 'not_a_date')
  const [year, month, day] = parts
  if (month > 12 && day <= 12) return bad('date_order')
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (month < 1 || month > 12 || day < 1 || day > days) return bad('no_such_day')
  if (year < 1900 || year > 2100) return bad('date_implausible')
  const iso = `${year}-${two(month)}-${two(day)}`
  if (timeText === undefined) return good({ day: iso, time: null })
  const time = parseClock(timeText)
  return time === undefined ? bad('not_a_date') : good({ day: iso, time: time && `${iso}T${time}` })
}

// 31/12/2026 in a file said to put the year first: a month that cannot be, which is told as a matter of order.
const yearLast: [number, number, number] = [1, 13, 1]

/** Year, month and day; undefined where the text is no date at all. */
function dayParts(text: string, order: DateOrder): [number, number, number] | undefined {
  const run = compact.exec(text)
  if (run) return [Number(run[1]), Number(run[2]), Number(run[3])]
  const word = named.exec(text)
  if (word) {
    const month = months.findIndex((names) => names.includes(word[2] ?? word[3]!)) + 1
    return month ? [fullYear(word[5]!), month, Number(word[1] ?? word[4])] : undefined
  }
  const match = numeric.exec(text)
  if (!match) return
  const [first, middle, last] = [match[1]!, match[3]!, match[4]!]
  if (first.length === 3 || last.length === 3 || (first.length > 2 && last.length > 2)) return
  if (first.length === 4) return [Number(first), Number(middle), Number(last)]
  if (order === 'ymd') return last.length === 4 ? yearLast : [fullYear(first), Number(middle), Number(last)]
  const [day, month] = order === 'dmy' ? [first, middle] : [middle, first]
  return [fullYear(last), Number(month), Number(day)]
}

/** `HH:MM:SS` with its offset; null for a midnight that only fills the place of a time; undefined if it is no time. */
function parseClock(text: string): string | null | undefined {
  const match = clock.exec(text)
  if (!match) return
  const [, hourText, minute, second = '00', half, zone] = match
  const hour = half ? (Number(hourText) % 12) + (half === 'pm' ? 12 : 0) : Number(hourText)
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59 || (half && Number(hourText) > 12)) return
  if (!zone) return hour + Number(minute) + Number(second) === 0 ? null : `${two(hour)}:${minute}:${second}`
  const offset = /\d/.test(zone) ? zone.replace(/(\d{2}):?(\d{2})$/, '$1:$2') : 'Z'
  return `${two(hour)}:${minute}:${second}${offset}`
}

const two = (n: number) => String(n).padStart(2, '0')
const fullYear = (text: string) => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900))
