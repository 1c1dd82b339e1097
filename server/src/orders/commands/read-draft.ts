import type { FieldError } from '#kernel/problem.ts'
import { dayIn } from '#kernel/zone.ts'
import { minorDigits } from '../amounts.ts'
import { dearest, type LineDraft, type OrderDraft } from '../draft.ts'
import { fieldAt } from '../edit-fields.ts'
import type { NewLine, NewOrder } from './add-orders.ts'

/** What an order takes from where it goes: what the draft leaves unsaid. */
export interface Place {
  timezone: string
  /** The store's currency. */
  currency: string
  now: Date
}

const text = (value: string | undefined) => value?.trim() ?? ''
const currencies = new Set(Intl.supportedValuesOf('currency').filter((code) => minorDigits(code) <= 6))

/** A draft as an order to be added, or what a person must correct in it. The schema was checked before. */
export function readDraft(draft: OrderDraft, place: Place): { order: NewOrder } | { errors: FieldError[] } {
  const order = orderOf(draft, place)
  const errors = [...faultsOf(order, draft), ...draft.lines.flatMap(faultsOfLine)]
  return errors.length > 0 ? { errors } : { order }
}

function orderOf(draft: OrderDraft, place: Place): NewOrder {
  const { recipient = {}, contact = {} } = draft
  return {
    externalId: text(draft.externalId ?? draft.number),
    number: text(draft.number),
    ...placed(draft, place),
    payment: draft.payment ?? 'payable',
    service: text(draft.service),
    shipBy: draft.shipBy ?? null,
    deliverBy: draft.deliverBy ?? null,
    buyerNote: text(draft.buyerNote),
    giftText: text(draft.giftText),
    country: text(recipient.country),
    region: text(recipient.region),
    postcode: text(recipient.postcode),
    recipient: {
      buyerName: text(recipient.buyerName),
      name: text(recipient.name),
      company: text(recipient.company),
      line1: text(recipient.line1),
      line2: text(recipient.line2),
      line3: text(recipient.line3),
      city: text(recipient.city),
    },
    contact: { email: text(contact.email), phone: text(contact.phone) },
    currency: draft.currency ?? place.currency,
    shippingTotal: draft.shippingTotal ?? 0,
    taxTotal: draft.taxTotal ?? 0,
    tags: (draft.tags ?? []).map(text),
    internalNote: text(draft.internalNote),
    lines: draft.lines.map(lineOf),
  }
}

const lineOf = (line: LineDraft): NewLine => ({
  sku: text(line.sku),
  name: text(line.name) || text(line.sku),
  quantity: line.quantity,
  requiresShipping: line.requiresShipping ?? true,
  unitPriceMicros: line.unitPriceMicros ?? 0,
  discountRate: line.discountRate === undefined ? null : line.discountRate.toFixed(8),
  discountMicros: line.discountMicros ?? null,
})

function placed({ placedAt, placedOn }: OrderDraft, { timezone, now }: Place) {
  if (placedAt === undefined && placedOn !== undefined)
    return { placedAt: `${placedOn}T00:00:00Z`, placedOn, placedPrecision: 'day' as const }
  const at = placedAt === undefined ? now : new Date(placedAt)
  // A day that no calendar has is named below, as every other fault.
  if (Number.isNaN(at.getTime())) return { placedAt: '', placedOn: '', placedPrecision: 'time' as const }
  const instant = at.toISOString()
  return { placedAt: instant, placedOn: dayIn(timezone, instant), placedPrecision: 'time' as const }
}

const isDay = (day: string) => day >= '1900-01-01' && day < '2200-01-01'

function faultsOf(order: NewOrder, draft: OrderDraft): FieldError[] {
  const errors: FieldError[] = []
  const check = (field: string, message: string | undefined | false) => {
    if (message) errors.push({ field, message })
  }
  check('number', order.number === '' && 'is required')
  check('externalId', draft.externalId !== undefined && order.externalId === '' && 'is required')
  check('placedOn', draft.placedAt !== undefined && draft.placedOn !== undefined && 'must not stand beside placedAt')
  for (const field of ['shipBy', 'deliverBy'] as const)
    check(field, order[field] !== null && !isDay(order[field]) && 'must be a day from 1900 to 2199')
  const dated = draft.placedAt === undefined ? 'placedOn' : 'placedAt'
  check(dated, !isDay(order.placedOn) && 'must be a day from 1900 to 2199')
  check('recipient.country', order.country === '' ? undefined : fieldAt('recipient.country').refuse!(order.country))
  check('contact.email', fieldAt('contact.email').refuse!(order.contact.email))
  check('contact.phone', fieldAt('contact.phone').refuse!(order.contact.phone))
  check('currency', !currencies.has(order.currency) && 'is not a currency: write its three letters, such as EUR')
  order.tags.forEach((tag, index) => {
    check(`tags.${index}`, tag === '' && 'is required')
  })
  return errors
}

function faultsOfLine(line: LineDraft, index: number): FieldError[] {
  const errors: FieldError[] = []
  const at = (field: string) => `lines.${index}.${field}`
  const gross = (line.unitPriceMicros ?? 0) * line.quantity
  if (text(line.sku) === '' && text(line.name) === '')
    errors.push({ field: at('name'), message: 'is required where there is no SKU' })
  if (gross > dearest.micros)
    errors.push({ field: at('unitPriceMicros'), message: 'comes to more than a line may cost' })
  if (line.discountRate !== undefined && line.discountMicros !== undefined)
    errors.push({ field: at('discountMicros'), message: 'must not stand beside discountRate' })
  if ((line.discountMicros ?? 0) > gross)
    errors.push({ field: at('discountMicros'), message: 'must not be more than the line costs' })
  return errors
}
