import type { Product } from './useProducts.ts'

/** An amount for one unit as a person edits it: no sign, no grouping, as many decimals as it has. */
export const amountText = (amount: Product['price']): string => (amount ? String(amount.micros / 1_000_000) : '')

/**
 * What a person typed, point or comma: null for nothing, undefined for what is no amount. Six decimals at most, so that
 * nothing is rounded in silence.
 */
export function readAmount(text: string, currency: string): { micros: number; currency: string } | null | undefined {
  const typed = text.trim().replace(',', '.')
  if (typed === '') return null
  const [, whole, decimals = ''] = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(typed) ?? []
  if (whole === undefined) return undefined
  return { micros: Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0')), currency }
}
