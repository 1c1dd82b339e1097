import { Closed, contract, Id, Type } from '#kernel/endpoint.ts'
import { WantedScope } from '../grants/scope.ts'

const { stores, clients, suppliers, warehouses } = WantedScope.properties

/** Looking as somebody: a member, or a role (of a supplier's people, with the company) that nobody needs to have yet. */
export const viewsContract = contract({
  startView: {
    method: 'POST',
    path: '/views',
    allow: 'users:manage',
    fresh: true,
    keepAnswer: false,
    summary: 'Look as a user or as a role, for half an hour, without changing anything; never as a client',
    body: Closed({
      memberId: Type.Optional(Id),
      role: Type.Optional(Type.String({ maxLength: 60 })),
      partyId: Type.Optional(Id),
      /** Of a role of the house: what such a person would have access to; left out, everything. */
      scope: Type.Optional(Closed({ stores, clients, suppliers, warehouses })),
    }),
    response: Type.Object({}),
    status: 201,
    refuses: ['wrong_state'],
  },
  endView: {
    method: 'DELETE',
    path: '/views/mine',
    allow: 'signed-in',
    asOneself: true,
    summary: 'Be oneself again',
    response: Type.Object({}),
  },
})
