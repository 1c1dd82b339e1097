/** The seven statuses of an order: computed from facts by orders.status_of, never set by hand (model.md 10). */
export const orderStatuses = [
  'awaiting_payment',
  'awaiting_shipment',
  'pending_fulfillment',
  'partially_shipped',
  'shipped',
  'on_hold',
  'cancelled',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

export const issueKinds = ['unmapped_line', 'rejected', 'address', 'late', 'changed_in_shop'] as const
