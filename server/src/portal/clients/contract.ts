import { GrantPreview, Invitation, RoleName, Standing } from '#access'
import {
  byId,
  Closed,
  contract,
  Email,
  Id,
  Instant,
  Locale,
  Named,
  Nullable,
  OneOf,
  Text,
  Type,
} from '#kernel/endpoint.ts'

const Ids = Type.Array(Id, { maxItems: 500, uniqueItems: true })
const clientRoles = ['client-admin', 'client-member', 'client-viewer'] as const

const Client = Type.Object({
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

const PortalUser = Type.Object({
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

export const states = ['waiting', 'approved', 'refused'] as const
const asked = {
  id: Id,
  askedBy: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: OneOf(clientRoles),
  stores: Type.Array(Named),
  warehouses: Type.Array(Named),
  state: OneOf(states),
  /** Why not. */
  answer: Type.String(),
  answeredAt: Nullable(Instant),
  createdAt: Instant,
}
/** A colleague whom a client's administrator asks for. */
const UserRequest = Type.Object(asked)

const user = Closed({ id: Id, userId: Id })
const invitation = Closed({ id: Id, invitationId: Id })
const request = Closed({ id: Id, requestId: Id })
const grant = { role: Type.String({ maxLength: 60 }), stores: Ids, warehouses: Ids }

export const clientsContract = contract({
  listClients: {
    method: 'GET',
    path: '/clients',
    allow: 'clients:read',
    summary: 'Companies that the account serves, by name',
    query: Closed({ archived: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ items: Type.Array(Client) }),
  },
  getClient: {
    method: 'GET',
    path: '/clients/:id',
    allow: 'clients:read',
    summary: 'One client',
    params: byId,
    response: Client,
  },
  createClient: {
    method: 'POST',
    path: '/clients',
    allow: 'portal-users:manage',
    summary: 'Create a client',
    body: Closed({
      name: Text(1, 200),
      email: Type.Optional(Nullable(Email)),
      locale: Type.Optional(Locale),
    }),
    response: Client,
    status: 201,
    refuses: ['already_exists'],
  },
  changeClient: {
    method: 'PATCH',
    path: '/clients/:id',
    allow: 'portal-users:manage',
    summary: 'Change a client and what was agreed with it, or archive it: its people are signed out and refused',
    params: byId,
    ifMatch: true,
    body: Closed({
      name: Type.Optional(Text(1, 200)),
      email: Type.Optional(Nullable(Email)),
      locale: Type.Optional(Locale),
      archived: Type.Optional(Type.Boolean()),
      strictWarehouses: Type.Optional(Type.Boolean()),
      mayAsk: Type.Optional(Type.Boolean()),
      receiptsUnverified: Type.Optional(Type.Boolean()),
    }),
    response: Client,
    refuses: ['already_exists'],
  },
  addClientStore: {
    method: 'POST',
    path: '/clients/:id/stores',
    allow: 'portal-users:manage',
    summary: 'Make a store of this client: a new one by name, or one that is nobody else’s',
    params: byId,
    body: Closed({ storeId: Type.Optional(Id), name: Type.Optional(Text(1, 120)) }),
    response: Client,
    status: 201,
    refuses: ['already_exists', 'wrong_state'],
  },
  removeClientStore: {
    method: 'DELETE',
    path: '/clients/:id/stores/:storeId',
    allow: 'portal-users:manage',
    summary: 'Take a store from a client: only while it has no orders and no portal user has it',
    params: Closed({ id: Id, storeId: Id }),
    response: Client,
    refuses: ['wrong_state'],
  },
  listPortalChoices: {
    method: 'GET',
    path: '/clients/:id/choices',
    allow: 'portal-users:manage',
    summary: 'What a portal user of this client can be given',
    params: byId,
    response: Type.Object({
      roles: Type.Array(RoleName),
      stores: Type.Array(Named),
      warehouses: Type.Array(Named),
      /** Stores that are no client’s yet. */
      freeStores: Type.Array(Named),
    }),
  },
  listPortalUsers: {
    method: 'GET',
    path: '/clients/:id/users',
    allow: 'portal-users:manage',
    summary: 'Portal users of a client, and who is invited',
    params: byId,
    response: Type.Object({ users: Type.Array(PortalUser), invitations: Type.Array(Invitation) }),
  },
  invitePortalUser: {
    method: 'POST',
    path: '/clients/:id/users',
    allow: 'portal-users:manage',
    fresh: true,
    summary: 'Invite a portal user by mail, with at least one store and one warehouse; he sets his password himself',
    params: byId,
    body: Closed({ email: Email, name: Type.Optional(Text(0, 120)), locale: Type.Optional(Locale), ...grant }),
    response: Invitation,
    status: 201,
    refuses: ['already_exists', 'wrong_state'],
  },
  previewPortalUser: {
    method: 'POST',
    path: '/clients/:id/users/preview',
    allow: 'portal-users:manage',
    keepAnswer: false,
    summary: 'What a portal user, or somebody yet to be invited, would gain and lose by a grant; changes nothing',
    params: byId,
    body: Closed({ userId: Type.Optional(Id), ...grant }),
    response: GrantPreview,
  },
  changePortalUser: {
    method: 'PATCH',
    path: '/clients/:id/users/:userId',
    allow: 'portal-users:manage',
    ifMatch: true,
    fresh: true,
    summary: 'Give a portal user another grant; it counts from his next request, and his company is told',
    params: user,
    body: Closed(grant),
    response: PortalUser,
  },
  deactivatePortalUser: {
    method: 'POST',
    path: '/clients/:id/users/:userId/deactivate',
    allow: 'portal-users:manage',
    summary: 'Deactivate a portal user: the next request is refused',
    params: user,
    response: Type.Object({}),
  },
  reactivatePortalUser: {
    method: 'POST',
    path: '/clients/:id/users/:userId/reactivate',
    allow: 'portal-users:manage',
    summary: 'Let a deactivated portal user in again',
    params: user,
    response: Type.Object({}),
  },
  endPortalSessions: {
    method: 'POST',
    path: '/clients/:id/users/:userId/end-sessions',
    allow: 'portal-users:manage',
    summary: 'Sign a portal user out everywhere; he may sign in again',
    params: user,
    response: Type.Object({ ended: Type.Integer() }),
  },
  sendPortalReset: {
    method: 'POST',
    path: '/clients/:id/users/:userId/send-reset',
    allow: 'portal-users:manage',
    summary: 'Send a portal user the mail by which he sets a new password himself',
    params: user,
    response: Type.Object({}),
    refuses: ['too_many_tries', 'wrong_state'],
  },
  resendPortalInvitation: {
    method: 'POST',
    path: '/clients/:id/invitations/:invitationId/resend',
    allow: 'portal-users:manage',
    summary: 'Send an invitation again; the earlier link dies',
    params: invitation,
    response: Type.Object({}),
    refuses: ['too_many_tries', 'wrong_state'],
  },
  revokePortalInvitation: {
    method: 'POST',
    path: '/clients/:id/invitations/:invitationId/revoke',
    allow: 'portal-users:manage',
    summary: 'Take an invitation back',
    params: invitation,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
  listUserRequests: {
    method: 'GET',
    path: '/clients/:id/user-requests',
    allow: 'portal-users:manage',
    summary: 'Colleagues whom a client asks for',
    params: byId,
    response: Type.Object({ items: Type.Array(UserRequest) }),
  },
  approveUserRequest: {
    method: 'POST',
    path: '/clients/:id/user-requests/:requestId/approve',
    allow: 'portal-users:manage',
    fresh: true,
    summary: 'Invite the colleague a client asks for, as he was asked for',
    params: request,
    response: UserRequest,
    refuses: ['already_exists', 'wrong_state'],
  },
  refuseUserRequest: {
    method: 'POST',
    path: '/clients/:id/user-requests/:requestId/refuse',
    allow: 'portal-users:manage',
    summary: 'Say why a colleague is not added',
    params: request,
    body: Closed({ answer: Text(1, 500) }),
    response: UserRequest,
    refuses: ['wrong_state'],
  },
  listMyUserRequests: {
    method: 'GET',
    path: '/portal/user-requests',
    allow: 'portal-users:ask',
    summary: 'Colleagues my company asked for, and what a colleague can be given',
    response: Type.Object({
      items: Type.Array(UserRequest),
      stores: Type.Array(Named),
      warehouses: Type.Array(Named),
    }),
  },
  askForUser: {
    method: 'POST',
    path: '/portal/user-requests',
    allow: 'portal-users:ask',
    summary: 'Ask the host to add a colleague, with no more than I have myself',
    body: Closed({
      email: Email,
      name: Type.Optional(Text(0, 120)),
      role: OneOf(clientRoles),
      stores: Ids,
      warehouses: Ids,
    }),
    response: UserRequest,
    status: 201,
    refuses: ['already_exists'],
  },
})
