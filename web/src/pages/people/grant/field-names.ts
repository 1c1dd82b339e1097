import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

const names: Record<string, MessageDescriptor> = {
  buyer_name: msg`name of the buyer`,
  address: msg`address`,
  buyer_email: msg`buyer e-mail`,
  buyer_phone: msg`buyer phone`,
  carrier_phone: msg`phone for the carrier`,
  buyer_paid: msg`what the buyer paid`,
  internal_notes: msg`internal notes`,
  sale_price: msg`sale prices`,
  unit_cost: msg`unit costs`,
  shipping_cost: msg`shipping costs`,
  average_shipping_cost: msg`average shipping costs`,
}

/** Groups of fields as one text. */
export function useFieldWords() {
  const { i18n } = useLingui()
  return (fields: string[]) => fields.map((field) => (names[field] ? i18n._(names[field]) : field)).join(', ')
}
