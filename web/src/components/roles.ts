import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'

const names: Record<string, MessageDescriptor> = {
  administrator: msg`Administrator`,
  'full-access': msg`Full access`,
  'customer-service': msg`Customer service`,
  api: msg`API`,
  warehouse: msg`Warehouse`,
  accountant: msg`Accountant`,
  viewer: msg`Viewer`,
  automation: msg`Automation`,
  'client-admin': msg`Client administrator`,
  'client-member': msg`Client member`,
  'client-viewer': msg`Client viewer`,
  'supplier-manager': msg`Supplier manager`,
  'supplier-packer': msg`Supplier packer`,
}

/** A role's name in the reader's language; one that the account made itself has the name it was given. */
export function useRoleName() {
  const { i18n } = useLingui()
  return ({ slug, name }: { slug: string; name: string }) => {
    const known = names[slug]
    return known ? i18n._(known) : name
  }
}
