import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { noticesContract, outboxStates } from './contract.ts'
import { deliverSoon, templateOf } from './mail.ts'

interface OutboxRow {
  id: string
  template: string
  recipient: string
  state: (typeof outboxStates)[number]
  attempts: number
  last_error: string
  created_at: string
  created_by: string
  sent_at: string | null
  revealed_at: string | null
  revealed_by: string | null
}

export const noticesHandlers: Handlers<typeof noticesContract> = {
  async listOutbox({ tx, deps }) {
    const rows = await tx.rows(sql<OutboxRow>`
      select id, template, recipient, state, attempts, last_error, created_at, created_by, sent_at, revealed_at, revealed_by
        from notices.outbox order by created_at desc, id desc limit 200`)
    const items = rows.map((row) => ({
      id: row.id,
      template: row.template,
      recipient: row.recipient,
      state: row.state,
      attempts: row.attempts,
      lastError: row.last_error,
      createdAt: row.created_at,
      createdBy: row.created_by,
      sentAt: row.sent_at,
      revealedAt: row.revealed_at,
      revealedBy: row.revealed_by,
    }))
    return { smtp: deps.smtpUrl !== undefined, items }
  },

  async revealLink({ tx, params, deps }) {
    const mail = await tx.first(sql<{ template: string; subject_id: string; state: string }>`
      select template, subject_id, state from notices.outbox where id = ${params.id} for update`)
    if (!mail) throw notFound()
    if (deps.smtpUrl && mail.state !== 'dead' && mail.state !== 'refused') {
      throw new Problem(
        'wrong_state',
        'Mails are sent by SMTP here: the link goes to its recipient alone. Resend it instead.',
      )
    }
    const template = templateOf(mail.template)
    const link = await template.link((statement) => tx.rows(statement), tx.who.accountId, mail.subject_id, deps)
    if (!link) throw new Problem('wrong_state', 'It was accepted, revoked or has expired.')
    // Handed over by hand: it is not sent any more.
    await tx.rows(sql`
      update notices.outbox set state = 'done', revealed_at = app.now(), revealed_by = ${tx.who.name} where id = ${params.id}`)
    await audit(tx, 'mail.link-revealed', { kind: 'mail', id: params.id }, { template: mail.template })
    return { link }
  },

  async retryMail({ tx, params }) {
    const mail = await tx.first(sql`
      update notices.outbox set state = 'pending', next_attempt_at = app.now()
       where id = ${params.id} and state in ('pending', 'refused', 'unknown', 'dead') and last_error <> 'replaced' returning id`)
    if (!mail) {
      if (!(await tx.first(sql`select 1 from notices.outbox where id = ${params.id}`))) throw notFound()
      throw new Problem('wrong_state', 'It was sent, is being sent, or a newer mail has replaced it.')
    }
    await deliverSoon(tx)
    await audit(tx, 'mail.retried', { kind: 'mail', id: params.id })
    return {}
  },
}
