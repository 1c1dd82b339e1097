import type { Audience, Permission } from '#kernel/permissions.ts'

/** A built-in role: a named set of permissions for one audience. A role never holds rows; a scope never holds rights. */
export interface Role {
  slug: string
  name: string
  audience: Audience
  /** Its floor: what it always holds. */
  permissions: readonly Permission[]
  /** What an administrator may switch on and off beside it; more it never holds. */
  switches?: readonly Permission[]
  /** Switches that are on until somebody switches them off. */
  beginsOn?: readonly Permission[]
}

const seeOrder = ['orders:read', 'fulfillment:read', 'jobs:read'] as const
const seeRecipient = ['orders:recipient', 'orders:contact', 'orders:phone'] as const
const workOrder = [
  'orders:edit',
  'orders:hold',
  'orders:cancel',
  'orders:tag',
  'orders:comment',
  'orders:notes',
] as const
const moveTransfers = [
  'transfers:read',
  'transfers:ship',
  'transfers:receive',
  'transfers:close',
  'transfers:cancel',
  'transfers:print',
] as const
const operate = [
  ...seeOrder,
  ...seeRecipient,
  ...workOrder,
  'orders:tag-portal',
  'orders:amounts',
  'orders:create',
  'orders:import',
  'orders:export',
  'products:read',
  'products:prices',
  'products:costs',
  'products:edit',
  'products:import',
  'stores:edit',
  'warehouses:edit',
  'stock:read',
  'stock:count',
  'stock:adjust',
  ...moveTransfers,
  'transfers:create',
  'transfers:edit',
  'clients:read',
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
const decide = [
  'orders:propose',
  'orders:approve',
  'rules:edit',
  'rules:run',
  'audit:own-records',
  'portal:brand',
  'statements:read',
  'assist:look',
] as const
const administer = [
  'portal-users:manage',
  'portal:manage',
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

const clientSees = [
  'orders:read',
  'orders:recipient',
  'orders:contact',
  'orders:export',
  'products:read',
  'stock:read',
  'audit:own-records',
  'jobs:read',
  'transfers:read',
  'transfers:print',
  'portal:dashboard',
] as const
const clientMoves = [
  'products:import',
  'transfers:create',
  'transfers:ship',
  'transfers:receive',
  'transfers:cancel',
] as const
/** What the people of a client say of his orders: tags, comments, holds of their own, requests. */
const clientSays = ['orders:tag', 'orders:comment', 'orders:hold', 'orders:propose'] as const
const clientSwitches = { switches: ['orders:amounts'], beginsOn: ['orders:amounts'] } as const

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
      'audit:own-records',
      'assist:look',
    ],
    switches: ['orders:amounts'],
  },
  { slug: 'api', name: 'API', audience: 'staff', permissions: [...operate] },
  {
    slug: 'warehouse',
    name: 'Warehouse',
    audience: 'staff',
    permissions: [
      ...seeOrder,
      'orders:recipient',
      'orders:phone',
      'orders:tag',
      'orders:comment',
      'orders:notes',
      'orders:bulk',
      'products:read',
      'fulfillment:ship',
      'fulfillment:print',
      'stock:read',
      'stock:count',
      ...moveTransfers,
      'transfers:create',
      'transfers:edit',
      'clients:read',
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
      'audit:own-records',
      'stock:read',
      'transfers:read',
      'transfers:print',
      'clients:read',
      'statements:read',
    ],
  },
  {
    slug: 'viewer',
    name: 'Viewer',
    audience: 'staff',
    permissions: [
      ...seeOrder,
      'products:read',
      'rules:read',
      'audit:own-records',
      'stock:read',
      'transfers:read',
      'clients:read',
    ],
  },
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
    permissions: [...clientSees, ...clientSays, ...clientMoves, 'portal-users:ask', 'statements:read', 'assist:grant'],
    ...clientSwitches,
  },
  {
    slug: 'client-member',
    name: 'Client member',
    audience: 'client',
    permissions: [...clientSees, ...clientSays, ...clientMoves],
    ...clientSwitches,
  },
  {
    slug: 'client-viewer',
    name: 'Client viewer',
    audience: 'client',
    permissions: clientSees,
    ...clientSwitches,
  },
  {
    slug: 'supplier-manager',
    name: 'Supplier manager',
    audience: 'supplier',
    permissions: [
      'queue:read',
      'queue:answer',
      'queue:assign',
      'queue:ship',
      'queue:print',
      'queue:export',
      'audit:own-records',
    ],
  },
  {
    slug: 'supplier-packer',
    name: 'Supplier packer',
    audience: 'supplier',
    permissions: ['queue:read', 'queue:ship', 'queue:print', 'audit:own-records'],
  },
]

/** The widest role of an audience that an account can make itself: the rights of administrators are theirs alone. */
const widest = { staff: 'full-access', client: 'client-admin', supplier: 'supplier-manager' } as const

/** Every right that a role of the account's own may hold. Clients and their people may be left to somebody who is no administrator. */
export function mostOf(audience: Audience): readonly Permission[] {
  const role = roles.find(({ slug }) => slug === widest[audience])!
  return [
    ...role.permissions,
    ...(role.switches ?? []),
    ...(audience === 'staff' ? (['portal-users:manage'] as const) : []),
  ]
}
