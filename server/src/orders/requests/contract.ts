import {
  byId,
  Closed,
  contract,
  Day,
  Id,
  Instant,
  Nullable,
  OneOf,
  Page,
  pageQuery,
  Text,
  Type,
} from '#kernel/endpoint.ts'
import { EditBody } from '../edit-body.ts'
import { requestKinds, requestStates } from './lifecycle.ts'

const Scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])
const Request = Type.Object({
  id: Id,
  orderId: Id,
  orderNumber: Type.String(),
  kind: OneOf(requestKinds),
  /** Something the asker may never do himself, at whatever stage. */
  proposal: Type.Boolean(),
  state: OneOf(requestStates),
  reason: Type.String(),
  askedBy: Type.String(),
  /** Which side asks. */
  origin: OneOf(['host', 'client']),
  /** The client whose order it is, where he asks and the reader knows him. */
  clientName: Nullable(Type.String()),
  askedAt: Instant,
  mine: Type.Boolean(),
  answer: Type.String(),
  answeredBy: Nullable(Type.String()),
  answeredAt: Nullable(Instant),
  /** What is wanted, field by field. What the reader may not see is absent, but for what he asked for himself. */
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      old: Type.Optional(Scalar),
      wanted: Type.Optional(Scalar),
      /** Of a line: its place and what it is. */
      line: Type.Optional(Type.Object({ position: Type.Integer(), sku: Type.String(), name: Type.String() })),
    }),
  ),
  version: Type.Integer(),
  can: Type.Object({ answer: Type.Boolean(), withdraw: Type.Boolean() }),
})
const Answered = Type.Object({ state: OneOf(requestStates) })

export const requestsContract = contract({
  listRequests: {
    method: 'GET',
    path: '/orders/requests',
    allow: 'orders:propose',
    summary: 'Change requests and proposals, newest first; open ones unless asked otherwise',
    query: Closed({
      ...pageQuery,
      state: Type.Optional(OneOf([...requestStates, 'all'])),
      mine: Type.Optional(Type.Boolean()),
      orderId: Type.Optional(Id),
    }),
    response: Page(Request),
  },
  countRequests: {
    method: 'GET',
    path: '/orders/requests/counts',
    allow: 'orders:propose',
    summary: 'How many requests are open, and how many of them are one’s own',
    response: Type.Object({ open: Type.Integer(), mine: Type.Integer() }),
  },
  askForChange: {
    method: 'POST',
    path: '/orders/:id/requests',
    allow: 'orders:propose',
    summary: 'Ask for an edit, a hold, a cancellation or a return that one may not do oneself',
    params: byId,
    body: Closed({
      reason: Text(1, 500),
      edit: Type.Optional(EditBody),
      hold: Type.Optional(Closed({ until: Type.Optional(Day) })),
      cancel: Type.Optional(Closed({})),
      /** What left, to come back. */
      takeBack: Type.Optional(Closed({})),
    }),
    response: Type.Object({ id: Id, proposal: Type.Boolean() }),
    status: 201,
    refuses: ['wrong_state', 'already_exists'],
  },
  approveRequest: {
    method: 'POST',
    path: '/orders/requests/:id/approve',
    allow: 'orders:approve',
    summary: 'Approve: the change is made at once, in the name of who approves',
    params: byId,
    body: Closed({
      /** Also where a field was changed since it was asked for. */
      evenIfChanged: Type.Optional(Type.Boolean()),
    }),
    response: Answered,
    refuses: ['wrong_state', 'changed_meanwhile'],
  },
  refuseRequest: {
    method: 'POST',
    path: '/orders/requests/:id/refuse',
    allow: 'orders:approve',
    summary: 'Refuse, with a sentence for the one who asked',
    params: byId,
    body: Closed({ answer: Text(1, 500) }),
    response: Answered,
    refuses: ['wrong_state'],
  },
  withdrawRequest: {
    method: 'POST',
    path: '/orders/requests/:id/withdraw',
    allow: 'orders:propose',
    summary: 'Withdraw what one asked for oneself',
    params: byId,
    response: Answered,
    refuses: ['wrong_state'],
  },
})
