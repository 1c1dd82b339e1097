import { audit } from '#kernel/audit.ts'
import { clearCookie, readCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import { asIdentity } from '../identity.ts'
import type { identityContract } from './contract.ts'
import { cancelEmail, changeEmail, confirmEmail } from './email.ts'
import { confirmTotp, getSecurity, removeFactor, renewRecoveryCodes } from './factors.ts'
import { endSessions, listSessions } from './my-sessions.ts'
import { addPasskey, askNewPasskey } from './passkeys.ts'
import { changePassword, forgetPassword, resetPassword } from './password.ts'
import { myself } from './person.ts'
import { askProof, prove, waysToProve } from './prove.ts'
import { record } from './record.ts'
import { firstRecoveryCodes } from './recovery.ts'
import { renamePasskey } from './rename-passkey.ts'
import {
  askSignIn,
  confirmEnrolledPasskey,
  confirmEnrolledTotp,
  enrollPasskey,
  enrollTotp,
  lookAtPending,
  signInByCode,
  signInByPasskey,
} from './second-step.ts'
import { signIn } from './sign-in.ts'
import { setUpTotp } from './totp.ts'

export const identityHandlers: Handlers<typeof identityContract> = {
  signIn,
  async signOut(call) {
    const { tx } = call
    await audit(tx, 'session.ended', { kind: 'member', id: tx.who.memberId })
    await tx.rows(sql`select access.end_my_session(${hashToken(readCookie('session', call) ?? '')})`)
    clearCookie('session', call)
    clearCookie('view', call)
    return {}
  },
  lookAtPending,
  signInByCode,
  askPasskey: askSignIn,
  signInByPasskey,
  enrollTotp,
  confirmEnrolledTotp,
  enrollPasskey,
  confirmEnrolledPasskey,
  forgetPassword,
  resetPassword,
  confirmEmail,
  cancelEmail,
  waysToProve,
  askProof,
  prove,
  getSecurity: ({ tx, deps }) => getSecurity(tx, deps),
  listSessions: ({ tx, deps, request }) => listSessions(tx, deps, request.portal),
  async endSession({ tx, params, deps, request }) {
    await endSessions(tx, deps, request.id, params.id)
    return {}
  },
  endOtherSessions: async ({ tx, deps, request }) => ({ ended: await endSessions(tx, deps, request.id) }),
  changePassword,
  changeEmail,
  async setUpTotp({ tx, deps, request }) {
    const me = await myself(tx, deps)
    return await asIdentity(deps.pools.identity, async (identity) => {
      await record(identity, request.id, { ...me, action: 'factor.begun', changes: { kind: 'app' } })
      return await setUpTotp(identity, me, deps, request.portal)
    })
  },
  async confirmTotp(call) {
    const me = await myself(call.tx, call.deps)
    return { recoveryCodes: await confirmTotp(me, call.body.code, call) }
  },
  removeTotp: ({ tx, deps, request }) => removeFactor(tx, deps, request.id, 'app'),
  renewRecoveryCodes: ({ tx, deps, request }) => renewRecoveryCodes(tx, deps, request.id),
  async askNewPasskey(call) {
    const me = await myself(call.tx, call.deps)
    return await asIdentity(call.deps.pools.identity, (identity) => askNewPasskey(identity, me, call))
  },
  async addPasskey(call) {
    const { tx, body, deps } = call
    const me = await myself(tx, deps)
    return await asIdentity(deps.pools.identity, async (identity) => {
      await addPasskey(identity, me, body.name, body.passkey, call)
      return { recoveryCodes: await firstRecoveryCodes(identity, me.userId, deps) }
    })
  },
  renamePasskey,
  removePasskey: ({ tx, params, deps, request }) => removeFactor(tx, deps, request.id, { passkeyId: params.id }),
  async endFactors({ tx, params }) {
    const member = await tx.first(sql`select 1 from access.members where id = ${params.id} and kind = 'person'`)
    if (!member) throw notFound()
    const ended = await tx.first(sql<{ who: string | null }>`select access.end_factors(${params.id}) as who`)
    if (!ended!.who)
      throw new Problem(
        'wrong_state',
        'He is the user of a client, or works in another account too: only the operator of this server can help him.',
      )
    await audit(tx, 'member.factors-ended', { kind: 'member', id: params.id })
    return {}
  },
}
