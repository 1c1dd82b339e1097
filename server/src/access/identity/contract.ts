import { byId, contract, Type } from '#kernel/endpoint.ts'
import { ownAccountContract } from './own-account-contract.ts'
import { signInContract } from './sign-in-contract.ts'

/** How people sign in and prove who they are; and the end of somebody's factors, by who manages users. */
export const identityContract = contract({
  ...signInContract,
  ...ownAccountContract,
  endFactors: {
    method: 'POST',
    path: '/members/:id/end-factors',
    allow: 'users:manage',
    fresh: true,
    summary: 'Take the second factors of a user who has lost his; he is told by mail, and his sessions end',
    params: byId,
    response: Type.Object({}),
    refuses: ['wrong_state'],
  },
})
