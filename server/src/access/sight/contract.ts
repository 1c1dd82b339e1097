import { byId, contract, Nullable, OneOf, Type } from '#kernel/endpoint.ts'
import { audiences } from '#kernel/permissions.ts'
import { NamedScope } from '../grants/scope.ts'
import { counted, fields } from './what-is-seen.ts'

const rights = {
  role: Type.Object({
    slug: Type.String(),
    name: Type.String(),
    description: Type.String(),
    builtIn: Type.Boolean(),
    basedOn: Type.String(),
  }),
  audience: OneOf(audiences),
  /** From the role itself, or from a switch of it. */
  permissions: Type.Array(Type.Object({ permission: Type.String(), from: OneOf(['role', 'switch']) })),
  scope: NamedScope,
  fields: Type.Array(Type.Object({ field: OneOf(fields), seen: Type.Boolean(), by: Nullable(Type.String()) })),
}

/** What somebody may do and see, and where that comes from. */
export const sightContract = contract({
  getSight: {
    method: 'GET',
    path: '/members/:id/sight',
    allow: 'users:read',
    summary: 'What a user can see: his permissions, fields, scope, and how many rows of each kind',
    params: byId,
    response: Type.Object({
      ...rights,
      /** Counted under his own rights; null: he is not let in now, or one may not look with his rights. */
      counts: Nullable(
        Type.Array(Type.Object({ what: OneOf(counted), count: Type.Integer(), orMore: Type.Boolean() })),
      ),
    }),
  },
  getMyAccess: {
    method: 'GET',
    path: '/me/access',
    allow: 'signed-in',
    summary: 'What I may do and see, and where that comes from',
    response: Type.Object(rights),
  },
})
