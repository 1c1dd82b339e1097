import { readCookie } from '#kernel/cookies.ts'
import { sql } from '#kernel/db/sql.ts'
import { Reading, type Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { Problem } from '#kernel/problem.ts'
import { hashToken } from '#kernel/tokens.ts'
import { asIdentity, type Identity } from '../identity.ts'
import type { Visit } from './start-session.ts'

/** A person who does something about himself. */
export interface Person {
  userId: string
  memberId: string
  email: string
  name: string
}

/**
 * The person who asks, through the pages. A key is nobody in that sense; and who looks with another's rights does not touch
 * what is the other's alone.
 * @throws Problem not_permitted, view_only
 */
export async function myself(tx: Tx, deps: Deps): Promise<Person> {
  const who = tx instanceof Reading ? await tx.identify() : tx.who
  if (who.viewerId) throw new Problem('view_only')
  if (who.providerId)
    throw new Problem(
      'not_permitted',
      'You came in through a provider, which speaks for this account alone: for what is yours in all of them, sign in with your own password.',
    )
  if (who.kind !== 'person' || !who.userId)
    throw new Problem('not_permitted', 'Only a person has a password, second factors and sessions; a key has none.')
  const user = await asIdentity(deps.pools.identity, (identity) =>
    identity.first(
      sql<{ email: string; name: string }>`select email, name from identity.users where id = ${who.userId}`,
    ),
  )
  return { userId: who.userId, memberId: who.memberId, ...user! }
}

/**
 * The person who has taken the first step of signing in, by the cookie of that step.
 * @throws Problem not_signed_in where there is none, or its time is over
 */
export async function halfway(identity: Identity, visit: Visit, step: 'prove' | 'enroll'): Promise<Person> {
  const found = await pendingPerson(identity, visit)
  if (found?.pending !== step) throw new Problem('not_signed_in')
  return { userId: found.user_id, memberId: found.member_id, email: found.email, name: found.name }
}

interface Pending {
  user_id: string
  member_id: string
  email: string
  name: string
  pending: 'prove' | 'enroll'
}
export const pendingPerson = (identity: Identity, visit: Pick<Visit, 'deps' | 'request'>) =>
  identity.first(sql<Pending>`
    select * from access.person_behind(${hashToken(readCookie('pending', visit) ?? '')}, 'pending', ${visit.request.portal?.door ?? ''})`)
