/**
 * The words of access, said once, as data: who comes here, and what a role may be allowed. The roles made of them are
 * in access/roles.ts; the database's policies ask for the same words, the page draws from them.
 */

export const audiences = ['staff', 'client', 'supplier'] as const
export type Audience = (typeof audiences)[number]

/** Every permission with a plain explanation. A word is `things:verb`; the verb is the same as in contract, file and button. */
export const permissions = {
  'orders:read': 'List, search and open orders',
  'orders:recipient': 'See the names and the address of buyer and recipient',
  'orders:contact': 'See e-mail address and phone of the buyer',
  'orders:amounts': 'See what the buyer paid',
  'orders:create': 'Create orders',
  'orders:import': 'Import orders and products from a file',
  'orders:export': 'Export orders to a file',
  'orders:edit': 'Edit recipient, note, service and dates of an order',
  'orders:hold': 'Hold an order and release it',
  'orders:cancel': 'Cancel an order or part of it',
  'orders:propose': 'Propose a change of an order that others may make',
  'orders:approve': 'Approve or decline what was proposed',
  'orders:bulk': 'Change many orders at once',
  'orders:tag': 'Add and remove tags',
  'orders:comment': 'Comment on an order',
  'orders:notes': 'Read and write internal notes',
  'products:read': 'See products',
  'products:prices': 'See the sale prices of products',
  'products:costs': 'See what products cost',
  'products:edit': 'Create and change products and their tags',
  'stores:edit': 'Create and change stores',
  'suppliers:read': 'See suppliers',
  'suppliers:edit': 'Create and change suppliers',
  'fulfillment:read': 'See fulfillment orders and shipments',
  'fulfillment:assign': 'Assign lines to suppliers and warehouses',
  'fulfillment:answer': 'Accept or reject on behalf of a supplier',
  'fulfillment:ship': 'Mark as shipped',
  'fulfillment:print': 'Print packing slips',
  'shipping-costs:read': 'See what carriers charge for a shipment',
  'shipping-costs:averages': 'See average shipping costs of groups, never a single one',
  'rules:read': 'See automation rules',
  'rules:edit': 'Change automation rules',
  'rules:run': 'Run automation rules',
  'users:read': 'See users and invitations',
  'users:manage': 'Invite, change and deactivate users',
  'roles:manage': 'Make roles, change and archive them',
  'keys:manage': 'Create and revoke API keys',
  'sign-in:manage': 'Say how people sign in: providers and policies',
  'outbox:read': 'See what was sent and what waits',
  'outbox:reveal': 'Reveal the link of an invitation',
  'audit:read': 'Read the audit log',
  'audit:own-records': 'Read the history of the records one may see',
  'privacy:manage': 'Say how long personal data is kept; export and erase a buyer',
  'jobs:read': 'See the progress of own jobs',
  'jobs:manage': 'See, stop and retry the jobs of everybody',
  'queue:read': 'See the queue of what to ship',
  'queue:answer': 'Accept and reject what is offered',
  'queue:assign': 'Give parts of the queue to colleagues',
  'queue:ship': 'Mark as shipped',
  'queue:print': 'Print packing slips',
  'queue:export': 'Export the queue to a file',
} as const
export type Permission = keyof typeof permissions
