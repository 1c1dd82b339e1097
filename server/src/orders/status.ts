/** The seven statuses of an order: computed from facts by orders.status_of, never set by hand. */
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

/** What a person must look at. Those that are stored; `late` and `held` are computed. */
export const storedIssues = ['unmapped_line', 'rejected', 'address', 'changed_in_shop', 'backordered'] as const
/** What an order shows as its issues. */
export const issueKinds = [...storedIssues, 'late'] as const
/** The queue of issues, in the order of its tabs. */
export const issueQueue = [
  'held',
  'address',
  'backordered',
  'rejected',
  'late',
  'unmapped_line',
  'changed_in_shop',
] as const
export const issueFilters = ['any', ...issueQueue] as const
export type IssueFilter = (typeof issueFilters)[number]
