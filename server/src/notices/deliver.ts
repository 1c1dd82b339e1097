import type { Transporter } from 'nodemailer'
import { compile } from '#kernel/db/sql.ts'
import type { Deps } from '#kernel/deps.ts'
import { fp } from '#kernel/failpoints.ts'
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
/** A mail server that says nothing must not keep the queue. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/**
 * Sends what is due, one mail after the other. Without SMTP everything waits to be revealed. A mail that was being sent
 * when the server died is `unknown` to us: it is tried again with a fresh link, and the earlier one dies. Where the mail
 * server does not answer, the rest waits for the next time.
 */
export async function deliverDue(deps: Deps): Promise<void> {
  if (!deps.smtpUrl) return
  const { createTransport } = await import('nodemailer') // 5 MB, for who sends mail
  const transport = createTransport({ url: deps.smtpUrl, ...patience })
  try {
    for (;;) {
      const { rows } = await deps.pools.worker.query<Due>(
        `update notices.outbox set state = 'sending', attempts = attempts + 1, next_attempt_at = app.now() + interval '2 minutes'
          where (account_id, id) = (select account_id, id from notices.outbox where state in ('pending', 'sending') and not held and next_attempt_at <= app.now()
                                     order by next_attempt_at limit 1 for update skip locked)
         returning account_id, id, template, subject_id, recipient, locale, attempts`,
      )
      const due = rows[0]
      if (!due || !(await sendOne(deps, transport, due))) return
    }
  } finally {
    transport.close()
  }
}

/** Sends one mail and notes how it went. Returns false where the mail server did not answer at all. */
async function sendOne(deps: Deps, transport: Transporter, due: Due): Promise<boolean> {
  const ask = asWorker(deps)
  const settle = (state: string, error: string, wait = 0) =>
    deps.pools.worker.query(
      `update notices.outbox set state = $3, last_error = $4, next_attempt_at = app.now() + $5 * interval '1 second',
              sent_at = case when $3 = 'done' then app.now() end where account_id = $1 and id = $2`,
      [due.account_id, due.id, state, error, wait],
    )
  const template = templateOf(due.template)
  const link = await template.link(ask, due.account_id, due.subject_id, deps)
  if (!link) {
    await settle('dead', 'gone')
    return true
  }
  const { sender, ...mail } = await template.render(ask, due.account_id, due.subject_id, link, due.locale)
  await fp('mail.before_send')
  try {
    await transport.sendMail({
      from: fromOf(deps, sender),
      to: { name: '', address: due.recipient },
      ...mail,
    })
  } catch (error) {
    const { responseCode = 0, message = '' } = error as { responseCode?: number; message?: string }
    const reason = message.slice(0, 300)
    if (responseCode >= 500) await settle('refused', reason)
    else if (due.attempts >= maxAttempts) await settle('dead', reason)
    else await settle('pending', reason, Math.min(3600, 30 * 2 ** due.attempts))
    return responseCode > 0
  }
  await fp('mail.after_send')
  await settle('done', '')
  return true
}

/** The installation's own address, before it the name of who writes. */
function fromOf(deps: Deps, sender: string | undefined) {
  const from = deps.mailFrom ?? senderOf(deps.smtpUrl!, deps.publicUrl)
  return sender === undefined ? from : { name: sender, address: /<([^>]+)>/.exec(from)?.[1] ?? from }
}

/** Where nothing else is set: the address that signs in to the mail server, since many take mail from no other. */
function senderOf(smtpUrl: string, publicUrl: string): string {
  const user = decodeURIComponent(new URL(smtpUrl).username)
  const address = user.includes('@') ? user : `no-reply@${new URL(publicUrl).hostname}`
  return `Crossdock <${address}>`
}

const asWorker =
  (deps: Deps): Ask =>
  async (statement) => {
    const { text, values } = compile(statement)
    return (await deps.pools.worker.query(text, values as unknown[])).rows
  }
