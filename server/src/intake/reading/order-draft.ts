import { currencyDecimals } from './numbers.ts'
import type { OpenOrder, OrderValues } from './open-order.ts'
import { currencyDiffers, exceedsLine, isWholeAmount, unitPriceOf } from './order-money.ts'
import { type Filled, refusal } from './row-reader.ts'
import type { Checked, LineDraft, Micros, OrderDraft, Refusal, ShipTo } from './types.ts'
import type { Values } from './values.ts'

/** An internal note becomes a comment, which is no longer; those of several rows are joined. */
const longestNote = 5_000
/** What one line may cost, so that every sum stays exact. */
const dearestLine = 999_999_999_000_000n

/**
 * What becomes of an order all of whose rows were read: a draft, or the reasons against it. One bad row refuses the whole
 * order, so that none comes in with lines missing; its other rows are listed as refused for that.
 */
export function finishOrder(order: OpenOrder): Checked<OrderDraft> {
  const { plan, values, refusals } = order
  const firstLine = order.rows[0]!.line
  const top = { line: firstLine }
  for (const at of plan.ofOrder) {
    const unfilled = values.find(at.field.key) === undefined
    const read = !refusals.some(
      ({ column, code }) => column === at.heading || code === 'row_cut_off' || code === 'row_long',
    )
    if (at.field.required && unfilled && read) refusals.push(refusal(top, at, 'required'))
    if (at.field.key === 'cancelled_on' && !unfilled) {
      const { line, cell } = order.foundAt.get('cancelled_on')!
      refusals.push(refusal({ line }, at, 'order_cancelled', { order: order.number }, cell))
    }
  }
  const note = values.get('internal_note') ?? ''
  if (note.length > longestNote) {
    const at = plan.ofOrder.find(({ field }) => field.key === 'internal_note')!
    refusals.push(refusal(top, at, 'too_long', { length: note.length, limit: longestNote }, note))
  }
  const currency = values.get('currency') ?? plan.currency
  refusals.push(...departureRefusals(order))
  for (const at of plan.ofOrder) {
    const found = order.foundAt.get(at.field.key)
    if (found)
      refusals.push(
        ...moneyRefusals(
          found,
          at,
          values,
          found.cell,
          at.field.key === 'carrier_cost' ? costCurrency(order) : currency,
        ),
      )
  }
  const lines = order.lines.map((line) => lineDraft(order, line, currency))
  if (order.lines.length === 0 && refusals.length === 0) {
    refusals.push(refusal(top, null, 'order_without_lines', { order: order.number }))
  }
  const rows = [...order.rows]
  if (refusals.length > 0) return { rows, draft: null, refusals: forAllRows(order) }
  return { rows, draft: { ...orderDraft(order, values, currency), lines, firstLine }, refusals: [] }
}

/** The row's own reasons, and for each of the other rows that it stands or falls with them; by line. */
function forAllRows(order: OpenOrder): [Refusal, ...Refusal[]] {
  const bad = order.refusals.sort((a, b) => a.line - b.line)
  const badLines = new Set(bad.map(({ line }) => line))
  const params = { order: order.number, line: bad[0]!.line }
  const others = order.rows.filter(({ line }) => !badLines.has(line))
  const all = [...bad, ...others.map((row) => refusal(row, null, 'order_has_bad_row', params))]
  return all.sort((a, b) => a.line - b.line) as [Refusal, ...Refusal[]]
}

/** What carriers charge is in the currency it names, else in that of the file. */
const costCurrency = ({ values, plan }: OpenOrder) => values.get('carrier_cost')?.currency ?? plan.currency

/** An order cannot have left before it was placed, nor after tomorrow. */
function departureRefusals({ number, plan, values, foundAt }: OpenOrder): Refusal[] {
  const shipped = values.get('shipped_on')?.day
  if (shipped === undefined) return []
  const at = plan.ofOrder.find(({ field }) => field.key === 'shipped_on')!
  const { line, cell } = foundAt.get('shipped_on')!
  if (shipped > plan.lastDay) return [refusal({ line }, at, 'shipped_in_future', {}, cell)]
  const placed = values.get('placed_on')?.day
  if (placed === undefined || shipped >= placed) return []
  const params = { order: number, other: foundAt.get('placed_on')!.cell }
  return [refusal({ line }, at, 'shipped_before_ordered', params, cell)]
}

function moneyRefusals(row: { line: number }, at: Filled, values: OrderValues, cell: string, currency: string) {
  if (at.field.type !== 'money') return []
  const amount = values.find(at.field.key) as Values['money'] | undefined
  if (!amount) return []
  if (currencyDiffers(amount, currency)) return [refusal(row, at, 'currency_differs', { currency }, cell)]
  // A unit price may be finer than the currency's smallest unit.
  if (at.field.key === 'unit_price' || isWholeAmount(amount.micros, currency)) return []
  return [refusal(row, at, 'too_many_decimals', { limit: currencyDecimals(currency) }, cell)]
}

function lineDraft(order: OpenOrder, { row, values }: OpenOrder['lines'][number], currency: string): LineDraft {
  const quantity = values.get('quantity')!
  const discount = values.get('discount_amount')?.micros ?? null
  let unitPrice = values.get('unit_price')?.micros ?? null
  for (const at of order.plan.ofLine) {
    const cell = row.cells[at.column]?.trim() ?? ''
    const money = moneyRefusals(row, at, values, cell, currency)
    order.refusals.push(...money)
    if (at.field.key === 'line_total' && values.get('line_total') && money.length === 0) {
      const shared = unitPriceOf(values.get('line_total')!.micros, quantity, currency)
      if (shared.ok) unitPrice = shared.value
      else order.refusals.push(refusal(row, at, shared.code, shared.params, cell))
    }
    if (at.field.key === 'discount_amount' && discount !== null && exceedsLine(discount, unitPrice, quantity)) {
      order.refusals.push(refusal(row, at, 'discount_over_price', {}, cell))
    }
  }
  if (BigInt(quantity) * (unitPrice ?? 0n) > dearestLine) {
    const at = order.plan.ofLine.find(({ field }) => field.group === 'price')!
    order.refusals.push(
      refusal(row, at, 'number_too_big', { limit: '999 999 999' }, `${quantity} × ${row.cells[at.column]}`),
    )
  }
  return {
    line: row.line,
    sku: values.get('sku')!,
    name: values.get('product_name'),
    quantity,
    unitPrice,
    discountRate: values.get('discount_rate') ?? values.get('discount_percent'),
    discountAmount: discount,
  }
}

function orderDraft(order: OpenOrder, values: OrderValues, currency: string): Omit<OrderDraft, 'lines' | 'firstLine'> {
  const placed = values.get('placed_on')
  const cost = values.get('carrier_cost')
  const buyerName = values.get('buyer_name') ?? fullName(values.get('buyer_first_name'), values.get('buyer_last_name'))
  return {
    number: values.get('order_number')!,
    placedOn: placed?.day ?? null,
    placedAt: placed?.time ?? null,
    deliverBy: values.get('deliver_by')?.day ?? null,
    buyerName,
    contactName: values.get('contact_name'),
    shipTo: shipTo(values, buyerName),
    phone: values.get('phone'),
    email: values.get('email'),
    service: values.get('service'),
    buyerNote: values.get('buyer_note'),
    giftText: values.get('gift_text'),
    internalNote: values.get('internal_note'),
    currency,
    shippingPaid: values.get('shipping_paid')?.micros ?? sum(order, 'line_shipping'),
    tax: values.get('tax')?.micros ?? sum(order, 'line_tax'),
    paid: values.get('paid') ?? paidByDate(order, values),
    tags: values.get('tags') ?? [],
    shippedOn: values.get('shipped_on'),
    carrier: values.get('carrier'),
    carrierService: values.get('carrier_service'),
    tracking: values.get('tracking'),
    carrierCost: cost && { micros: cost.micros, currency: costCurrency(order) },
  }
}

/** A file without a recipient of its own ships to the buyer. */
const shipTo = (values: OrderValues, buyerName: string | null): ShipTo => ({
  name:
    values.get('recipient_name') ??
    fullName(values.get('recipient_first_name'), values.get('recipient_last_name')) ??
    buyerName,
  company: values.get('company'),
  line1: values.get('line1'),
  line2: values.get('line2'),
  line3: values.get('line3'),
  city: values.get('city'),
  region: values.get('region'),
  postcode: values.get('postcode'),
  country: values.get('country')!,
})

const fullName = (first: string | null, last: string | null) => [first, last].filter(Boolean).join(' ') || null

/** Where the file has a column for the day of payment, an empty one means not paid. */
const paidByDate = (order: OpenOrder, values: OrderValues) =>
  order.plan.ofOrder.some(({ field }) => field.key === 'paid_on') ? values.get('paid_on') !== null : null

function sum(order: OpenOrder, key: 'line_shipping' | 'line_tax'): Micros | null {
  const amounts = order.lines.flatMap(({ values }) => values.get(key)?.micros ?? [])
  return amounts.length === 0 ? null : amounts.reduce((total, amount) => total + amount)
}
