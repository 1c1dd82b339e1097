import nodemailer, { type Transporter } from 'nodemailer'
import type { Pool } from 'pg'
import { compile } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { type Ask, templateOf } from './mail.ts'

interface Due {
  account_id: string
  id: string
  template: string
  subject_id: string
  recipient: string
  locale: string
  attempts: number
}

const maxAttempts = 8

/**
 * Sends what is due, one mail after the other. Without SMTP everything waits to be revealed. A mail that was being sent
 * when the server died is `unknown` to us: it is tried again with a fresh link, and the earlier one dies.
 */
export async function deliverDue(deps: Deps): Promise<void> {
  if (!deps.smtpUrl) return
  const transport = nodemailer.createTransport(deps.smtpUrl)
  const pool = deps.pools.worker
  try {
    for (;;) {
      const { rows } = await pool.query<Due>(
        `update notices.outbox set state = 'sending', attempts = attempts + 1, next_attempt_at = app.now() + interval '2 minutes'
          where (account_id, id) = (select account_id, id from notices.outbox where state in ('pending', 'sending') and next_attempt_at <= app.now()
                                     order by next_attempt_at limit 1 for update skip locked)
         returning account_id, id, template, subject_id, recipient, locale, attempts`,
      )
      const due = rows[0]
      if (!due) return
      await sendOne(deps, transport, due)
    }
  } finally {
    transport.close()
  }
}

async function sendOne(deps: Deps, transport: Transporter, due: Due): Promise<void> {
  const pool = deps.pools.worker
  const settle = (state: string, error: string, wait = 0) =>
    pool.query(
      `update notices.outbox set state = $3, last_error = $4, next_attempt_at = app.now() + $5 * interval '1 second',
              sent_at = case when $3 = 'done' then app.now() end where account_id = $1 and id = $2`,
      [due.account_id, due.id, state, error, wait],
    )
  try {
    const template = templateOf(due.template)
    const ask = asWorker(pool)
    const link = await template.link(ask, due.account_id, due.subject_id, deps)
    if (!link) return void (await settle('dead', 'What it was about is gone.'))
    const mail = await template.render(ask, due.account_id, due.subject_id, link, due.locale)
    const from = process.env.MAIL_FROM ?? `Crossdock <no-reply@${new URL(deps.publicUrl).hostname}>`
    await transport.sendMail({ from, to: due.recipient, ...mail })
    await settle('done', '')
  } catch (error) {
    const { responseCode = 0, message = '' } = error as { responseCode?: number; message?: string }
    if (responseCode >= 500) await settle('refused', message.slice(0, 300))
    else if (due.attempts >= maxAttempts) await settle('dead', message.slice(0, 300))
    else await settle('pending', message.slice(0, 300), Math.min(3600, 30 * 2 ** due.attempts))
  }
}

const asWorker =
  (pool: Pool): Ask =>
  async (statement) => {
    const { text, values } = compile(statement)
    return (await pool.query(text, values as unknown[])).rows
  }
