import { uuidv7 } from 'uuidv7'
import { sql } from '#kernel/db/sql.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import { type Call, refuseForeignOrigin } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import type { accessContract } from '../contract.ts'
import { asIdentity, type Identity } from '../identity.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { startSession } from './start-session.ts'

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
export async function createAccount({ body, deps, request, reply }: Call<(typeof accessContract)['createAccount']>) {
  refuseForeignOrigin(request)
  return await asIdentity(deps.pools.identity, async (identity) => {
    const token = await identity.first(sql`
      update identity.one_time_tokens set used_at = app.now()
       where token_hash = ${hashToken(body.token)} and purpose = 'create-account' and used_at is null and expires_at > app.now()
      returning token_hash`)
    if (!token) throw new Problem('link_spent')
    const place = await addAccount(identity, body)
    await startSession(identity, { ...place, audience: 'staff' }, deps, reply)
    return { audience: 'staff' as const, choices: [] }
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
): Promise<{ accountId: string; memberId: string }> {
  if (!isTimezone(account.timezone))
    throw invalid('timezone', 'is not a time zone of the IANA list, such as Europe/Paris')
  const userId = await userFor(identity, account)
  const place = { accountId: uuidv7(), memberId: uuidv7() }
  await identity.rows(sql`
    select access.create_account(${place.accountId}, ${account.accountName.trim()}, ${account.currency}, ${account.timezone},
                                 ${account.isDemo ?? false}, ${userId}, ${place.memberId})`)
  return place
}

/** The user with this address, made now where he is new; a known one must give his password. */
export async function userFor(
  identity: Identity,
  person: { email: string; name: string; password: string; locale?: 'en' | 'fr' | undefined },
): Promise<string> {
  const email = person.email.trim()
  const known = await identity.first(sql<{ id: string; password_hash: string | null }>`
    select id, password_hash from identity.users where email_key = ${email.toLowerCase()}`)
  if (known) {
    if (!(await verifyPassword(known.password_hash, person.password))) {
      throw invalid('password', 'This address has a password here already: enter that one.')
    }
    return known.id
  }
  const id = uuidv7()
  await identity.rows(sql`
    insert into identity.users (id, email, email_key, name, password_hash, locale)
    values (${id}, ${email}, ${email.toLowerCase()}, ${person.name.trim()}, ${await hashPassword(person.password)}, ${person.locale ?? 'en'})`)
  return id
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
