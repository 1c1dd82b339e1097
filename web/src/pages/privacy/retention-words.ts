import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { RetentionRule } from './privacy.ts'

/** What a rule is about, as it is chosen and listed. */
export const retainedWords: Record<RetentionRule['what'], MessageDescriptor> = {
  supplier_copy: msg`A supplier's copy of name, address and notes`,
  recipient: msg`Name and address on the order`,
  contact: msg`E-mail address and phone`,
  notes: msg`The buyer's note and gift text`,
  import_file: msg`Uploaded files of imports`,
}
