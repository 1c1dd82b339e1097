import { uuidv7 } from 'uuidv7'
import { sql } from '#kernel/db/sql.ts'
import { invalid, Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { hashToken } from '#kernel/tokens.ts'
import { asIdentity, type Identity } from '../identity.ts'
import type { identityContract } from './contract.ts'
import { tell } from './mails.ts'
import { consume } from './password.ts'
import { myself } from './person.ts'
import { record } from './record.ts'
import { countTry, linkCounters } from './throttle.ts'

interface Change {
  id: string
  user_id: string
  old_email: string
  new_email: string
  confirmed_at: string | null
}

/**
 * Begins a change of address. Nothing changes before the new one has confirmed it; the old one is told, and can undo it.
 * Whether somebody else is known by the new address, this answer does not say: then nobody gets a link there.
 * @throws Problem invalid_request for one's own address
 */
export async function changeEmail({ tx, body, deps, request }: Call<(typeof identityContract)['changeEmail']>) {
  const me = await myself(tx, deps)
  const email = body.email.trim()
  if (email.toLowerCase() === me.email.toLowerCase()) throw invalid('email', 'is your address already')
  await asIdentity(deps.pools.identity, async (identity) => {
    await identity.rows(sql`
      update identity.email_changes set cancelled_at = app.now()
       where user_id = ${me.userId} and confirmed_at is null and cancelled_at is null`)
    const id = uuidv7()
    await identity.rows(sql`
      insert into identity.email_changes (id, user_id, old_email, new_email) values (${id}, ${me.userId}, ${me.email}, ${email})`)
    await tell(identity, me.userId, 'email-cancel', { emailChangeId: id, portal: request.portal })
    if (!(await isTaken(identity, email))) {
      await tell(identity, me.userId, 'email-confirm', { emailChangeId: id, recipient: email, portal: request.portal })
    }
    await record(identity, request.id, { ...me, action: 'email.change-asked', changes: { email: [me.email, email] } })
  })
  return {}
}

const isTaken = async (identity: Identity, email: string) =>
  (await identity.first(sql`select 1 from identity.users where email_key = ${email.toLowerCase()}`)) !== undefined

/** @throws Problem link_spent, already_exists where somebody came to have the address meanwhile */
export async function confirmEmail({ body, deps, request }: Call<(typeof identityContract)['confirmEmail']>) {
  return await byLink({ deps, request }, body.token, 'email-confirm', async (identity, change) => {
    if (await isTaken(identity, change.new_email))
      throw new Problem('already_exists', 'Somebody else signs in with this address.')
    await identity.rows(sql`update identity.email_changes set confirmed_at = app.now() where id = ${change.id}`)
    await setEmail(identity, change.user_id, change.new_email)
    const changes = { email: [change.old_email, change.new_email] }
    await record(identity, request.id, { userId: change.user_id, action: 'email.changed', changes })
    return { email: change.new_email }
  })
}

/** @throws Problem link_spent */
export async function cancelEmail({ body, deps, request }: Call<(typeof identityContract)['cancelEmail']>) {
  return await byLink({ deps, request }, body.token, 'email-cancel', async (identity, change) => {
    await identity.rows(sql`
      update identity.email_changes set cancelled_at = app.now() where user_id = ${change.user_id} and cancelled_at is null`)
    await identity.rows(sql`
      update identity.one_time_tokens set used_at = app.now()
       where user_id = ${change.user_id} and used_at is null and purpose in ('email-confirm', 'reset')`)
    if (change.confirmed_at) await setEmail(identity, change.user_id, change.old_email)
    await identity.rows(sql`select access.end_sessions_of(${change.user_id}, null, null)`)
    const changes = { email: [change.new_email, change.old_email] }
    await record(identity, request.id, { userId: change.user_id, action: 'email.change-cancelled', changes })
    return { email: change.old_email }
  })
}

async function setEmail(identity: Identity, userId: string, email: string) {
  await identity.rows(
    sql`update identity.users set email = ${email}, email_key = ${email.toLowerCase()} where id = ${userId}`,
  )
  await identity.rows(sql`select access.follow_email(${userId})`)
}

type Told = Pick<Call<(typeof identityContract)['confirmEmail']>, 'deps' | 'request'>

/** Runs what a link allows; where it allows nothing, the guess is counted. */
async function byLink<T>(
  { deps, request }: Told,
  token: string,
  purpose: 'email-confirm' | 'email-cancel',
  work: (identity: Identity, change: Change) => Promise<T>,
): Promise<T> {
  const done = await asIdentity(deps.pools.identity, async (identity) => {
    const change = await identity.first(sql<Change>`
      select e.id, e.user_id, e.old_email, e.new_email, e.confirmed_at
        from identity.one_time_tokens t join identity.email_changes e on e.id = t.email_change_id
       where t.token_hash = ${hashToken(token)} and e.cancelled_at is null`)
    if (change && (await consume(identity, token, purpose))) return { answer: await work(identity, change) }
    await countTry(identity, linkCounters(request))
    return undefined
  })
  if (!done) throw new Problem('link_spent')
  return done.answer
}
