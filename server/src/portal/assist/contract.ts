import { byId, Closed, contract, Id, Instant, Nullable, Text, Type } from '#kernel/endpoint.ts'

const Assist = Type.Object({
  id: Id,
  grantedBy: Type.String(),
  note: Type.String(),
  grantedAt: Instant,
  until: Instant,
  endedAt: Nullable(Instant),
  /**
   * Who of the host looked, at what; the latest first, a page once in ten minutes. `page` is the name of what was asked of the server, empty
   * where he began to look; `record` the number of the order or transfer or the SKU of the product it was about.
   */
  looks: Type.Array(
    Type.Object({ by: Type.String(), at: Instant, page: Type.String(), record: Nullable(Type.String()) }),
  ),
})
const Assists = Type.Object({ items: Type.Array(Assist) })

export const assistContract = contract({
  listAssists: {
    method: 'GET',
    path: '/assist',
    allow: 'assist:grant',
    summary: 'How the own company let the host look, the latest first, and who looked at what',
    response: Assists,
  },
  grantAssist: {
    method: 'POST',
    path: '/assist',
    allow: 'assist:grant',
    summary:
      'Let the host see what one sees oneself, without changing anything, for some hours; what was allowed before ends',
    body: Closed({ hours: Type.Integer({ minimum: 1, maximum: 72 }), note: Type.Optional(Text(0, 500)) }),
    response: Assists,
    status: 201,
  },
  endAssist: {
    method: 'DELETE',
    path: '/assist',
    allow: 'assist:grant',
    summary: 'Let the host look no longer: its next request is refused',
    response: Assists,
  },
  getClientAssist: {
    method: 'GET',
    path: '/clients/:id/assist',
    allow: 'assist:look',
    summary: 'Whether a client lets the caller look now',
    params: byId,
    response: Type.Object({
      allowed: Nullable(Type.Object({ grantedBy: Type.String(), note: Type.String(), until: Instant })),
    }),
  },
  startAssist: {
    method: 'POST',
    path: '/clients/:id/assist',
    allow: 'assist:look',
    fresh: true,
    keepAnswer: false,
    summary: 'Look as who of a client allows it, for half an hour at most, without changing anything',
    params: byId,
    response: Type.Object({}),
    status: 201,
    refuses: ['wrong_state'],
  },
})
