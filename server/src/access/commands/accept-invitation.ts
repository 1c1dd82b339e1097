import { uuidv7 } from 'uuidv7'
import { sql } from '#kernel/db/sql.ts'
import type { Audience } from '#kernel/permissions.ts'
import { Problem } from '#kernel/problem.ts'
import { type Call, refuseForeignOrigin } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import type { accessContract } from '../contract.ts'
import { asIdentity, type Identity } from '../identity.ts'
import { userFor } from './create-account.ts'
import { startSession } from './start-session.ts'

interface InvitationRow {
  account_id: string
  invitation_id: string
  email: string
  name: string
  account_name: string
  party_name: string | null
  role_name: string
  locale: 'en' | 'fr'
  audience: Audience
}

const byToken = (identity: Identity, token: string) =>
  identity.first(sql<InvitationRow>`select * from access.invitation_by_token(${hashToken(token)})`)

/** @throws Problem link_spent for a link that is unknown, used, replaced, revoked or expired: which of them, it does not say */
export async function lookAtInvitation({ body, deps }: Call<(typeof accessContract)['lookAtInvitation']>) {
  return await asIdentity(deps.pools.identity, async (identity) => {
    const found = await byToken(identity, body.token)
    if (!found) throw new Problem('link_spent')
    const known = await identity.first(sql`select 1 from identity.users where email_key = ${found.email.toLowerCase()}`)
    return {
      email: found.email,
      name: found.name,
      accountName: found.account_name,
      partyName: found.party_name,
      roleName: found.role_name,
      locale: found.locale,
      knownUser: known !== undefined,
    }
  })
}

/**
 * The invited person sets his password (or gives the one he has) and is signed in. The link is consumed in the same
 * transaction: of fifty at once, one gets in.
 */
export async function acceptInvitation({
  body,
  deps,
  request,
  reply,
}: Call<(typeof accessContract)['acceptInvitation']>) {
  refuseForeignOrigin(request)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const found = await byToken(identity, body.token)
    if (!found) throw new Problem('link_spent')
    const userId = await userFor(identity, {
      email: found.email,
      name: body.name,
      password: body.password,
      locale: found.locale,
    })
    const memberId = uuidv7()
    const accepted = await identity.first(sql<{ ok: boolean }>`
      select access.accept_invitation(${hashToken(body.token)}, ${userId}, ${memberId}) as ok`)
    if (!accepted?.ok) throw new Problem('link_spent')
    await startSession(identity, { accountId: found.account_id, memberId, audience: found.audience }, deps, reply)
    return { audience: found.audience, choices: [] }
  })
}
