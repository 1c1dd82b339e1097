import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { moneyText, unitPriceText } from '../../components/format.ts'
import { formatLocale } from '../../i18n.ts'
import { problemWords } from '../../ui/problem-words.ts'
import type { ProblemCode } from '../../words.ts'
import { actionWords } from './action-words.ts'
import type { Entry, Way } from './useAudit.ts'

/** What was done, in words; of a refusal, what was asked for, as the program calls it. */
export const actionName = (action: string): string => (actionWords[action] ? i18n._(actionWords[action]) : action)

export const wayWords: Record<Way, MessageDescriptor> = {
  hand: msg`By hand`,
  rule: msg`By a rule`,
  import: msg`From a file`,
  key: msg`By an API key`,
  command: msg`Command line`,
}

/** "Done", or why it was refused. */
export const outcomeName = ({ outcome }: Entry): string => {
  if (outcome === 'done') return i18n._(msg({ message: 'Done', context: 'outcome in the audit log' }))
  const words = problemWords[outcome as ProblemCode]?.title
  return words ? i18n._(words) : outcome
}

export const recordKinds: Record<string, MessageDescriptor> = {
  order: msg`Order`,
  fulfillment_order: msg`Fulfillment order`,
  product: msg`Product`,
  supplier: msg`Supplier`,
  client: msg({ message: 'Client', context: 'kind of record' }),
  'user-request': msg`Request for a colleague`,
  member: msg({ message: 'User', context: 'kind of record' }),
  role: msg`Role`,
  rule: msg`Rule`,
  invitation: msg`Invitation`,
  import: msg`Import`,
  job: msg`Job`,
  export: msg`Export`,
  mail: msg`Mail`,
  store: msg`Store`,
  warehouse: msg`Warehouse`,
  shipment: msg`Shipment`,
  transfer: msg`Stock transfer`,
  account: msg({ message: 'Account', context: 'kind of record' }),
  provider: msg`Sign-in provider`,
  mapping: msg`Matching of columns`,
  export_preset: msg`Kept export`,
  retention: msg`Rule of retention`,
  erasure: msg`Erasure`,
}

/** A value of an entry as a line of text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return i18n._(value ? msg`Yes` : msg`No`)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || '—'
  if (typeof value !== 'object') return String(value)
  // Units of several lines: how many in all.
  if (Array.isArray(value) && value.every((one) => typeof one?.quantity === 'number'))
    return String(value.reduce((sum: number, { quantity }) => sum + quantity, 0))
  const { micros, amount, currency } = value as { micros?: unknown; amount?: unknown; currency?: unknown }
  if (typeof currency === 'string' && typeof micros === 'number') return unitPriceText(formatLocale(), micros, currency)
  if (typeof currency === 'string' && typeof amount === 'number') return moneyText(formatLocale(), amount, currency)
  return JSON.stringify(value)
}

/** Old and new of one field, whichever way the entry keeps them. */
export function oldAndNew(value: unknown): { from?: unknown; to: unknown } {
  if (value !== null && typeof value === 'object' && 'from' in value && 'to' in value)
    return { from: value.from, to: value.to }
  if (Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'string'))
    return { from: value[0], to: value[1] }
  return { to: value }
}
