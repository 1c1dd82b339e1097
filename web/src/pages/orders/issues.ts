import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const issueWords: Record<string, MessageDescriptor> = {
  unmapped_line: msg`Unmapped line`,
  rejected: msg`Rejected`,
  address: msg`Address problem`,
  late: msg`Late`,
  changed_in_shop: msg`Changed in shop`,
  backordered: msg`Backordered`,
}

/** The queue of issues, in the order of its parts. */
export const queueWords: Record<string, MessageDescriptor> = {
  any: msg`Any issue`,
  held: msg`Held`,
  address: msg`Address problem`,
  backordered: msg`Backordered`,
  rejected: msg`Rejected`,
  late: msg`Late`,
  unmapped_line: msg`Unmapped line`,
  changed_in_shop: msg`Changed in shop`,
}
