import type { OrderStatus } from './words.ts'

const open: OrderStatus[] = ['awaiting_payment', 'awaiting_shipment', 'pending_fulfillment', 'partially_shipped']
const held: OrderStatus[] = ['on_hold']
const underWay: ('to_ship' | 'shipped' | 'delivered' | 'partially_received')[] = [
  'to_ship',
  'shipped',
  'delivered',
  'partially_received',
]

/**
 * Every address of the web app, once. Each gives what `<Link {...paths.order(id)}>` and `navigate(paths.order(id))`
 * take, so that a route that moves breaks the build and not a link.
 */
export const paths = {
  home: () => ({ to: '/' }) as const,
  /** `ended`: the session ended while the page was open, which the sign-in page says. */
  signIn: (next?: string, ended?: 'yes') => ({ to: '/sign-in', search: { ...(next && { next }), ended } }) as const,
  /** The second step of signing in. */
  secondFactor: (next?: string) => ({ to: '/second-factor', search: next ? { next } : {} }) as const,
  forgotPassword: () => ({ to: '/forgot-password' }) as const,
  createAccount: () => ({ to: '/create-account' }) as const,
  invitation: () => ({ to: '/invitation' }) as const,
  orders: () => ({ to: '/orders' }) as const,
  order: (orderId: string) => ({ to: '/orders/$orderId', params: { orderId } }) as const,
  requests: () => ({ to: '/orders/requests' }) as const,
  stock: (open?: string) => ({ to: '/stock', search: open ? { open } : {} }) as const,
  ledger: (search: { q?: string } = {}) => ({ to: '/stock/ledger', search }) as const,
  warehouses: () => ({ to: '/settings/warehouses' }) as const,
  stores: () => ({ to: '/settings/stores' }) as const,
  products: () => ({ to: '/products' }) as const,
  suppliers: () => ({ to: '/suppliers' }) as const,
  clients: () => ({ to: '/clients', search: {} }) as const,
  client: (clientId: string, tab?: 'stores' | 'users' | 'requests' | 'statement') =>
    ({ to: '/clients/$clientId', params: { clientId }, search: tab ? { tab } : {} }) as const,
  statements: () => ({ to: '/statements', search: {} }) as const,
  assist: () => ({ to: '/assist' }) as const,
  colleagues: () => ({ to: '/colleagues' }) as const,
  transfers: () => ({ to: '/transfers', search: {} }) as const,
  /** Lists that figures of a dashboard lead to. */
  openOrders: () => ({ to: '/orders', search: { status: open } }) as const,
  heldOrders: () => ({ to: '/orders', search: { status: held } }) as const,
  waitingOrders: () => ({ to: '/orders', search: { only: 'waiting' } }) as const,
  shippedLately: () => ({ to: '/orders', search: { only: 'shipped_lately' } }) as const,
  unreadOrders: () => ({ to: '/orders', search: { only: 'unread' } }) as const,
  lowStock: () => ({ to: '/stock', search: { only: 'low' } }) as const,
  transfersUnderWay: () => ({ to: '/transfers', search: { state: underWay } }) as const,
  newTransfer: () => ({ to: '/transfers/new' }) as const,
  transfer: (transferId: string) => ({ to: '/transfers/$transferId', params: { transferId } }) as const,
  receiveTransfer: (transferId: string) => ({ to: '/transfers/$transferId/receive', params: { transferId } }) as const,
  rules: () => ({ to: '/rules' }) as const,
  settings: () => ({ to: '/settings' }) as const,
  users: (open?: string) => ({ to: '/settings/users', search: open ? { open } : {} }) as const,
  roles: () => ({ to: '/settings/roles', search: {} }) as const,
  role: (roleId: string) => ({ to: '/settings/roles/$roleId', params: { roleId } }) as const,
  newRole: (from?: string) => ({ to: '/settings/roles/new', search: from ? { from } : {} }) as const,
  roleGuide: () => ({ to: '/settings/roles/guide' }) as const,
  signInSettings: () => ({ to: '/settings/sign-in' }) as const,
  portalSettings: () => ({ to: '/settings/portal' }) as const,
  keys: (open?: string) => ({ to: '/settings/keys', search: open ? { open } : {} }) as const,
  outbox: (open?: string) => ({ to: '/settings/outbox', search: open ? { open } : {} }) as const,
  jobs: (open?: string) => ({ to: '/settings/jobs', search: open ? { open } : {} }) as const,
  audit: () => ({ to: '/settings/audit' }) as const,
  privacy: () => ({ to: '/settings/privacy' }) as const,
  accessRequests: () => ({ to: '/settings/access-requests' }) as const,
  myAccount: () => ({ to: '/settings/me' }) as const,
  /** `permission`, `page`: what was refused, to ask for it. */
  myAccess: (ask: { permission?: string; page?: string } = {}) => ({ to: '/settings/access', search: ask }) as const,
  queue: () => ({ to: '/queue' }) as const,
  imports: () => ({ to: '/imports' }) as const,
  import: (importId: string, step?: 'upload' | 'match' | 'check' | 'import') =>
    ({ to: '/imports/$importId', params: { importId }, search: step ? { step } : {} }) as const,
}
