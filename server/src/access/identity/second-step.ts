import { Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { asIdentity } from '../identity.ts'
import { admit, factorsOf, lastSeenFirst, placesOf } from './admit.ts'
import type { identityContract } from './contract.ts'
import { confirmTotp, expectCode } from './factors.ts'
import { addPasskey, askNewPasskey, askPasskey, ownerOf } from './passkeys.ts'
import { halfway, type Person, pendingPerson } from './person.ts'
import { record } from './record.ts'
import { firstRecoveryCodes } from './recovery.ts'
import type { Visit } from './start-session.ts'
import { askCounters, countTry } from './throttle.ts'
import { setUpTotp } from './totp.ts'

type Contract = typeof identityContract

/** What is still to do after the password; nothing where nobody is halfway in. */
export async function lookAtPending(call: Call<Contract['lookAtPending']>) {
  return await asIdentity(call.deps.pools.identity, async (identity) => {
    const found = await pendingPerson(identity, call)
    if (!found) return { pending: null, email: '', ways: [] }
    const { code, passkey } = await factorsOf(identity, found.user_id)
    const ways = [...(code ? (['code'] as const) : []), ...(passkey ? (['passkey'] as const) : [])]
    return { pending: found.pending, email: found.email, ways }
  })
}

const person = (visit: Visit, step: 'prove' | 'enroll') =>
  asIdentity(visit.deps.pools.identity, (identity) => halfway(identity, visit, step))
const enter = (me: Person, visit: Visit) =>
  asIdentity(visit.deps.pools.identity, (identity) => admit(identity, { ...me, shown: 'both' }, visit))

/** @throws Problem not_signed_in, invalid_request, too_many_tries */
export async function signInByCode(call: Call<Contract['signInByCode']>) {
  const me = await person(call, 'prove')
  await expectCode(me, call.body.code, call)
  return await enter(me, call)
}

/** For who is halfway in: his own passkeys; else whichever the browser has for this site. */
export async function askSignIn(call: Call<Contract['askPasskey']>) {
  const { deps, request } = call
  return await asIdentity(deps.pools.identity, async (identity) => {
    await countTry(identity, askCounters(request))
    const found = await pendingPerson(identity, call)
    return await askPasskey(identity, 'sign-in', found?.pending === 'prove' ? found.user_id : null, call)
  })
}

/**
 * A passkey is something one has and something one knows or is: both at once. Who has several places comes into the one he
 * was at last, or the one he was halfway into.
 * @throws Problem passkey_refused, too_many_tries
 */
export async function signInByPasskey(call: Call<Contract['signInByPasskey']>) {
  const { deps, request, body } = call
  // The challenge is spent whatever comes of it.
  const refused = { problem: undefined as unknown }
  const answer = await asIdentity(deps.pools.identity, async (identity) => {
    const found = await pendingPerson(identity, call)
    const halfwayId = found?.pending === 'prove' ? found.user_id : null
    try {
      const userId = await ownerOf(identity, body, 'sign-in', halfwayId, call)
      const last = (await placesOf(identity, userId, request.portal)).sort(lastSeenFirst)[0]
      return await admit(identity, { userId, memberId: found?.member_id ?? last?.member_id, shown: 'both' }, call)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      refused.problem = problem
      if (found)
        await record(identity, request.id, { userId: found.user_id, action: 'session.started', outcome: problem.code })
      return undefined
    }
  })
  if (!answer) throw refused.problem
  return answer
}

export async function enrollTotp(call: Call<Contract['enrollTotp']>) {
  const me = await person(call, 'enroll')
  return await asIdentity(call.deps.pools.identity, (identity) =>
    setUpTotp(identity, me, call.deps, call.request.portal),
  )
}

export async function confirmEnrolledTotp(call: Call<Contract['confirmEnrolledTotp']>) {
  const me = await person(call, 'enroll')
  const recoveryCodes = await confirmTotp(me, call.body.code, call)
  return { signedIn: await enter(me, call), recoveryCodes }
}

export async function enrollPasskey(call: Call<Contract['enrollPasskey']>) {
  const me = await person(call, 'enroll')
  return await asIdentity(call.deps.pools.identity, (identity) => askNewPasskey(identity, me, call))
}

export async function confirmEnrolledPasskey(call: Call<Contract['confirmEnrolledPasskey']>) {
  const { body, deps } = call
  const me = await person(call, 'enroll')
  return await asIdentity(deps.pools.identity, async (identity) => {
    await addPasskey(identity, me, body.name, body.passkey, call)
    const recoveryCodes = await firstRecoveryCodes(identity, me.userId, deps)
    return { signedIn: await admit(identity, { ...me, shown: 'both' }, call), recoveryCodes }
  })
}
