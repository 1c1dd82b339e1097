import type { Handlers } from '#kernel/routes.ts'
import { addStore, removeStore } from './commands/assign-store.ts'
import {
  changePortalUser,
  deactivatePortalUser,
  endPortalSessions,
  invitePortalUser,
  previewPortalUser,
  reactivatePortalUser,
  resendPortalInvitation,
  revokePortalInvitation,
  sendPortalReset,
} from './commands/portal-users.ts'
import {
  approveUserRequest,
  askForUser,
  listMyUserRequests,
  listUserRequests,
  refuseUserRequest,
} from './commands/user-requests.ts'
import { changeClient, createClient } from './commands/write-client.ts'
import type { clientsContract } from './contract.ts'
import { getClient, listClients, listPortalChoices } from './queries/clients.ts'
import { listPortalUsers } from './queries/portal-users.ts'

export const clientsHandlers: Handlers<typeof clientsContract> = {
  listClients: ({ tx, query }) => listClients(tx, query.archived ?? false),
  getClient: ({ tx, params }) => getClient(tx, params.id),
  createClient: async ({ tx, body }) => getClient(tx, await createClient(tx, body)),
  changeClient: ({ tx, params, version, body }) => changeClient(tx, params.id, version, body),
  addClientStore: ({ tx, params, body }) => addStore(tx, params.id, body),
  removeClientStore: ({ tx, params }) => removeStore(tx, params.id, params.storeId),
  listPortalChoices: ({ tx, params }) => listPortalChoices(tx, params.id),
  listPortalUsers: ({ tx, params }) => listPortalUsers(tx, params.id),
  invitePortalUser: ({ tx, params, body }) => invitePortalUser(tx, params.id, body),
  previewPortalUser: ({ tx, params, body }) => previewPortalUser(tx, params.id, body),
  changePortalUser: ({ tx, params, version, body }) => changePortalUser(tx, params, version, body),
  deactivatePortalUser: ({ tx, params }) => deactivatePortalUser(tx, params),
  reactivatePortalUser: ({ tx, params }) => reactivatePortalUser(tx, params),
  endPortalSessions: ({ tx, params }) => endPortalSessions(tx, params),
  sendPortalReset: ({ tx, params }) => sendPortalReset(tx, params),
  resendPortalInvitation: ({ tx, params }) => resendPortalInvitation(tx, params),
  revokePortalInvitation: ({ tx, params }) => revokePortalInvitation(tx, params),
  listUserRequests: ({ tx, params }) => listUserRequests(tx, params.id),
  approveUserRequest: ({ tx, params }) => approveUserRequest(tx, params),
  refuseUserRequest: ({ tx, params, body }) => refuseUserRequest(tx, params, body.answer),
  listMyUserRequests: ({ tx }) => listMyUserRequests(tx),
  askForUser: ({ tx, body }) => askForUser(tx, body),
}
