import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What happened to an order, as a sentence with the one who did it; a kind without one shows as it is called. */
export const timelineWords: Record<string, MessageDescriptor> = {
  'order.created': msg`{actor} brought the order in`,
  'order.edited': msg`{actor} edited the order`,
  'order.held': msg`{actor} put the order on hold`,
  'order.released': msg`{actor} released the order`,
  'order.cancelled': msg`{actor} cancelled {units, plural, one {# unit} other {# units}}`,
  'order.tagged': msg`{actor} added the tag {tag}`,
  'order.untagged': msg`{actor} removed the tag {tag}`,
  'order.commented': msg`{actor} commented`,
  'change.requested': msg`{actor} asked for a change`,
  'change.approved': msg`{actor} approved what {askedBy} asked for`,
  'change.refused': msg`{actor} refused what {askedBy} asked for`,
  'change.withdrawn': msg`{actor} withdrew a request`,
  'issue.raised': msg`{actor} reported an issue`,
  'issue.resolved': msg`{actor} marked an issue as dealt with`,
  'lines.assigned': msg`{actor} assigned {units, plural, one {# unit} other {# units}} to {fulfiller}`,
  'lines.unassigned': msg`{actor} took {units, plural, one {# unit} other {# units}} back from {fulfiller}`,
  'fulfillment.handed': msg`{actor} gave {fulfillmentOrder} to {assignee}`,
  'fulfillment.handed-back': msg`{actor} took {fulfillmentOrder} back from the person who had it`,
  'fulfillment.accepted': msg`{actor} accepted {units, plural, one {# unit} other {# units}}`,
  'fulfillment.rejected': msg`{actor} rejected {units, plural, one {# unit} other {# units}}`,
  'fulfillment.came-shipped': msg`{actor} brought it in as already shipped; nobody was told`,
  'fulfillment.shipped': msg`{actor} shipped {units, plural, one {# unit} other {# units}}`,
}

export const viaWords: Record<string, MessageDescriptor | undefined> = {
  rule: msg`by a rule`,
  import: msg`from a file`,
  key: msg`by an API key`,
}
