import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What happened to an order, as a sentence with the one who did it; a kind without one shows as it is called. */
export const timelineWords: Record<string, MessageDescriptor> = {
  'order.created': msg`{actor} brought the order in`,
}

export const viaWords: Record<string, MessageDescriptor | undefined> = {
  rule: msg`by a rule`,
  import: msg`from a file`,
  key: msg`by an API key`,
}
