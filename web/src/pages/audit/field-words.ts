import { i18n, type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { editWords } from '../orders/edit-words.ts'

/** What the fields that an entry names are called; one that is not here is shown as the program calls it. */
const fieldWords: Record<string, MessageDescriptor | undefined> = {
  ...editWords,
  name: msg`Name`,
  description: msg`Description`,
  sku: msg`SKU`,
  barcode: msg`Barcode`,
  barcodes: msg`Barcodes`,
  weightGrams: msg`Weight (g)`,
  weighed: msg`Measured by the house`,
  price: msg`Price`,
  cost: msg`Cost`,
  tag: msg`Tag`,
  tags: msg`Tags`,
  discontinued: msg`Discontinued`,
  archived: msg`Archived`,
  email: msg`E-mail`,
  locale: msg`Language`,
  role: msg`Role`,
  permissions: msg`Permissions`,
  stores: msg`Stores`,
  clients: msg`Clients`,
  suppliers: msg`Suppliers`,
  warehouses: msg`Warehouses`,
  ownOnly: msg`Only what is assigned to the person`,
  from: msg`From`,
  to: msg`To`,
  until: msg`Until`,
  hours: msg`Hours`,
  reason: msg`Reason`,
  units: msg`Units`,
  carrier: msg`Carrier`,
  trackingNumber: msg`Tracking number`,
  assignee: msg`Assigned to`,
  number: msg`Number`,
  position: msg`Position`,
  deliverBy: msg`Deliver by`,
  answer: msg`Answer`,
  note: msg`Note`,
  page: msg`Page`,
}

export const fieldName = (field: string): string => (fieldWords[field] ? i18n._(fieldWords[field]) : field)

/** What is kept for the program and says nothing to a reader. */
export const isShown = (field: string) => field !== 'version'
