import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Permission } from '../words.ts'

/** What every permission allows, in one plain line; a new one does not compile until its line stands here. */
export const permissionWords: Record<Permission, MessageDescriptor> = {
  'orders:read': msg`List, search and open orders`,
  'orders:recipient': msg`See names and addresses of buyer and recipient`,
  'orders:contact': msg`See e-mail address and phone of the buyer`,
  'orders:phone': msg`See the phone number for the carrier`,
  'orders:amounts': msg`See what the buyer paid`,
  'orders:create': msg`Create orders`,
  'orders:import': msg`Import orders from a file`,
  'orders:export': msg`Export orders to a file`,
  'orders:edit': msg`Edit recipient, note, service and dates of an order`,
  'orders:hold': msg`Hold an order and release it`,
  'orders:cancel': msg`Cancel an order or part of it`,
  'orders:propose': msg`Propose a change that somebody else approves`,
  'orders:approve': msg`Approve or decline what was proposed`,
  'orders:bulk': msg`Change many orders at once`,
  'orders:tag': msg`Add and remove tags`,
  'orders:tag-portal': msg`Add a tag that the client of the order sees as his`,
  'orders:comment': msg`Comment on an order`,
  'orders:notes': msg`Read and write internal notes`,
  'products:read': msg`See products`,
  'products:prices': msg`See the sale prices of products`,
  'products:costs': msg`See what products cost`,
  'products:edit': msg`Create and change products and their tags`,
  'products:import': msg`Import products from a file`,
  'warehouses:edit': msg`Create and change warehouses`,
  'stock:read': msg`See stock: on hand, allocated, available, incoming`,
  'stock:count': msg`Count stock`,
  'stock:adjust': msg`Adjust stock with a reason, and approve counts`,
  'transfers:read': msg`See stock transfers`,
  'transfers:create': msg`Create stock transfers`,
  'transfers:edit': msg`Edit and clone stock transfers of the house`,
  'transfers:ship': msg`Record that a stock transfer was shipped and arrived`,
  'transfers:receive': msg`Receive stock transfers`,
  'transfers:close': msg`Close a stock transfer short`,
  'transfers:cancel': msg`Cancel what of a stock transfer was not received`,
  'transfers:print': msg`Print stock transfers`,
  'clients:read': msg`See clients`,
  'portal-users:manage': msg`Create clients and portal users, and change what they may see`,
  'portal-users:ask': msg`Ask for a colleague to be added`,
  'portal:manage': msg`Set the address of the customer portal`,
  'portal:brand': msg`Change name, logo, colours and texts of the customer portal`,
  'portal:dashboard': msg`See the figures of one’s own company`,
  'statements:read': msg`See the monthly statement of activity`,
  'assist:grant': msg`Let the host look at the portal for a while`,
  'assist:look': msg`Look at the portal of a client who allows it`,
  'stores:edit': msg`Create and change stores`,
  'suppliers:read': msg`See suppliers`,
  'suppliers:edit': msg`Create and change suppliers`,
  'fulfillment:read': msg`See fulfillment orders and shipments`,
  'fulfillment:assign': msg`Assign lines to suppliers and warehouses`,
  'fulfillment:answer': msg`Accept or reject on behalf of a supplier`,
  'fulfillment:ship': msg`Mark as shipped`,
  'fulfillment:print': msg`Print packing slips`,
  'shipping-costs:read': msg`See what carriers charge for a shipment`,
  'shipping-costs:averages': msg`See average shipping costs, never a single one`,
  'rules:read': msg`See automation rules`,
  'rules:edit': msg`Change automation rules`,
  'rules:run': msg`Run automation rules`,
  'users:read': msg`See users and invitations`,
  'users:manage': msg`Invite, change and deactivate users`,
  'roles:manage': msg`Make roles, change and archive them`,
  'keys:manage': msg`Create and revoke API keys`,
  'sign-in:manage': msg`Say how people sign in: providers and policies`,
  'outbox:read': msg`See what was sent and what waits`,
  'outbox:reveal': msg`Reveal the link of an invitation`,
  'audit:read': msg`Read the audit log`,
  'audit:own-records': msg`Read the history of the records one may see`,
  'privacy:manage': msg`Say how long personal data is kept; export and erase a buyer`,
  'jobs:read': msg`See the progress of one’s own jobs`,
  'jobs:manage': msg`See, stop and retry the jobs of everybody`,
  'queue:read': msg`See the queue of what to ship`,
  'queue:answer': msg`Accept and reject what is offered`,
  'queue:assign': msg`Give parts of the queue to colleagues`,
  'queue:ship': msg`Mark as shipped`,
  'queue:print': msg`Print packing slips`,
  'queue:export': msg`Export the queue to a file`,
}

/** The groups in which permissions are shown, by the things they are about; what no group names stands in the last. */
const groups: { id: string; title: MessageDescriptor; things: string[] }[] = [
  { id: 'orders', title: msg`Orders`, things: ['orders'] },
  { id: 'fulfillment', title: msg`Fulfillment`, things: ['fulfillment', 'queue'] },
  { id: 'money', title: msg`Shipping costs`, things: ['shipping-costs'] },
  { id: 'catalog', title: msg`Products and suppliers`, things: ['products', 'stores', 'suppliers'] },
  { id: 'stock', title: msg`Stock and transfers`, things: ['stock', 'warehouses', 'transfers'] },
  {
    id: 'portal',
    title: msg`Clients and customer portal`,
    things: ['clients', 'portal-users', 'portal', 'statements', 'assist'],
  },
  { id: 'rules', title: msg`Automation`, things: ['rules', 'jobs'] },
  { id: 'account', title: msg`Users and account`, things: [] },
]

/** These permissions in their groups, in the order of the table; a group without any is left out. */
export function grouped(words: readonly string[]) {
  const known = Object.keys(permissionWords).filter((word) => words.includes(word)) as Permission[]
  const groupOf = (word: string) =>
    groups.find(({ things }) => things.includes(word.slice(0, word.indexOf(':')))) ?? groups.at(-1)!
  return groups
    .map(({ id, title }) => ({ id, title, words: known.filter((word) => groupOf(word).id === id) }))
    .filter((group) => group.words.length > 0)
}
