import { Closed, contract, Id, Locale, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { Invitation } from '../contract.ts'
import { WantedScope } from './scope.ts'

const Changed = Type.Object({ gained: Type.Array(Type.String()), lost: Type.Array(Type.String()) })
const Choice = Type.Object({ id: Id, name: Type.String() })

/** What a grant would change. */
export const GrantPreview = Type.Object({
  /** What is counted: a supplier has fulfillment orders. */
  of: OneOf(['orders', 'fulfillment_orders']),
  orders: Type.Object({
    before: Type.Integer(),
    after: Type.Integer(),
    gained: Type.Integer(),
    lost: Type.Integer(),
  }),
  permissions: Changed,
  /** Groups of fields that come and go with the permissions. */
  fields: Changed,
})

/** What is said of a line of a pasted list. */
export const verdicts = ['ok', 'no_address', 'bad_address', 'twice', 'user', 'invited'] as const
const Row = Type.Object({ name: Type.String(), email: Type.String(), line: Type.String(), verdict: OneOf(verdicts) })
const Pasted = Text(1, 20_000)
const BatchName = Text(1, 80)

export const grantsContract = contract({
  listScopeChoices: {
    method: 'GET',
    path: '/scope-choices',
    allow: 'users:read',
    summary: 'To what a scope can be narrowed',
    response: Type.Object({
      stores: Type.Array(Type.Object({ id: Id, name: Type.String(), clientId: Nullable(Id) })),
      clients: Type.Array(Choice),
      suppliers: Type.Array(Choice),
      warehouses: Type.Array(Choice),
    }),
  },
  previewGrant: {
    method: 'POST',
    path: '/members/preview-grant',
    allow: 'users:manage',
    summary: 'What a member, or somebody yet to be invited, would gain and lose by a role and a scope; changes nothing',
    keepAnswer: false,
    body: Closed({
      memberId: Type.Optional(Id),
      role: Type.String({ maxLength: 60 }),
      partyId: Type.Optional(Id),
      scope: Type.Optional(WantedScope),
    }),
    response: GrantPreview,
    refuses: ['not_found', 'last_administrator', 'owner_protected', 'role_archived'],
  },
  readPastedPeople: {
    method: 'POST',
    path: '/invitations/batch/preview',
    allow: 'users:manage',
    summary: 'What a pasted list of people says, line by line; invites nobody',
    keepAnswer: false,
    body: Closed({ list: Pasted }),
    response: Type.Object({ rows: Type.Array(Row) }),
  },
  inviteBatch: {
    method: 'POST',
    path: '/invitations/batch',
    allow: 'users:manage',
    fresh: true,
    summary:
      'Invite all people of a pasted list for a time, under the name of a batch; the lines that are not fit are left out',
    body: Closed({
      list: Pasted,
      batch: BatchName,
      role: Type.Optional(Type.String({ maxLength: 60 })),
      scope: WantedScope,
      locale: Type.Optional(Locale),
    }),
    response: Type.Object({ rows: Type.Array(Row), invitations: Type.Array(Invitation) }),
    status: 201,
    refuses: ['role_archived', 'too_many_tries'],
  },
  deactivateBatch: {
    method: 'POST',
    path: '/members/batches/:name/deactivate',
    allow: 'users:manage',
    summary: 'Deactivate a whole batch: its sessions end, its open invitations are revoked',
    params: Closed({ name: BatchName }),
    response: Type.Object({ members: Type.Integer(), invitations: Type.Integer() }),
    refuses: ['not_found', 'last_administrator', 'owner_protected'],
  },
})
