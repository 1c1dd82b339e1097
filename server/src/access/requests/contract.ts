import { byId, Closed, contract, Id, Instant, Nullable, OneOf, Text, Type } from '#kernel/endpoint.ts'
import { type Permission, permissions } from '#kernel/permissions.ts'

const Word = OneOf(Object.keys(permissions) as [Permission, ...Permission[]])
const asked = {
  id: Id,
  permission: Nullable(Type.String()),
  page: Type.String(),
  note: Type.String(),
  state: OneOf(['open', 'granted', 'refused']),
  answer: Type.String(),
  answeredAt: Nullable(Instant),
  createdAt: Instant,
}

/** Asking for access: everybody may; a person decides, and changes rights by hand. */
export const accessRequestsContract = contract({
  requestAccess: {
    method: 'POST',
    path: '/access-requests',
    allow: 'signed-in',
    summary: 'Ask for a permission, or for what was refused; nothing is granted by it',
    body: Closed({
      permission: Type.Optional(Word),
      page: Type.Optional(Text(0, 200)),
      note: Type.Optional(Text(0, 1000)),
    }),
    response: Type.Object(asked),
    status: 201,
    refuses: ['wrong_state', 'not_permitted'],
  },
  listMyAccessRequests: {
    method: 'GET',
    path: '/access-requests/mine',
    allow: 'signed-in',
    summary: 'What I asked for, and the answers',
    response: Type.Object({ items: Type.Array(Type.Object(asked)) }),
  },
  listAccessRequests: {
    method: 'GET',
    path: '/access-requests',
    allow: 'users:manage',
    summary: 'Who asks for access: open ones first',
    response: Type.Object({
      open: Type.Integer(),
      items: Type.Array(
        Type.Object({ ...asked, member: Type.Object({ id: Id, name: Type.String(), role: Type.String() }) }),
      ),
    }),
  },
  answerAccessRequest: {
    method: 'POST',
    path: '/access-requests/:id/answer',
    allow: 'users:manage',
    summary: 'Say whether it was granted, with a sentence; rights are changed apart',
    params: byId,
    body: Closed({ state: OneOf(['granted', 'refused']), answer: Type.Optional(Text(0, 1000)) }),
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
})
