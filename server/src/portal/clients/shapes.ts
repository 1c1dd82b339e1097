import { RoleName, Standing } from '#access'
import { Id, Instant, Locale, Named, Nullable, OneOf, Type } from '#kernel/endpoint.ts'

export const Ids = Type.Array(Id, { maxItems: 500, uniqueItems: true })
export const clientRoles = ['client-admin', 'client-member', 'client-viewer'] as const

export const Client = Type.Object({
  id: Id,
  name: Type.String(),
  email: Nullable(Type.String()),
  /** The language of what is sent to its people. */
  locale: Locale,
  archived: Type.Boolean(),
  version: Type.Integer(),
  stores: Type.Array(Named),
  /** Products it owns. */
  products: Type.Integer(),
  /** Its active portal users, those who have not accepted yet, and the colleagues it asks for. */
  users: Type.Integer(),
  invited: Type.Integer(),
  asked: Type.Integer(),
  /** Orders wholly served from warehouses that a portal user may not see are not there for him. */
  strictWarehouses: Type.Boolean(),
  /** Its people may hold their orders, and ask to cancel, change or take back. */
  mayAsk: Type.Boolean(),
  /** What its people receive themselves counts only when the house has counted it. */
  receiptsUnverified: Type.Boolean(),
})

export const PortalUser = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  email: Type.String(),
  role: RoleName,
  state: Standing,
  stores: Type.Array(Named),
  warehouses: Type.Array(Named),
  /** To the minute or so. */
  lastSeenAt: Nullable(Instant),
  createdAt: Instant,
})

export const requestStates = ['waiting', 'approved', 'refused'] as const
/** A colleague whom a client's administrator asks for. */
export const UserRequest = Type.Object({
  id: Id,
  askedBy: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: OneOf(clientRoles),
  stores: Type.Array(Named),
  warehouses: Type.Array(Named),
  state: OneOf(requestStates),
  /** Why not. */
  answer: Type.String(),
  answeredAt: Nullable(Instant),
  createdAt: Instant,
})
