import { byId, Closed, contract, Id, Instant, Named, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { audiences, type Permission, permissions } from '#kernel/permissions.ts'
import { parts } from '../waiting.ts'

const words = Object.keys(permissions) as Permission[]
const Words = Type.Array(OneOf(words), { uniqueItems: true, maxItems: words.length })

const Role = Type.Object({
  id: Id,
  slug: Type.String(),
  name: Type.String(),
  description: Type.String(),
  audience: OneOf(audiences),
  /** The program's: its name stays, and it keeps its floor. */
  builtIn: Type.Boolean(),
  /** The slug of the role it was made from; of a built-in one nothing. */
  basedOn: Nullable(Type.String()),
  permissions: Type.Array(Type.String()),
  /** What it always holds. */
  floor: Type.Array(Type.String()),
  /** What it may hold beside its floor, if an administrator says so. */
  switches: Type.Array(Type.String()),
  /** Who has it needs a second factor. */
  secondFactor: Type.Boolean(),
  /** Active people and keys that have it. */
  members: Type.Integer(),
  version: Type.Integer(),
})
const Waiting = Type.Object({ word: Type.String(), for: OneOf(parts), roles: Type.Array(Type.String()) })

const Ownership = Type.Object({
  owner: Nullable(Named),
  /** Whether the caller is the owner, and whether the account is offered to him. */
  mine: Type.Boolean(),
  offeredToMe: Type.Boolean(),
  offer: Nullable(Type.Object({ to: Named, expiresAt: Instant })),
  /** The administrators who could own it: active, unlimited, not the owner himself. */
  candidates: Type.Array(Named),
})

const shape = { name: Text(1, 80), description: Text(0, 500), permissions: Words, secondFactor: Type.Boolean() }

export const rolesContract = contract({
  listRoles: {
    method: 'GET',
    path: '/roles',
    allow: 'users:read',
    summary: 'Roles, what each holds and may hold, and the permissions that wait for their part of the product',
    response: Type.Object({ items: Type.Array(Role), waiting: Type.Array(Waiting) }),
  },
  createRole: {
    method: 'POST',
    path: '/roles',
    allow: 'roles:manage',
    summary: 'Make a role from another one; it is for the same kind of people and holds nothing that its maker lacks',
    fresh: true,
    body: Closed({
      basedOn: Type.String({ maxLength: 100 }),
      name: shape.name,
      description: Type.Optional(shape.description),
      permissions: Type.Optional(shape.permissions),
      secondFactor: Type.Optional(shape.secondFactor),
    }),
    response: Role,
    status: 201,
    refuses: ['already_exists'],
  },
  changeRole: {
    method: 'PATCH',
    path: '/roles/:id',
    allow: 'roles:manage',
    summary: 'Change a role, of a built-in one its switches and the second factor; it counts from the next request',
    fresh: true,
    params: byId,
    ifMatch: true,
    body: Type.Partial(Closed(shape), { additionalProperties: false }),
    response: Role,
    refuses: ['already_exists', 'wrong_state'],
  },
  previewRole: {
    method: 'POST',
    path: '/roles/:id/preview',
    allow: 'roles:manage',
    summary: 'Who would be concerned by a change, and what they would gain and lose',
    keepAnswer: false,
    params: byId,
    body: Closed({ permissions: Words }),
    response: Type.Object({
      added: Type.Array(Type.String()),
      removed: Type.Array(Type.String()),
      members: Type.Integer(),
      invitations: Type.Integer(),
      /** The first of the members, by name. */
      names: Type.Array(Type.String()),
    }),
  },
  archiveRole: {
    method: 'POST',
    path: '/roles/:id/archive',
    allow: 'roles:manage',
    summary: 'Put a role away that nobody has',
    fresh: true,
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
  getOwnership: {
    method: 'GET',
    path: '/ownership',
    allow: 'users:read',
    summary: 'Who owns the account, and to whom it is offered',
    response: Ownership,
  },
  offerOwnership: {
    method: 'POST',
    path: '/ownership/offer',
    allow: 'users:manage',
    summary: 'Offer the account to another administrator, for seven days',
    fresh: true,
    body: Closed({ memberId: Id }),
    response: Type.Object({}),
    refuses: ['owner_protected'],
  },
  acceptOwnership: {
    method: 'POST',
    path: '/ownership/accept',
    allow: 'users:manage',
    summary: 'Become the owner of the account that was offered',
    fresh: true,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
  withdrawOwnership: {
    method: 'POST',
    path: '/ownership/withdraw',
    allow: 'users:manage',
    summary: 'Take the offer of the account back, or decline it',
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
})
