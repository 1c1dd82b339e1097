import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Movement } from './useStock.ts'

/** What the ledger calls each entry. */
export const movementWords: Record<Movement['kind'], MessageDescriptor> = {
  adjusted: msg`Adjustment`,
  counted: msg`Count`,
  allocated: msg({ message: 'Allocated', context: 'a movement of stock' }),
  released: msg({ message: 'Released', context: 'a movement of stock' }),
  backordered: msg({ message: 'Backordered', context: 'a movement of stock' }),
  shipped: msg({ message: 'Shipped', context: 'a movement of stock' }),
  announced: msg({ message: 'Announced', context: 'a movement of stock' }),
  sent: msg({ message: 'Sent', context: 'a movement of stock' }),
  received: msg({ message: 'Received', context: 'a movement of stock' }),
  damaged: msg({ message: 'Damaged', context: 'a movement of stock' }),
  verified: msg({ message: 'Verified', context: 'a movement of stock' }),
  written_off: msg({ message: 'Written off', context: 'a movement of stock' }),
  withdrawn: msg({ message: 'Withdrawn', context: 'a movement of stock' }),
}

/** The places of stock that an entry can change, as they stand in its signed figures. */
export const bucketWords = {
  onHand: msg`On hand`,
  allocated: msg({ message: 'Allocated', context: 'a figure of stock' }),
  backordered: msg({ message: 'Backordered', context: 'a figure of stock' }),
  quarantine: msg`Quarantine`,
  unverified: msg`Unverified`,
  announced: msg({ message: 'Announced', context: 'a figure of stock' }),
  inTransit: msg`In transit`,
} satisfies Partial<Record<keyof Movement, MessageDescriptor>>
