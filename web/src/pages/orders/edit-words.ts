import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { EditPath } from '../../words.ts'

/** What each field of an order that can be edited is called. */
export const editWords: Record<EditPath, MessageDescriptor> = {
  'recipient.name': msg`Name`,
  'recipient.company': msg`Company`,
  'recipient.line1': msg`Street`,
  'recipient.line2': msg`Address line 2`,
  'recipient.line3': msg`Address line 3`,
  'recipient.postcode': msg`Postcode`,
  'recipient.city': msg`City`,
  'recipient.region': msg`Region`,
  'recipient.country': msg`Country`,
  'contact.email': msg`E-mail`,
  'contact.phone': msg`Phone`,
  buyerNote: msg`Buyer's note`,
  giftText: msg`Gift text`,
  service: msg`Service`,
  shipBy: msg`Ship by`,
  priority: msg`Priority`,
}
