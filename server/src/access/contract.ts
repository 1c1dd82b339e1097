import { byId, Closed, contract, Id, Instant, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { audiences } from '#kernel/permissions.ts'
import { NamedScope, WantedScope } from './grants/scope.ts'
import { Email, LinkToken, Locale, Password, RoleName, SignedIn } from './shapes.ts'

const Me = Type.Object({
  user: Type.Object({
    id: Nullable(Id),
    name: Type.String(),
    email: Nullable(Type.String()),
    locale: Locale,
    preferences: Type.Record(Type.String(), Type.Unknown()),
  }),
  account: Type.Object({ id: Id, name: Type.String(), currency: Type.String(), timezone: Type.String() }),
  audience: OneOf(audiences),
  party: Nullable(Type.Object({ id: Id, name: Type.String() })),
  role: RoleName,
  /** What the page builds its navigation, columns and buttons from. */
  permissions: Type.Array(Type.String()),
  /** While somebody of the house looks with these rights: who, as whom. */
  viewing: Nullable(Type.Object({ viewer: Type.String(), as: OneOf(['member', 'role']), name: Type.String() })),
})

const Member = Type.Object({
  id: Id,
  version: Type.Integer(),
  kind: OneOf(['person', 'key']),
  name: Type.String(),
  email: Nullable(Type.String()),
  role: RoleName,
  party: Nullable(Type.Object({ id: Id, name: Type.String() })),
  audience: OneOf(audiences),
  /** not_yet, ended: before the first, after the last day of his access. */
  state: OneOf(['active', 'not_yet', 'outside_hours', 'ended', 'deactivated']),
  /** Owns the account. */
  owner: Type.Boolean(),
  secondFactor: Type.Boolean(),
  /** To the minute or so. */
  lastSeenAt: Nullable(Instant),
  scope: NamedScope,
  /** With whom he was taken on for a time. */
  batch: Nullable(Type.String()),
  createdAt: Instant,
})
export const Invitation = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: RoleName,
  party: Nullable(Type.Object({ id: Id, name: Type.String() })),
  state: OneOf(['invited', 'accepted', 'expired', 'revoked']),
  scope: NamedScope,
  batch: Nullable(Type.String()),
  expiresAt: Instant,
  createdAt: Instant,
})

export const accessContract = contract({
  getMe: { method: 'GET', path: '/me', allow: 'signed-in', summary: 'Who am I and what may I do', response: Me },
  keepPreferences: {
    method: 'PATCH',
    path: '/me',
    allow: 'signed-in',
    summary: 'Keep my language, density and theme',
    body: Closed({
      locale: Type.Optional(Locale),
      density: Type.Optional(OneOf(['compact', 'comfortable'])),
      theme: Type.Optional(OneOf(['light', 'dark', 'auto'])),
    }),
    response: Type.Object({}),
  },
  createAccount: {
    method: 'POST',
    path: '/accounts',
    allow: 'public',
    summary: 'Create an account with the one-time link of the console',
    body: Closed({
      token: LinkToken,
      accountName: Text(1, 120),
      name: Text(1, 120),
      email: Email,
      password: Password,
      currency: Type.String({ pattern: '^[A-Z]{3}$' }),
      timezone: Type.String({ maxLength: 60 }),
      locale: Type.Optional(Locale),
    }),
    response: SignedIn,
    status: 201,
    refuses: ['link_spent', 'too_many_tries', 'wrong_credentials'],
  },
  lookAtInvitation: {
    method: 'POST',
    path: '/invitations/look',
    allow: 'public',
    summary: 'What an invitation says to the one who holds its link',
    body: Closed({ token: LinkToken }),
    response: Type.Object({
      email: Type.String(),
      name: Type.String(),
      accountName: Type.String(),
      partyName: Nullable(Type.String()),
      role: RoleName,
      locale: Locale,
      /** He has a password already and gives that one. */
      knownUser: Type.Boolean(),
      /** Who is signed in in this browser: if it is somebody else, he signs out first. */
      signedInAs: Nullable(Type.String()),
    }),
    refuses: ['link_spent', 'too_many_tries'],
  },
  acceptInvitation: {
    method: 'POST',
    path: '/invitations/accept',
    allow: 'public',
    summary: 'Accept an invitation and set a password',
    body: Closed({ token: LinkToken, name: Text(1, 120), password: Password }),
    response: SignedIn,
    refuses: ['provider_required', 'link_spent', 'too_many_tries', 'signed_in_as_another', 'wrong_credentials'],
  },
  listMembers: {
    method: 'GET',
    path: '/members',
    allow: 'users:read',
    summary: 'Users and keys of the account',
    response: Type.Object({ items: Type.Array(Member) }),
  },
  changeMember: {
    method: 'PATCH',
    path: '/members/:id',
    allow: 'users:manage',
    summary: 'Give a user another grant: a role of the same kind, a scope; it counts from his next request',
    params: byId,
    ifMatch: true,
    fresh: true,
    body: Closed({ role: Type.String({ maxLength: 60 }), scope: Type.Optional(WantedScope) }),
    response: Type.Object({ version: Type.Integer() }),
    refuses: ['last_administrator', 'owner_protected', 'role_archived'],
  },
  deactivateMember: {
    method: 'POST',
    path: '/members/:id/deactivate',
    allow: 'users:manage',
    summary: 'Deactivate: the next request is refused',
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state', 'last_administrator', 'owner_protected'],
  },
  reactivateMember: {
    method: 'POST',
    path: '/members/:id/reactivate',
    allow: 'users:manage',
    summary: 'Let a deactivated user in again',
    params: byId,
    response: Type.Object({}),
    refuses: ['role_archived'],
  },
  endSessions: {
    method: 'POST',
    path: '/members/:id/end-sessions',
    allow: 'users:manage',
    summary: 'Sign a user out everywhere; he may sign in again',
    params: byId,
    response: Type.Object({ ended: Type.Integer() }),
  },
  listInvitations: {
    method: 'GET',
    path: '/invitations',
    allow: 'users:read',
    summary: 'Invitations and their state',
    response: Type.Object({ items: Type.Array(Invitation) }),
  },
  inviteMember: {
    method: 'POST',
    path: '/invitations',
    allow: 'users:manage',
    fresh: true,
    summary: 'Invite a person by mail; a supplier or client role names its company',
    body: Closed({
      email: Email,
      name: Type.Optional(Text(0, 120)),
      role: Type.String({ maxLength: 60 }),
      partyId: Type.Optional(Id),
      scope: Type.Optional(WantedScope),
      locale: Type.Optional(Locale),
    }),
    response: Invitation,
    status: 201,
    refuses: ['already_exists'],
  },
  resendInvitation: {
    method: 'POST',
    path: '/invitations/:id/resend',
    allow: 'users:manage',
    summary: 'Send it again; the earlier link dies',
    params: byId,
    response: Type.Object({}),
    refuses: ['too_many_tries', 'wrong_state'],
  },
  revokeInvitation: {
    method: 'POST',
    path: '/invitations/:id/revoke',
    allow: 'users:manage',
    summary: 'Take an invitation back',
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
})
