/** Unit prices are whole numbers of millionths of the major unit; totals are exact and rounded once, half to even. */

export interface PricedLine {
  quantity: number
  unitPriceMicros: number | bigint
  /** 0 … 1 as a decimal text with at most 8 places. */
  discountRate: string | null
  discountMicros: number | bigint | null
}

/** Digits after the point of a currency (ISO 4217, by Intl). */
export function minorDigits(currency: string): number {
  const known = digitsOf.get(currency)
  if (known !== undefined) return known
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const digits = options.maximumFractionDigits ?? 2
  digitsOf.set(currency, digits)
  return digits
}
const digitsOf = new Map<string, number>()

/** Exact value of a line before rounding, in units of 10^-14 of the major unit (micros × 10^8, so that any rate is whole). */
function exact(line: PricedLine): { gross: bigint; discount: bigint } {
  const gross = BigInt(line.unitPriceMicros) * BigInt(line.quantity) * 100_000_000n
  if (line.discountRate !== null) return { gross, discount: (gross / 100_000_000n) * rate(line.discountRate) }
  return { gross, discount: BigInt(line.discountMicros ?? 0) * 100_000_000n }
}

function rate(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, '0').slice(0, 8))
}

/** Rounds a value in 10^-14 of the major unit to minor units, half to even. */
function round(value: bigint, currency: string): number {
  const unit = 10n ** BigInt(14 - minorDigits(currency))
  const sign = value < 0n ? -1n : 1n
  const magnitude = value * sign
  const quotient = magnitude / unit
  const twice = (magnitude % unit) * 2n
  const up = twice > unit || (twice === unit && quotient % 2n === 1n)
  return Number(sign * (up ? quotient + 1n : quotient))
}

/** A line after its discount, in minor units: rounded for showing only. */
export function lineTotal(line: PricedLine, currency: string): number {
  const { gross, discount } = exact(line)
  return round(gross - discount, currency)
}

/** What an order's lines come to, in minor units: summed exactly, then rounded once. */
export function linesTotals(
  lines: readonly PricedLine[],
  currency: string,
): { gross: number; discount: number; net: number } {
  let gross = 0n
  let discount = 0n
  for (const line of lines) {
    const value = exact(line)
    gross += value.gross
    discount += value.discount
  }
  const net = round(gross - discount, currency)
  const shown = round(gross, currency)
  return { gross: shown, discount: shown - net, net }
}
