import type { dateOrders, delimiters, encodings } from './choices.ts'
import type { Params, ReasonCode } from './reasons.ts'

/** What a file brings. */
export type Kind = 'orders' | 'products'

export type Encoding = (typeof encodings)[number]
export type Delimiter = (typeof delimiters)[number]
export type DateOrder = (typeof dateOrders)[number]

/** How a file is written: guessed, shown and changeable. */
export type Format = {
  encoding: Encoding
  delimiter: Delimiter
  /** The physical line of the headings, from 0; the lines above it are not read. */
  headerRow: number
  /** '' where a quotation mark is a character like any other (Amazon's reports). */
  quote: '"' | ''
  decimalComma: boolean
  dateOrder: DateOrder
}

/** A format and which of its guesses rest on evidence in the file; the others are for a person to confirm. */
export type FormatGuess = { format: Format; sure: { dateOrder: boolean; decimalComma: boolean } }

/** One row: the physical line on which it starts (from 1) and its cells as text. */
export type Row = { line: number; cells: string[]; cutOff: boolean }

/** Which column (from 0) fills which field. */
export type Mapping = Record<string, number>

/** Why a cell, a row or an order was not taken. `column` is the heading, null where the row as a whole is meant. */
export type Refusal = {
  line: number
  column: string | null
  value: string
  code: ReasonCode
  params: Params
}

/** Money and rates in units of 10⁻⁶: 12.50 is 12_500_000n. */
export type Micros = bigint

/** A day, and the time where the file gives one: with its offset, or else local time in the account's zone. */
export type Moment = { day: string; time: string | null }

export type ShipTo = {
  name: string | null
  company: string | null
  line1: string | null
  line2: string | null
  line3: string | null
  city: string | null
  region: string | null
  postcode: string | null
  /** ISO 3166, two letters. */
  country: string
}

export type LineDraft = {
  line: number
  sku: string
  name: string | null
  quantity: number
  unitPrice: Micros | null
  /** Of 1 = 1_000_000n. A line has a rate or an amount, as the file gave it, never both. */
  discountRate: Micros | null
  discountAmount: Micros | null
}

/** An order as the file tells it, checked, not yet written. Amounts have no more decimals than their currency. */
export type OrderDraft = {
  number: string
  firstLine: number
  placedOn: string | null
  placedAt: string | null
  deliverBy: string | null
  buyerName: string | null
  contactName: string | null
  shipTo: ShipTo
  phone: string | null
  email: string | null
  service: string | null
  buyerNote: string | null
  giftText: string | null
  internalNote: string | null
  currency: string
  shippingPaid: Micros | null
  tax: Micros | null
  /** null where the file has no payment facts. */
  paid: boolean | null
  tags: string[]
  /** When it left, if it has: it comes in as shipped. */
  shippedOn: Moment | null
  carrier: string | null
  carrierService: string | null
  tracking: string | null
  /** What the carrier charged, in a currency of its own: the buyer's is not always the house's. */
  carrierCost: { micros: Micros; currency: string } | null
  lines: LineDraft[]
}

export type ProductDraft = {
  line: number
  sku: string
  name: string
  /** Quantity per unit, as the supplier writes it ("24 - 12 oz bottles"). */
  description: string | null
  price: Micros | null
  cost: Micros | null
  barcode: string | null
  /** As its owner declares it. */
  weightGrams: number | null
  supplier: string | null
  tags: string[]
  /** null where the file does not say. */
  discontinued: boolean | null
}

/** What became of one order or product row: a draft, or the reasons against it; with the rows of the file it was. */
export type Checked<Draft> = { rows: Row[] } & (
  | { draft: Draft; refusals: [] }
  | { draft: null; refusals: [Refusal, ...Refusal[]] }
)
