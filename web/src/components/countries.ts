import { formatLocale } from '../i18n.ts'

// What Intl names beside countries: unions, dependencies and test regions.
const others = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '))

/** Every country by its two letters, named and sorted in the reader's language. */
export function countryOptions(): { value: string; label: string }[] {
  const locale = formatLocale()
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !others.has(code) && names.of(code) && new Intl.Locale(`und-${code}`).region === code)
    .map((value) => ({ value, label: names.of(value)! }))
    .sort((a, b) => a.label.localeCompare(b.label, locale))
}
