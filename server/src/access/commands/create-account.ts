import { uuidv7 } from 'uuidv7'
import { sql } from '#kernel/db/sql.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import type { accessContract } from '../contract.ts'
import { admit } from '../identity/admit.ts'
import { addUser, hashOfNew, hasPassword, userByEmail, wrongPassword } from '../identity/users.ts'
import { asIdentity, type Identity } from '../identity.ts'

export interface NewAccount {
  accountName: string
  name: string
  email: string
  password: string
  currency: string
  timezone: string
  locale?: 'en' | 'fr' | undefined
  isDemo?: boolean
}

/** Creates an account for whoever holds the one-time link of the console, and signs him in as its administrator. */
export async function createAccount(call: Call<(typeof accessContract)['createAccount']>) {
  const { body, deps, request } = call
  // Accounts are made at the desk.
  if (request.portal) throw new Problem('link_spent')
  return await asIdentity(deps.pools.identity, async (identity) => {
    const token = await identity.first(sql`
      update identity.one_time_tokens set used_at = app.now()
       where token_hash = ${hashToken(body.token)} and purpose = 'create-account' and used_at is null and expires_at > app.now()
      returning token_hash`)
    if (!token) throw new Problem('link_spent')
    const place = await addAccount(identity, body)
    return await admit(identity, { userId: place.userId, memberId: place.memberId, shown: 'one' }, call)
  })
}

/**
 * Adds an account with its first administrator, who is made a user where his address is new. Who has a password already
 * gives that one.
 * @throws Problem invalid_request with the field
 */
export async function addAccount(
  identity: Identity,
  account: NewAccount,
): Promise<{ accountId: string; memberId: string; userId: string }> {
  if (!isTimezone(account.timezone))
    throw invalid('timezone', 'is not a time zone of the IANA list, such as Europe/Paris')
  const known = await userByEmail(identity, account.email)
  if (known && !(await hasPassword(known, account.password))) throw wrongPassword()
  const userId = known?.id ?? (await addUser(identity, { ...account, hash: await hashOfNew(account) }))
  const place = { accountId: uuidv7(), memberId: uuidv7(), userId }
  await identity.rows(sql`
    select access.create_account(${place.accountId}, ${account.accountName.trim()}, ${account.currency}, ${account.timezone},
                                 ${account.isDemo ?? false}, ${userId}, ${place.memberId})`)
  return place
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
