import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OrderStatus } from '../words.ts'

export type Hue = 'grey' | 'blue' | 'amber' | 'red' | 'green' | 'purple'
/** `half` and `hollow` tell apart what shares a hue, for those who see few of them. */
export type StatusLook = { hue: Hue; fill?: 'half' | 'hollow'; word: MessageDescriptor }

/** The seven statuses of an order, as they look and read on every screen. */
export const orderStatuses: Record<OrderStatus, StatusLook> = {
  awaiting_payment: { hue: 'amber', fill: 'hollow', word: msg`Awaiting payment` },
  awaiting_shipment: { hue: 'blue', word: msg`Awaiting shipment` },
  pending_fulfillment: { hue: 'purple', word: msg`Pending fulfillment` },
  partially_shipped: { hue: 'green', fill: 'half', word: msg`Partially shipped` },
  shipped: { hue: 'green', word: msg`Shipped` },
  on_hold: { hue: 'red', word: msg`On hold` },
  cancelled: { hue: 'grey', fill: 'hollow', word: msg`Cancelled` },
}

/** The states of a fulfillment order, in our own warehouse and at a supplier. */
export const fulfillmentStates = {
  open: { hue: 'blue', fill: 'hollow', word: msg({ message: 'Open', context: 'state of a fulfillment order' }) },
  released: { hue: 'blue', word: msg`Released` },
  picking: { hue: 'purple', fill: 'half', word: msg`Picking` },
  packed: { hue: 'purple', word: msg`Packed` },
  offered: { hue: 'blue', fill: 'hollow', word: msg`Offered` },
  accepted: { hue: 'purple', word: msg`Accepted` },
  shipped: { hue: 'green', word: msg`Shipped` },
  rejected: { hue: 'red', word: msg`Rejected` },
  cancelled: { hue: 'grey', fill: 'hollow', word: msg`Cancelled` },
} satisfies Record<string, StatusLook>
