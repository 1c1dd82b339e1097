import { bad, good, isDamaged, type Outcome } from './outcome.ts'
import type { Micros } from './types.ts'

// Thousands stand in groups of three, all set apart by the same mark; anything else is not guessed at.
const withPoint = /^([-+]?)(\d*|\d{1,3}([, '’])\d{3}(?:\3\d{3})*)(?:\.(\d*))?$/
const withComma = /^([-+]?)(\d*|\d{1,3}([. '’])\d{3}(?:\3\d{3})*)(?:,(\d*))?$/

/** A decimal number exactly, in 10⁻⁶; never through a float. Refuses more than six decimals that are not zero. */
export function parseDecimal(text: string, decimalComma: boolean): Outcome<Micros> {
  const spaced = text.replace(/[\u00a0\u202f]/g, ' ')
  const match = (decimalComma ? withComma : withPoint).exec(spaced)
  if (!match || !/\d/.test(spaced)) {
    if (isDamaged(text)) return bad('damaged_number')
    const other = (decimalComma ? withPoint : withComma).test(spaced)
    return bad(other && /\d/.test(spaced) ? 'decimal_mark' : 'not_a_number')
  }
  const decimals = (match[4] ?? '').replace(/0+$/, '')
  if (decimals.length > 6) return bad('too_many_decimals', { limit: 6 })
  const units = match[2]!.replace(/\D/g, '')
  if (units.length > 12) return bad('number_too_big', { limit: '999 999 999' })
  const micros = BigInt(units + decimals.padEnd(6, '0'))
  return good(match[1] === '-' ? -micros : micros)
}

const dollars: Record<string, string> = {
  US: 'USD',
  AU: 'AUD',
  A: 'AUD',
  CA: 'CAD',
  C: 'CAD',
  NZ: 'NZD',
  HK: 'HKD',
  S: 'SGD',
}
const signs: Record<string, string> = { '€': 'EUR', '£': 'GBP' }
const money = /^([A-Z]{1,3})?\s*([$€£¥])?\s*([-+]?[\d.,][\d.,'’\s]*?)\s*([$€£¥])?\s*([A-Z]{3})?$/
const largest = 999_999_999_000_000n

/** An amount and the currency it names itself, if any ("EUR 90,00", "AU $3,000.00", "12,50 €"); a bare $ or ¥ names none. */
export function parseMoney(text: string, decimalComma: boolean): Outcome<{ micros: Micros; currency: string | null }> {
  const parts = money.exec(text)
  const number = parseDecimal(parts?.[3] ?? text, decimalComma)
  if (!number.ok) return number
  if (number.value < 0n) return bad('negative')
  if (number.value > largest) return bad('number_too_big', { limit: '999 999 999' })
  const [, prefix, before, , after, suffix] = parts ?? []
  const sign = before ?? after
  const letters = prefix?.length === 3 ? prefix : suffix
  const named = letters ?? (sign === '$' ? dollars[prefix ?? ''] : signs[sign ?? ''])
  if (prefix && !named) return bad('not_a_number')
  return good({ micros: number.value, currency: named ?? null })
}

/** A whole number from 1 to a million; "12,0" and "12.000" count as whole where that is how the file writes decimals. */
export function parseQuantity(text: string, decimalComma: boolean): Outcome<number> {
  const number = parseDecimal(text, decimalComma)
  if (!number.ok) return number
  if (number.value < 0n) return bad('negative')
  if (number.value % 1_000_000n !== 0n) return bad('not_whole')
  const quantity = Number(number.value / 1_000_000n)
  if (quantity === 0) return bad('quantity_zero')
  return quantity > 1_000_000 ? bad('number_too_big', { limit: '1 000 000' }) : good(quantity)
}

/** A rate from 0 to 1, in 10⁻⁶; "15 %" is 0.15 in any column. */
export function parseRate(text: string, decimalComma: boolean): Outcome<Micros> {
  if (text.endsWith('%')) return parsePercent(text, decimalComma)
  const number = parseDecimal(text, decimalComma)
  if (!number.ok) return number
  if (number.value < 0n) return bad('negative')
  return number.value > 1_000_000n ? bad('rate_over_one') : number
}

/** A rate written in percent, from 0 to 100, with or without its sign; at most four decimals, so that the rate is exact. */
export function parsePercent(text: string, decimalComma: boolean): Outcome<Micros> {
  const number = parseDecimal(text.replace(/\s*%$/, ''), decimalComma)
  if (!number.ok) return number
  if (number.value < 0n) return bad('negative')
  if (number.value % 100n !== 0n) return bad('too_many_decimals', { limit: 4 })
  return number.value > 100_000_000n ? bad('percent_over_hundred') : good(number.value / 100n)
}

/** How many decimals a currency has: 2 for EUR, 0 for JPY. Throws a RangeError for what is no currency code. */
export function currencyDecimals(currency: string): number {
  const known = decimals.get(currency)
  if (known !== undefined) return known
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  decimals.set(currency, maximumFractionDigits!)
  return maximumFractionDigits!
}
const decimals = new Map<string, number>()
