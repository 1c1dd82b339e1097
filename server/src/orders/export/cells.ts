import { type Statement, sql } from '#kernel/db/sql.ts'
import { minorDigits } from '../amounts.ts'
import type { OrderStatus } from '../status.ts'
import type { Language } from './columns.ts'

/** A column, or what becomes of one, as a text. Constants stand in it as they are: a value for each row, not asked each time. */
export type Expression = Statement<unknown>

const words: Record<OrderStatus, Record<Language, string>> = {
  awaiting_payment: { en: 'Awaiting payment', fr: 'En attente de paiement' },
  awaiting_shipment: { en: 'Awaiting shipment', fr: 'À expédier' },
  pending_fulfillment: { en: 'Pending fulfillment', fr: 'En préparation' },
  partially_shipped: { en: 'Partially shipped', fr: 'Expédiée en partie' },
  shipped: { en: 'Shipped', fr: 'Expédiée' },
  on_hold: { en: 'On hold', fr: 'Bloquée' },
  cancelled: { en: 'Cancelled', fr: 'Annulée' },
}

/** Currencies whose smallest unit is not a hundredth, by their digits (ISO 4217, by Intl). */
const unusual = Object.entries(
  Object.groupBy(Intl.supportedValuesOf('currency'), (currency) => String(minorDigits(currency))),
)
  .filter(([digits]) => digits !== '2')
  .map(([digits, codes]) => ({ digits: Number(digits), codes: codes! }))

const rare = sql.lit(`{${unusual.flatMap(({ codes }) => codes).join(',')}}`)

/** Chooses by a currency; `of` is told how many digits stand after its point. */
const byCurrency = (currency: Expression, of: (digits: number) => Expression): Expression => {
  const cases = unusual.map(
    ({ digits, codes }) => sql`when ${currency} = any (${sql.lit(`{${codes.join(',')}}`)}) then ${of(digits)}`,
  )
  return sql`case ${sql.join(cases, sql` `)} else ${of(2)} end`
}

/** 10^-digits, exactly: numerics multiply without loss. */
const unit = (digits: number) => sql.raw(digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`)

/** An exact amount rounded to minor units, half to even (PostgreSQL's own rounds half away from zero). */
const rounded = (amount: Expression, digits: number): Expression => {
  const places = sql.raw(String(digits))
  return sql`(case when abs(${amount} - trunc(${amount}, ${places})) = 5 * ${unit(digits + 1)}
    then round(${amount} * 0.5, ${places}) * 2 else round(${amount}, ${places}) end)::text`
}

const ofLine = sql`(p.unit_price_micros * l.quantity * 0.000001 * (1 - coalesce(p.discount_rate, 0)) - coalesce(p.discount_micros, 0) * 0.000001)`

export const cells = {
  status: (language: Language): Expression => {
    const cases = Object.entries(words).map(
      ([status, word]) => sql`when ${sql.lit(status)} then ${sql.lit(word[language])}`,
    )
    return sql`case o.status ${sql.join(cases, sql` `)} end`
  },
  /** The name on the parcel; where it was removed, the day it was. */
  recipientOrGone: (language: Language): Expression => {
    const removed = sql.lit(language === 'fr' ? 'Supprimé le ' : 'Removed on ')
    return sql`case when r.name = '' and r.faded_at is not null then ${removed} || r.faded_at::date else r.name end`
  },
  /** Millionths of the major unit as a decimal, with the places it needs. */
  micros: (value: Expression): Expression => sql`trim_scale(${value} * 0.000001)::text`,
  /** Minor units as a decimal, with the places of the currency. */
  amount: (value: Expression): Expression =>
    byCurrency(sql`a.currency`, (digits) => sql`(${value} * ${unit(digits)})::text`),
  /** What carriers charge for an order, in minor units of its currency. */
  costs: byCurrency(sql`sc.currency`, (digits) => sql`(round(sc.amount) * ${unit(digits)})::text`),
  /** A line after its discount, rounded for showing only, as amounts.ts does; most are whole cents without any discount. */
  lineTotal: sql`case when p.discount_rate is null and p.discount_micros is null and p.unit_price_micros % 10000 = 0 and not o.paid_in = any (${rare})
    then (p.unit_price_micros / 10000 * l.quantity * 0.01)::text
    else ${byCurrency(sql`o.paid_in`, (digits) => rounded(ofLine, digits))} end`,
}
