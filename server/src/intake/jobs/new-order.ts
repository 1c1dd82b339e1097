import type { Departed } from '#fulfillment'
import { dayIn, instantOf } from '#kernel/zone.ts'
import { minorDigits, type NewOrder } from '#orders'
import type { Micros, OrderDraft } from '../reading/index.ts'

/** Where and when a file is read: what it leaves unsaid is taken from here. */
export interface Place {
  timezone: string
  /** An instant: orders without a date were placed on its day. */
  importedAt: string
}

/**
 * An order as it stands in a file, as an order of ours. Its number is its key. Without payment facts it is payable; what is
 * old is not therefore shipped.
 */
export function newOrder(draft: OrderDraft, place: Place): NewOrder {
  const { shipTo } = draft
  return {
    externalId: draft.number,
    number: draft.number,
    ...placed(draft, place),
    payment: draft.paid === null ? 'payable' : draft.paid ? 'paid' : 'unpaid',
    // What stands for the carrier of an order that has not left is what it is to leave with.
    service: draft.service ?? (draft.shippedOn ? '' : [draft.carrier, draft.carrierService].filter(Boolean).join(' ')),
    shipBy: null,
    deliverBy: draft.deliverBy,
    buyerNote: draft.buyerNote ?? '',
    giftText: draft.giftText ?? '',
    country: shipTo.country,
    region: shipTo.region ?? '',
    postcode: shipTo.postcode ?? '',
    recipient: {
      ...people(draft),
      line1: shipTo.line1 ?? '',
      line2: shipTo.line2 ?? '',
      line3: shipTo.line3 ?? '',
      city: shipTo.city ?? '',
    },
    contact: { email: draft.email ?? '', phone: draft.phone ?? '' },
    currency: draft.currency,
    shippingTotal: minorUnits(draft.shippingPaid, draft.currency),
    taxTotal: minorUnits(draft.tax, draft.currency),
    tags: draft.tags,
    internalNote: draft.internalNote ?? '',
    hasLeft: draft.shippedOn !== null,
    lines: draft.lines.map((line) => ({
      sku: line.sku,
      name: line.name ?? line.sku,
      quantity: line.quantity,
      requiresShipping: true,
      unitPriceMicros: Number(line.unitPrice ?? 0n),
      discountRate: line.discountRate === null ? null : decimal(line.discountRate),
      discountMicros: line.discountAmount === null ? null : Number(line.discountAmount),
    })),
  }
}

/**
 * Who ordered and who gets the parcel. A contact is a person at the company that ordered: the parcel is for him where it
 * goes to that company, else he stands beside it.
 */
function people({ buyerName, contactName, shipTo }: OrderDraft) {
  const [buyer, name, company, contact] = [buyerName, shipTo.name, shipTo.company, contactName].map(
    (text) => text ?? '',
  )
  if (contact === '' || contact === buyer || contact === name)
    return { buyerName: buyer!, name: name!, company: company! }
  if (name === buyer && company === '') return { buyerName: buyer!, name: contact!, company: name! }
  return { buyerName: buyer === '' ? contact! : `${buyer} (${contact})`, name: name!, company: company! }
}

/** A time with an offset is an instant; without one it is the account's local time; a day alone is that day. */
function placed(draft: OrderDraft, { timezone, importedAt }: Place) {
  if (draft.placedAt === null) {
    const day = draft.placedOn ?? dayOfDeparture(draft, timezone) ?? dayIn(timezone, importedAt)
    return { placedAt: `${day}T00:00:00Z`, placedOn: day, placedPrecision: 'day' as const }
  }
  const placedAt = instantOf(draft.placedAt, timezone)
  return { placedAt, placedOn: dayIn(timezone, placedAt), placedPrecision: 'time' as const }
}

/** How an order left that comes in as shipped; undefined for one that is open. */
export function departureOf(draft: OrderDraft, timezone: string): Omit<Departed, 'orderId'> | undefined {
  const shippedOn = dayOfDeparture(draft, timezone)
  if (shippedOn === undefined) return
  const { carrier, carrierService, tracking, carrierCost: cost } = draft
  return {
    shippedOn,
    carrier: carrier ?? '',
    service: carrierService ?? '',
    trackingNumber: tracking ?? '',
    cost: cost && { amount: minorUnits(cost.micros, cost.currency), currency: cost.currency },
  }
}

const dayOfDeparture = ({ shippedOn }: OrderDraft, timezone: string) =>
  shippedOn?.time ? dayIn(timezone, instantOf(shippedOn.time, timezone)) : shippedOn?.day

/** Checked before: what is charged is a whole number of the currency's smallest unit. */
const minorUnits = (amount: Micros | null, currency: string) =>
  Number((amount ?? 0n) / 10n ** BigInt(6 - minorDigits(currency)))

const decimal = (micros: Micros) => `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`
