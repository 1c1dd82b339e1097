import { sql } from '#kernel/db/sql.ts'
import { Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { asIdentity } from '../identity.ts'
import { admit } from './admit.ts'
import type { identityContract } from './contract.ts'
import { knownDevice } from './devices.ts'
import { inLine } from './line.ts'
import { verifyPassword } from './passwords.ts'
import { record } from './record.ts'
import { countTry, forgiveTry, passwordCounters } from './throttle.ts'

/**
 * Signs a person in by his password (admit.ts). Unknown address and wrong password cost and say the same.
 * @throws Problem wrong_credentials, too_many_tries
 */
export const signIn = (call: SignIn) => inLine(call, () => check(call))

type SignIn = Call<(typeof identityContract)['signIn']>
async function check(call: SignIn) {
  const { body, deps, request } = call
  const { counters, tries, user } = await asIdentity(deps.pools.identity, async (identity) => {
    const counters = passwordCounters(request, body.email, await knownDevice(identity, call, body.email))
    return {
      counters,
      tries: await countTry(identity, counters),
      user: await identity.first(sql<{ id: string; password_hash: string | null }>`
        select id, password_hash from identity.users where email_key = ${body.email.trim().toLowerCase()}`),
    }
  })
  if (!(await verifyPassword(user?.password_hash, body.password))) {
    // Asked for an unknown address too, whose answer must take as long.
    await asIdentity(deps.pools.identity, (identity) =>
      record(identity, request.id, {
        userId: user?.id ?? null,
        action: 'session.started',
        outcome: 'wrong_credentials',
      }),
    )
    throw new Problem('wrong_credentials')
  }
  return await asIdentity(deps.pools.identity, async (identity) => {
    const answer = await admit(identity, { userId: user!.id, memberId: body.memberId, shown: 'one' }, call)
    await forgiveTry(identity, counters, tries)
    return answer
  })
}
