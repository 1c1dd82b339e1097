import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import type { ImportKind } from './useImport.ts'

/** What a column can fill, in the reader's language. */
const fieldWords: Record<ImportKind, Record<string, MessageDescriptor>> = {
  orders: {
    order_number: msg`Order number`,
    sku: msg`SKU`,
    quantity: msg`Quantity`,
    country: msg`Country`,
    placed_on: msg`Ordered on`,
    deliver_by: msg`Deliver by`,
    buyer_name: msg`Buyer`,
    buyer_first_name: msg`Buyer, first name`,
    buyer_last_name: msg`Buyer, last name`,
    contact_name: msg`Contact`,
    recipient_name: msg`Recipient`,
    recipient_first_name: msg`Recipient, first name`,
    recipient_last_name: msg`Recipient, last name`,
    company: msg`Company`,
    line1: msg`Street`,
    line2: msg`Address line 2`,
    line3: msg`Address line 3`,
    city: msg`City`,
    region: msg`Region`,
    postcode: msg`Postcode`,
    phone: msg`Phone`,
    email: msg`E-mail`,
    service: msg`Requested service`,
    product_name: msg`Product name`,
    unit_price: msg`Unit price`,
    line_total: msg`Price of the line`,
    discount_rate: msg`Discount, from 0 to 1`,
    discount_percent: msg`Discount in percent`,
    discount_amount: msg`Discount of the line, an amount`,
    currency: msg`Currency`,
    shipping_paid: msg`Shipping paid, once an order`,
    line_shipping: msg`Shipping paid, added up over the lines`,
    tax: msg`Tax, once an order`,
    line_tax: msg`Tax, added up over the lines`,
    paid: msg`Paid, yes or no`,
    paid_on: msg`Paid on`,
    cancelled_on: msg`Cancelled on`,
    buyer_note: msg`Note from the buyer`,
    gift_text: msg`Gift message`,
    internal_note: msg`Internal note`,
    tags: msg`Tags`,
    store: msg`Store`,
    shipped_on: msg`Shipped on`,
    carrier: msg`Carrier that took it`,
    carrier_service: msg`Service of the carrier`,
    tracking: msg`Tracking`,
    carrier_cost: msg`What the carrier charged, once an order`,
    status: msg`Status`,
  },
  products: {
    sku: msg`SKU`,
    name: msg`Name`,
    supplier: msg`Supplier`,
    quantity_per_unit: msg`Quantity per unit`,
    unit_price: msg`Price`,
    unit_cost: msg`Cost`,
    barcode: msg`Barcode`,
    tags: msg`Tags`,
    discontinued: msg`Discontinued`,
    in_stock: msg`In stock`,
    reorder_level: msg`Reorder level`,
    location: msg`Location`,
    weight: msg`Weight`,
  },
}

export function useFieldWord(kind: ImportKind) {
  const { i18n } = useLingui()
  return (field: { key: string; label: string }) => {
    const word = fieldWords[kind][field.key]
    return word ? i18n._(word) : field.label
  }
}
