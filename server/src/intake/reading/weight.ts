import { parseDecimal } from './numbers.ts'
import { bad, good, type Outcome } from './outcome.ts'

const grams: Record<string, number> = {
  mg: 0.001,
  g: 1,
  gr: 1,
  gram: 1,
  gramme: 1,
  kg: 1000,
  kilo: 1000,
  lb: 453.59237,
  oz: 28.349523125,
}
const unit = /\b(mg|g|gr|grams?|grammes?|kg|kilos?|lbs?|oz)\b/i
const heaviest = 100_000_000

/**
 * A weight in whole grams. Its unit stands in the cell or in the heading ("Weight (kg)"); without one it is not guessed.
 */
export function parseWeight(text: string, heading: string, decimalComma: boolean): Outcome<number> {
  const [, number = '', own] = /^(.*?\d)\s*([a-z]+)?\.?$/i.exec(text) ?? []
  const name = (own ?? unit.exec(heading)?.[1] ?? '').toLowerCase()
  const factor = grams[name] ?? grams[name.replace(/s$/, '')]
  if (factor === undefined) return bad('weight_without_unit')
  const parsed = parseDecimal(number, decimalComma)
  if (!parsed.ok) return parsed
  if (parsed.value <= 0n) return bad('not_a_weight')
  const weight = Math.max(1, Math.round((Number(parsed.value) / 1_000_000) * factor))
  return weight > heaviest ? bad('number_too_big', { limit: '100 000 kg' }) : good(weight)
}

/** Whether a heading is that of stock: how many there are. No file changes that. */
export const meansStock = (plain: string): boolean =>
  /\b(stock|stocks|inventory|inventaire|on hand|physique|qty|qte|quantity|quantite|available|disponible)\b/.test(plain)
