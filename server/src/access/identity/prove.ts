import { invalid, Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { asIdentity } from '../identity.ts'
import { factorsOf } from './admit.ts'
import type { identityContract } from './contract.ts'
import { guess } from './factor-guess.ts'
import { expectCode } from './factors.ts'
import { askPasskey, ownerOf } from './passkeys.ts'
import { hasPassword, isMyPassword } from './password.ts'
import { myself, type Person } from './person.ts'
import { record } from './record.ts'
import { renewSession, type Visit } from './start-session.ts'

type Way = 'password' | 'code' | 'passkey'

/** Who has a second factor shows that; the password alone is for who has none. */
async function waysOf(me: Person, { deps }: Pick<Visit, 'deps'>): Promise<Way[]> {
  const { code, passkey } = await asIdentity(deps.pools.identity, (identity) => factorsOf(identity, me.userId))
  const factors: Way[] = [...(passkey ? (['passkey'] as const) : []), ...(code ? (['code'] as const) : [])]
  return factors.length > 0 ? factors : (await hasPassword(deps, me.userId)) ? ['password'] : []
}

export async function waysToProve({ tx, deps }: Call<(typeof identityContract)['waysToProve']>) {
  return { ways: await waysOf(await myself(tx, deps), { deps }) }
}

export async function askProof(call: Call<(typeof identityContract)['askProof']>) {
  const me = await myself(call.tx, call.deps)
  return await asIdentity(call.deps.pools.identity, (identity) => askPasskey(identity, 'prove', me.userId, call))
}

/**
 * Renews the proof of this session, which goes on under a new secret.
 * @throws Problem invalid_request, passkey_refused, too_many_tries
 */
export async function prove(call: Call<(typeof identityContract)['prove']>) {
  const { tx, body, deps, request } = call
  const me = await myself(tx, deps)
  const ways = await waysOf(me, call)
  const given = (['passkey', 'code', 'password'] as const).find((way) => body[way] !== undefined)
  if (!given || !ways.includes(given))
    throw invalid(given ?? 'password', `is not a way you can prove it by: ${ways.join(' or ')}`)
  if (given === 'code') await expectCode(me, body.code!, call)
  else if (given === 'passkey') await expectPasskey(me, body.passkey!, call)
  else if (!(await isMyPassword(me, body.password!, call))) {
    await failed(me, call, 'wrong_credentials')
    throw invalid('password', 'is not your password')
  }
  await asIdentity(deps.pools.identity, async (identity) => {
    await renewSession(identity, tx.who.sessionId, tx.who.audience, call)
    await record(identity, request.id, { ...me, action: 'session.proved', changes: { by: given } })
  })
  return {}
}

async function expectPasskey(
  me: Person,
  answer: NonNullable<Call<(typeof identityContract)['prove']>['body']['passkey']>,
  visit: Visit,
) {
  const owner = await guess(visit.deps, visit.request, me, (identity) =>
    ownerOf(identity, answer, 'prove', me.userId, visit).catch((problem) => {
      if (problem instanceof Problem) return undefined
      throw problem
    }),
  )
  if (owner) return
  await failed(me, visit, 'passkey_refused')
  throw new Problem('passkey_refused')
}

const failed = (me: Person, { deps, request }: Visit, outcome: string) =>
  asIdentity(deps.pools.identity, (identity) =>
    record(identity, request.id, { ...me, action: 'session.proved', outcome }),
  )
