import { byId, Closed, contract, Day, Id, Instant, Named, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { audiences } from '#kernel/permissions.ts'
import { NamedScope, WantedScope } from '../grants/scope.ts'

/** Networks in CIDR notation, or single addresses; null is anywhere. */
const Networks = Nullable(Type.Array(Type.String({ maxLength: 49 }), { minItems: 1, maxItems: 50 }))

const Key = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  role: Type.Object({ slug: Type.String(), name: Type.String() }),
  audience: OneOf(audiences),
  party: Nullable(Named),
  scope: NamedScope,
  /** Within whose rights it stays; null: it was made on the command line. */
  madeBy: Nullable(Type.String()),
  /** `orphaned`: who made it is gone; it sleeps until somebody else renews it. */
  state: OneOf(['active', 'orphaned', 'expired', 'revoked']),
  networks: Networks,
  createdAt: Instant,
  expiresAt: Nullable(Instant),
  lastUsedAt: Nullable(Instant),
  /** Its secrets, newest first: two while one takes over from the other. */
  secrets: Type.Array(
    Type.Object({
      createdAt: Instant,
      expiresAt: Nullable(Instant),
      lastUsedAt: Nullable(Instant),
      lastUsedFrom: Nullable(Type.String()),
    }),
  ),
})
/** The only answer that ever carries the secret. */
const NewSecret = Type.Object({ id: Id, token: Type.String(), expiresAt: Instant })

export const keysContract = contract({
  listKeys: {
    method: 'GET',
    path: '/keys',
    allow: 'keys:manage',
    summary: 'API keys: who made them, what they reach, when they were used',
    response: Type.Object({ items: Type.Array(Key) }),
  },
  createKey: {
    method: 'POST',
    path: '/keys',
    allow: 'keys:manage',
    fresh: true,
    keepAnswer: false,
    summary:
      'Make an API key; its secret is in this answer and nowhere else. It is good for a year unless said otherwise',
    body: Closed({
      name: Text(1, 120),
      role: Type.String({ maxLength: 60 }),
      partyId: Type.Optional(Id),
      /** As that of a person; `until` is the last day it is good. */
      scope: Type.Optional(WantedScope),
      networks: Type.Optional(Networks),
    }),
    response: NewSecret,
    status: 201,
  },
  changeKey: {
    method: 'PATCH',
    path: '/keys/:id',
    allow: 'keys:manage',
    fresh: true,
    summary: 'Rename a key or say from which networks it may come',
    params: byId,
    ifMatch: true,
    body: Closed({ name: Type.Optional(Text(1, 120)), networks: Type.Optional(Networks) }),
    response: Type.Object({ version: Type.Integer() }),
  },
  rotateKey: {
    method: 'POST',
    path: '/keys/:id/rotate',
    allow: 'keys:manage',
    fresh: true,
    keepAnswer: false,
    summary: 'A new secret now; the old one works for some hours more, at most 7 days',
    params: byId,
    body: Closed({
      overlapHours: Type.Integer({ minimum: 0, maximum: 168 }),
      /** The last day it is good; left out, a year from now. */
      until: Type.Optional(Day),
    }),
    response: NewSecret,
    refuses: ['wrong_state'],
  },
  revokeKey: {
    method: 'POST',
    path: '/keys/:id/revoke',
    allow: 'keys:manage',
    summary: 'End a key: its next request is refused',
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
})
