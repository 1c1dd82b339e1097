import type pg from 'pg'

/** What has waited since a restore, by account. */
export interface Waiting {
  account: string
  what: string
  count: number
  oldest: string
  newest: string
}

export async function waitingSinceRestore(owner: pg.Client): Promise<Waiting[]> {
  const { rows } = await owner.query<Waiting>(
    `select a.name as account, w.what, count(*) as count, min(w.created_at) as oldest, max(w.created_at) as newest
       from (select account_id, kind || ' ' || template as what, created_at from notices.outbox where held
             union all
             select account_id, 'job ' || kind, created_at from jobs.jobs where held) w
       join access.accounts a on a.id = w.account_id
      group by a.id, a.name, w.what order by a.name, w.what`,
  )
  return rows
}

/** Lets go on what a restore held back: messages are sent, jobs run. Returns how many of each. */
export async function release(owner: pg.Client): Promise<{ messages: number; jobs: number }> {
  const messages = await owner.query('update notices.outbox set held = false, next_attempt_at = app.now() where held')
  const jobs = await owner.query(
    "with released as (update jobs.jobs set held = false where held returning id) select pg_notify('crossdock_jobs', '') from released",
  )
  await settleRestores(owner)
  return { messages: messages.rowCount ?? 0, jobs: jobs.rowCount ?? 0 }
}

/** Gives up what a restore held back: no message of then is sent, no job of then runs. Returns how many of each. */
export async function discard(owner: pg.Client): Promise<{ messages: number; jobs: number }> {
  const messages = await owner.query(
    "update notices.outbox set held = false, state = 'dead', last_error = 'given up after a restore' where held",
  )
  const jobs = await owner.query(
    "update jobs.jobs set held = false, state = 'cancelled', finished_at = app.now() where held",
  )
  await settleRestores(owner)
  return { messages: messages.rowCount ?? 0, jobs: jobs.rowCount ?? 0 }
}

const settleRestores = (owner: pg.Client) =>
  owner.query('update app.restores set released_at = app.now() where released_at is null')
