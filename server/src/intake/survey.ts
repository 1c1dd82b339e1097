import { minorDigits } from '#orders'
import {
  type Checked,
  lineTotal,
  type OrderDraft,
  type Params,
  type ProductDraft,
  type ReasonCode,
} from './reading/index.ts'

export type Draft = OrderDraft | ProductDraft
/** What became, or would become, of a batch. */
export interface Tally {
  created: number
  changed: number
  unchanged: number
}
export interface Amounts {
  amount: number
  currency: string
}

/** What a check found in a file; counts are of orders or products unless they say rows. */
export interface Survey extends Tally {
  rows: number
  rejected: number
  rejectedRows: number
  lines: number
  quantity: number
  amounts: { gross: Amounts; net: Amounts; shipping: Amounts; tax: Amounts }[]
  groups: { code: ReasonCode; heading: string; count: number }[]
  listed: number
  warnings: { code: ReasonCode; params: Params }[]
}

/** Adds up what a check finds, in constant memory whatever the size of the file. */
export class Surveyor {
  #tally: Tally = { created: 0, changed: 0, unchanged: 0 }
  #rows = 0
  #rejected = 0
  #rejectedRows = 0
  #lines = 0
  #quantity = 0
  readonly #sums = new Map<string, { gross: bigint; net: bigint; shipping: bigint; tax: bigint }>()
  readonly #groups = new Map<string, { code: ReasonCode; heading: string; count: number }>()

  get rows(): number {
    return this.#rows
  }

  add(checked: Checked<Draft>): void {
    const rows = checked.rows.length
    this.#rows += rows
    if (checked.draft === null) {
      this.#rejected++
      this.#rejectedRows += rows
      for (const { code, column } of checked.refusals) this.#count(code, column ?? '')
    } else if ('lines' in checked.draft) this.#addOrder(checked.draft)
  }

  tally({ created, changed, unchanged }: Tally): void {
    this.#tally.created += created
    this.#tally.changed += changed
    this.#tally.unchanged += unchanged
  }

  finish(listed: number, warnings: Survey['warnings']): Survey {
    return {
      ...this.#tally,
      rows: this.#rows,
      rejected: this.#rejected,
      rejectedRows: this.#rejectedRows,
      lines: this.#lines,
      quantity: this.#quantity,
      amounts: [...this.#sums].map(([currency, { gross, net, shipping, tax }]) => ({
        gross: minor(gross, 12, currency),
        net: minor(net, 12, currency),
        shipping: minor(shipping, 6, currency),
        tax: minor(tax, 6, currency),
      })),
      groups: [...this.#groups.values()].sort((a, b) => b.count - a.count),
      listed,
      warnings,
    }
  }

  #count(code: ReasonCode, heading: string): void {
    const key = `${code} ${heading}`
    const group = this.#groups.get(key)
    if (group) group.count++
    else if (this.#groups.size < 200) this.#groups.set(key, { code, heading, count: 1 })
  }

  #addOrder(order: OrderDraft): void {
    const sums = this.#sums.get(order.currency) ?? { gross: 0n, net: 0n, shipping: 0n, tax: 0n }
    this.#sums.set(order.currency, sums)
    sums.shipping += order.shippingPaid ?? 0n
    sums.tax += order.tax ?? 0n
    for (const line of order.lines) {
      this.#lines++
      this.#quantity += line.quantity
      sums.gross += BigInt(line.quantity) * (line.unitPrice ?? 0n) * 1_000_000n
      sums.net += lineTotal(line)
    }
  }
}

/** A sum in 10^-decimals of the major unit as minor units, rounded once, half to even. */
function minor(value: bigint, decimals: number, currency: string): Amounts {
  const unit = 10n ** BigInt(decimals - minorDigits(currency))
  const whole = value / unit
  const twice = (value % unit) * 2n
  return { amount: Number(twice > unit || (twice === unit && whole % 2n === 1n) ? whole + 1n : whole), currency }
}
