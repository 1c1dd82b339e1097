/**
 * Rights that the product will have once the part they are for is there. They are listed, so that nobody looks for them in
 * vain; nobody holds one and none can be given. Whoever builds the part moves its lines to kernel/permissions.ts.
 */
export interface WaitingPermission {
  word: string
  meaning: string
  /** The part of the product it waits for. */
  for: (typeof parts)[number]
  /** The built-in roles that will hold it, whole or within a limit. */
  roles: readonly string[]
}

export const parts = [
  'channels',
  'dashboard',
  'labels',
  'operations',
  'order-actions',
  'reports',
  'returns',
  'supplier-stock',
] as const

const owners = ['administrator', 'full-access']
const operators = [...owners, 'api']
const clients = ['client-admin', 'client-member']

export const waiting: readonly WaitingPermission[] = [
  { word: 'channels:manage', meaning: 'Connect sales channels', for: 'channels', roles: owners },
  { word: 'webhooks:manage', meaning: 'Subscribe to webhooks', for: 'channels', roles: operators },
  {
    word: 'dashboard:read',
    meaning: 'See the dashboard',
    for: 'dashboard',
    roles: [...operators, 'accountant', 'viewer'],
  },
  { word: 'revenue:read', meaning: 'See revenue', for: 'dashboard', roles: [...operators, 'accountant'] },
  { word: 'quotes:read', meaning: 'Get shipping quotes', for: 'labels', roles: [...operators, 'warehouse'] },
  {
    word: 'labels:buy',
    meaning: 'Buy, void and print labels',
    for: 'labels',
    roles: [...operators, 'warehouse', 'supplier-manager', 'supplier-packer'],
  },
  { word: 'carriers:manage', meaning: 'Set up carrier accounts', for: 'labels', roles: ['administrator'] },
  {
    word: 'company:read',
    meaning: 'See company, tax and billing data',
    for: 'operations',
    roles: ['administrator', 'accountant'],
  },
  {
    word: 'company:edit',
    meaning: 'Change company, tax and billing data',
    for: 'operations',
    roles: ['administrator'],
  },
  {
    word: 'notices:resend',
    meaning: 'Send a notice to channel or customer again',
    for: 'channels',
    roles: [...operators, 'customer-service'],
  },
  { word: 'orders:duplicate', meaning: 'Duplicate an order', for: 'order-actions', roles: operators },
  { word: 'orders:restore', meaning: 'Restore a cancelled order', for: 'order-actions', roles: operators },
  { word: 'orders:split', meaning: 'Split and combine orders', for: 'order-actions', roles: operators },
  { word: 'orders:lock', meaning: 'Lock fields of an order', for: 'order-actions', roles: operators },
  { word: 'orders:lines', meaning: 'Change lines and prices of an order', for: 'order-actions', roles: operators },
  {
    word: 'reports:read',
    meaning: 'See reports and schedule them',
    for: 'reports',
    roles: [...operators, 'accountant', 'viewer'],
  },
  { word: 'margins:read', meaning: 'See margins', for: 'reports', roles: [...owners, 'accountant'] },
  {
    word: 'supplier-statements:read',
    meaning: 'See the statements of suppliers',
    for: 'reports',
    roles: [...operators, 'accountant', 'supplier-manager'],
  },
  {
    word: 'supplier-scores:read',
    meaning: 'See how reliable suppliers are',
    for: 'reports',
    roles: [...operators, 'viewer', 'supplier-manager'],
  },
  {
    word: 'returns:create',
    meaning: 'Create returns',
    for: 'returns',
    roles: [...operators, 'customer-service', 'warehouse', ...clients, 'supplier-manager'],
  },
  {
    word: 'returns:receive',
    meaning: 'Receive and grade returns',
    for: 'returns',
    roles: [...operators, 'warehouse', 'supplier-manager'],
  },
  { word: 'returns:replace', meaning: 'Ship a replacement', for: 'returns', roles: operators },
  { word: 'refunds:make', meaning: 'Refund an amount', for: 'returns', roles: [...owners, 'accountant'] },
  {
    word: 'availability:edit',
    meaning: 'Say what a supplier has available',
    for: 'supplier-stock',
    roles: [...operators, 'supplier-manager'],
  },
]
