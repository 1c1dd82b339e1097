import type { Handlers } from '#kernel/routes.ts'
import type { rolesContract } from './contract.ts'
import { listRoles } from './list-roles.ts'
import { acceptOwnership, getOwnership, offerOwnership, withdrawOwnership } from './ownership.ts'
import { previewRole } from './preview-role.ts'
import { archiveRole, changeRole, createRole } from './write-role.ts'

export const rolesHandlers: Handlers<typeof rolesContract> = {
  listRoles: ({ tx }) => listRoles(tx),
  createRole: ({ tx, body }) => createRole(tx, body),
  changeRole: ({ tx, params, version, body }) => changeRole(tx, params.id, version, body),
  previewRole: ({ tx, params, body }) => previewRole(tx, params.id, body.permissions),
  archiveRole: ({ tx, params }) => archiveRole(tx, params.id),
  getOwnership: ({ tx }) => getOwnership(tx),
  offerOwnership: ({ tx, body }) => offerOwnership(tx, body.memberId),
  acceptOwnership: ({ tx }) => acceptOwnership(tx),
  withdrawOwnership: ({ tx }) => withdrawOwnership(tx),
}
