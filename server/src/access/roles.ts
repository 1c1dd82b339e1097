import type { Audience, Permission } from '#kernel/permissions.ts'

/** A named set of permissions for one audience. A role never holds rows; a scope never holds rights. */
export interface Role {
  slug: string
  name: string
  audience: Audience
  permissions: readonly Permission[]
}

const seeOrder = ['orders:read', 'fulfillment:read', 'jobs:read'] as const
const seeRecipient = ['orders:recipient', 'orders:contact'] as const
const workOrder = [
  'orders:edit',
  'orders:hold',
  'orders:cancel',
  'orders:tag',
  'orders:comment',
  'orders:notes',
] as const
const operate = [
  ...seeOrder,
  ...seeRecipient,
  ...workOrder,
  'orders:amounts',
  'orders:create',
  'orders:import',
  'orders:export',
  'products:read',
  'products:prices',
  'products:costs',
  'products:edit',
  'stores:edit',
  'suppliers:read',
  'suppliers:edit',
  'fulfillment:assign',
  'fulfillment:answer',
  'fulfillment:ship',
  'fulfillment:print',
  'rules:read',
  'orders:bulk',
  'shipping-costs:read',
  'shipping-costs:averages',
] as const
const decide = ['orders:propose', 'orders:approve', 'rules:edit', 'rules:run'] as const
const administer = [
  'users:read',
  'users:manage',
  'roles:manage',
  'sign-in:manage',
  'keys:manage',
  'outbox:read',
  'outbox:reveal',
  'audit:read',
  'jobs:manage',
  'privacy:manage',
] as const

/** The built-in roles. Their names are shown by slug in the user's language; these are the English ones. */
export const roles: readonly Role[] = [
  {
    slug: 'administrator',
    name: 'Administrator',
    audience: 'staff',
    permissions: [...operate, ...decide, ...administer],
  },
  { slug: 'full-access', name: 'Full access', audience: 'staff', permissions: [...operate, ...decide] },
  {
    slug: 'customer-service',
    name: 'Customer service',
    audience: 'staff',
    permissions: [
      ...seeOrder,
      ...seeRecipient,
      ...workOrder,
      'fulfillment:print',
      'orders:propose',
      'shipping-costs:averages',
    ],
  },
  { slug: 'api', name: 'API', audience: 'staff', permissions: [...operate] },
  {
    slug: 'warehouse',
    name: 'Warehouse',
    audience: 'staff',
    permissions: [
      ...seeOrder,
      ...seeRecipient,
      'orders:tag',
      'orders:comment',
      'orders:notes',
      'orders:bulk',
      'products:read',
      'fulfillment:ship',
      'fulfillment:print',
    ],
  },
  {
    slug: 'accountant',
    name: 'Accountant',
    audience: 'staff',
    permissions: [
      ...seeOrder,
      'orders:amounts',
      'orders:export',
      'orders:comment',
      'orders:notes',
      'products:read',
      'products:prices',
      'products:costs',
      'suppliers:read',
      'shipping-costs:read',
      'shipping-costs:averages',
    ],
  },
  { slug: 'viewer', name: 'Viewer', audience: 'staff', permissions: [...seeOrder, 'products:read', 'rules:read'] },
  {
    slug: 'automation',
    name: 'Automation',
    audience: 'staff',
    permissions: [
      'orders:read',
      'orders:tag',
      'orders:hold',
      'orders:recipient',
      'products:read',
      'fulfillment:read',
      'fulfillment:assign',
      'rules:read',
      'rules:run',
      'suppliers:read',
    ],
  },
  {
    slug: 'client-admin',
    name: 'Client administrator',
    audience: 'client',
    permissions: ['orders:read', 'orders:recipient', 'orders:contact', 'orders:amounts'],
  },
  {
    slug: 'client-member',
    name: 'Client member',
    audience: 'client',
    permissions: ['orders:read', 'orders:recipient', 'orders:contact', 'orders:amounts'],
  },
  {
    slug: 'client-viewer',
    name: 'Client viewer',
    audience: 'client',
    permissions: ['orders:read', 'orders:recipient', 'orders:contact', 'orders:amounts'],
  },
  {
    slug: 'supplier-manager',
    name: 'Supplier manager',
    audience: 'supplier',
    permissions: ['queue:read', 'queue:answer', 'queue:ship', 'queue:print', 'queue:export'],
  },
  {
    slug: 'supplier-packer',
    name: 'Supplier packer',
    audience: 'supplier',
    permissions: ['queue:read', 'queue:ship', 'queue:print'],
  },
]
