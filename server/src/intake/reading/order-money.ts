import { currencyDecimals } from './numbers.ts'
import { bad, good, type Outcome } from './outcome.ts'
import type { Micros } from './types.ts'
import type { Values } from './values.ts'

const million = 1_000_000n

/** Whether an amount names a currency of its own that is not the one expected. */
export function currencyDiffers(amount: unknown, currency: string): boolean {
  const named = (amount as Values['money'] | undefined)?.currency ?? null
  return named !== null && named !== currency
}

/** Whether an amount is a whole number of the smallest unit of its currency: what is charged cannot be finer. */
export const isWholeAmount = (micros: Micros, currency: string): boolean => micros % unit(currency) === 0n

const unit = (currency: string) => 10n ** BigInt(6 - currencyDecimals(currency))

/**
 * The unit price of a line whose file gives only its total (Amazon), half to even at 10⁻⁶. Refused where quantity × unit
 * price would not come back to that total in the currency.
 */
export function unitPriceOf(total: Micros, quantity: number, currency: string): Outcome<Micros> {
  const price = divide(total, BigInt(quantity))
  const back = divide(price * BigInt(quantity), unit(currency)) * unit(currency)
  return back === total ? good(price) : bad('line_total_uneven', { quantity })
}

/** Division rounded half to even; both are positive. */
function divide(amount: bigint, by: bigint): bigint {
  const whole = amount / by
  const twice = (amount % by) * 2n
  return twice > by || (twice === by && whole % 2n === 1n) ? whole + 1n : whole
}

/** Whether a discount amount is more than its line costs; unknown prices allow any. */
export const exceedsLine = (discount: Micros, unitPrice: Micros | null, quantity: number): boolean =>
  unitPrice !== null && discount > unitPrice * BigInt(quantity)

/** quantity × unit price less the line's discount, in 10⁻¹², exactly: totals are added up so and rounded once. */
export function lineTotal(line: {
  quantity: number
  unitPrice: Micros | null
  discountRate: Micros | null
  discountAmount: Micros | null
}): bigint {
  const gross = BigInt(line.quantity) * (line.unitPrice ?? 0n)
  return gross * (million - (line.discountRate ?? 0n)) - (line.discountAmount ?? 0n) * million
}
