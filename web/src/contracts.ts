/** What the pages say to the server until its own contracts can be read; same shape as the server's `Api`. */
type SignedIn = {
  audience: 'staff' | 'client' | 'supplier' | null
  choices: { memberId: string; accountName: string; partyName: string | null; roleName: string }[]
}
type OrderFilter = {
  status?: string[]
  storeId?: string
  q?: string
  tag?: string
  productTag?: string
  productTagLines?: 'any' | 'all' | 'none'
  supplierId?: string
  issue?: string
  placedFrom?: string
  placedTo?: string
}
type Amount = { amount: number; currency: string }
type OrderRow = {
  id: string
  number: string
  status: OrderStatus
  placedOn: string
  placedAt: string | null
  storeName: string
  country: string
  lineCount: number
  quantity: number
  shipBy: string | null
  deliverBy: string | null
  tags: string[]
  issues: IssueKind[]
  holdUntil: string | null
  isSample: boolean
  buyerName?: string
  recipientName?: string
  total?: Amount
}
export type OrderStatus =
  | 'awaiting_payment'
  | 'awaiting_shipment'
  | 'pending_fulfillment'
  | 'partially_shipped'
  | 'shipped'
  | 'on_hold'
  | 'cancelled'
export type IssueKind = 'unmapped_line' | 'rejected' | 'late' | 'address' | 'changed_in_shop' | 'backordered'

export type Api = {
  'GET /me': {
    response: {
      user: {
        id: string | null
        name: string
        email: string | null
        locale: 'en' | 'fr'
        preferences: Record<string, unknown>
      }
      account: { id: string; name: string; currency: string; timezone: string }
      audience: 'staff' | 'client' | 'supplier'
      party: { id: string; name: string } | null
      role: { slug: string; name: string }
      permissions: string[]
    }
  }
  'PATCH /me': {
    body: { locale?: 'en' | 'fr'; density?: 'compact' | 'comfortable'; theme?: 'light' | 'dark' | 'auto' }
    response: object
  }
  'POST /session': { body: { email: string; password: string; memberId?: string }; response: SignedIn }
  'DELETE /session': { response: object }
  'POST /invitations/look': {
    body: { token: string }
    response: {
      email: string
      name: string
      accountName: string
      partyName: string | null
      roleName: string
      locale: string
      knownUser: boolean
    }
  }
  'POST /invitations/accept': { body: { token: string; name: string; password: string }; response: SignedIn }
  'POST /accounts': {
    body: {
      token: string
      accountName: string
      name: string
      email: string
      password: string
      currency: string
      timezone: string
      locale?: 'en' | 'fr'
    }
    response: SignedIn
  }
  'GET /orders': {
    query: OrderFilter & { cursor?: string; limit?: number; sort?: '-placed' | 'placed' }
    response: { items: OrderRow[]; nextCursor: string | null }
  }
  'GET /orders/count': { query: OrderFilter; response: { value: number; capped: boolean } }
  'GET /orders/counts': { response: { status: Record<string, number>; issues: Record<string, number> } }
  'GET /orders/product-tags': { query: { q?: string }; response: { items: string[] } }
}
