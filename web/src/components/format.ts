import { useLingui } from '@lingui/react'
import { formatLocale } from '../i18n.ts'
import { useMe } from '../me.ts'

const made = new Map<string, unknown>()

/** Formatters are dear to make and a grid needs thousands of texts: each is made once. */
function once<F>(kind: string, locale: string, options: object, make: () => F): F {
  const key = `${kind} ${locale} ${JSON.stringify(options)}`
  if (!made.has(key)) made.set(key, make())
  return made.get(key) as F
}

const number = (locale: string, options: Intl.NumberFormatOptions) =>
  once('number', locale, options, () => new Intl.NumberFormat(locale, options))
const date = (locale: string, options: Intl.DateTimeFormatOptions) =>
  once('date', locale, options, () => new Intl.DateTimeFormat(locale, options))

/** An amount in minor units (cents) as text in its currency. */
export function moneyText(locale: string, amount: number, currency: string): string {
  const format = number(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** A price of one unit in millionths of the major unit as text. */
export const unitPriceText = (locale: string, micros: number, currency: string): string =>
  number(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', maximumFractionDigits: 6 }).format(
    micros / 1_000_000,
  )

/** A day as `YYYY-MM-DD` has no zone: it is the same day for every reader. */
const isDay = (value: string) => value.length === 10

/** Numbers, amounts and dates as the reader writes them; instants in the account's time zone. */
export function useFormat() {
  // Read for its effect: the component is drawn again when the language changes.
  useLingui()
  const locale = formatLocale()
  const { timezone } = useMe().account
  const zone = (value: string) => (isDay(value) ? 'UTC' : timezone)
  return {
    number: (value: number) => number(locale, {}).format(value),
    money: (amount: number, currency: string) => moneyText(locale, amount, currency),
    /** A price of one unit, given in millionths of the major unit: with as many decimals as it has. */
    unitPrice: (micros: number, currency: string) => unitPriceText(locale, micros, currency),
    /** `4 Jul`, with the year where it is not this one. */
    day: (value: string) => {
      const year = new Date(value).getUTCFullYear() === new Date().getUTCFullYear() ? undefined : 'numeric'
      return date(locale, { day: 'numeric', month: 'short', year, timeZone: zone(value) }).format(new Date(value))
    },
    /** Today in the account's zone, as `YYYY-MM-DD`: days compare as text. */
    today: () =>
      once('today', 'en-CA', { timezone }, () => new Intl.DateTimeFormat('en-CA', { timeZone: timezone })).format(
        new Date(),
      ),
    time: (value: string) =>
      date(locale, { hour: '2-digit', minute: '2-digit', timeZone: timezone }).format(new Date(value)),
    /** In full, with the zone: for the tooltip. */
    exact: (value: string) =>
      isDay(value)
        ? date(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(value))
        : date(locale, {
            weekday: 'long',
            day: 'numeric',
            month: 'long',
            year: 'numeric',
            hour: '2-digit',
            minute: '2-digit',
            second: '2-digit',
            timeZoneName: 'short',
            timeZone: timezone,
          }).format(new Date(value)),
    /** An order of few words has none; Intl names only what looks like a code. */
    country: (code: string) =>
      /^[A-Z]{2}$/.test(code)
        ? (once('country', locale, {}, () => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })).of(
            code,
          ) ?? code)
        : code,
  }
}
