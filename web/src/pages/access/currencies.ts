const common = ['EUR', 'USD', 'GBP', 'CHF', 'CAD']

/** All ISO 4217 currencies with their names, the most used first. */
export function currencyChoices(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  const rest = Intl.supportedValuesOf('currency').filter((code) => !common.includes(code))
  return [...common, ...rest].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }))
}

const byRegion: Record<string, string> = { GB: 'GBP', US: 'USD', CA: 'CAD', CH: 'CHF' }

/** A first guess from the browser's region; the form shows it and it can be changed. */
export function likelyCurrency(): string {
  return byRegion[new Intl.Locale(navigator.language).region ?? ''] ?? 'EUR'
}
