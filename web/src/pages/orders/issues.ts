import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const issueWords: Record<string, MessageDescriptor> = {
  unmapped_line: msg`Unmapped line`,
  rejected: msg`Rejected`,
  address: msg`Address problem`,
  late: msg`Late`,
  changed_in_shop: msg`Changed in shop`,
}
