import type { Handlers } from '#kernel/routes.ts'
import { approveRequest, refuseRequest, withdrawRequest } from './answer.ts'
import { askForChange } from './ask.ts'
import type { requestsContract } from './contract.ts'
import { countRequests, listRequests } from './list.ts'

export const requestsHandlers: Handlers<typeof requestsContract> = {
  listRequests,
  countRequests: ({ tx }) => countRequests(tx),
  askForChange: ({ tx, params, body }) => askForChange(tx, params.id, body),
  approveRequest: ({ tx, params, body }) => approveRequest(tx, params.id, body),
  refuseRequest: ({ tx, params, body }) => refuseRequest(tx, params.id, body),
  withdrawRequest: ({ tx, params }) => withdrawRequest(tx, params.id),
}
