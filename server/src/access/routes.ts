import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import { acceptInvitation, lookAtInvitation } from './commands/accept-invitation.ts'
import { changeMember } from './commands/change-member.ts'
import { createAccount } from './commands/create-account.ts'
import { deactivateMember, reactivateMember } from './commands/deactivate-member.ts'
import { endSessions } from './commands/end-sessions.ts'
import { inviteMember, resendInvitation, revokeInvitation } from './commands/invite-member.ts'
import type { accessContract } from './contract.ts'
import { getMe } from './queries/get-me.ts'
import { listInvitations } from './queries/list-invitations.ts'
import { listMembers } from './queries/list-members.ts'

export const accessHandlers: Handlers<typeof accessContract> = {
  getMe: ({ tx }) => getMe(tx),
  async keepPreferences({ tx, body: { locale, ...preferences } }) {
    await tx.rows(sql`select access.keep_preferences(${locale ?? null}, ${json(preferences)})`)
    await audit(tx, 'preferences.kept', { kind: 'member', id: tx.who.memberId }, { ...preferences, locale })
    return {}
  },
  createAccount,
  lookAtInvitation,
  acceptInvitation,
  listMembers: ({ tx }) => listMembers(tx),
  changeMember: ({ tx, params, version, body }) => changeMember(tx, params.id, version, body),
  deactivateMember: ({ tx, params }) => deactivateMember(tx, params.id),
  reactivateMember: ({ tx, params }) => reactivateMember(tx, params.id),
  endSessions: ({ tx, params }) => endSessions(tx, params.id),
  listInvitations: ({ tx }) => listInvitations(tx),
  inviteMember: ({ tx, body }) => inviteMember(tx, body),
  resendInvitation: ({ tx, params }) => resendInvitation(tx, params.id),
  revokeInvitation: ({ tx, params }) => revokeInvitation(tx, params.id),
}
