import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** What a role is for, in one plain sentence, beside its choice. */
export const roleWords: Record<string, MessageDescriptor> = {
  administrator: msg`Everything, with users, API keys and the audit log.`,
  'full-access': msg`Orders, products, suppliers and rules with all amounts; no users, no keys.`,
  'customer-service': msg`Orders only: find, correct the address, hold, cancel, comment. Sees no price, cost or catalogue.`,
  api: msg`What a program may do with a key: orders, products and suppliers with all amounts; changes no rules and no users.`,
  warehouse: msg`Picks, packs, ships, counts and receives; sees no amounts.`,
  accountant: msg`Sees every amount and exports; changes no order, sees no names and no streets.`,
  viewer: msg`Reads orders and products without amounts, names or addresses.`,
  'supplier-manager': msg`Sees exactly the lines assigned to the company: accepts, rejects, ships, exports.`,
  'supplier-packer': msg`Sees exactly the lines assigned to the company: prints slips and ships.`,
  'client-admin': msg`Sees the client’s orders, products and stock and sends transfers; asks for colleagues.`,
  'client-member': msg`Sees the client’s orders, products and stock and sends transfers.`,
  'client-viewer': msg`Sees the client’s orders, products and stock and changes nothing.`,
}
