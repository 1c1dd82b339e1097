import { sql } from '#kernel/db/sql.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import type { Handlers } from '#kernel/routes.ts'
import type { noticesContract, outboxStates } from './contract.ts'
import { templateOf } from './mail.ts'

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
      update notices.outbox set revealed_at = app.now(), revealed_by = ${tx.who.name}
       where id = ${params.id} returning template, subject_id, state`)
    if (!mail) throw notFound()
    if (deps.smtpUrl && mail.state !== 'dead' && mail.state !== 'refused') {
      throw new Problem(
        'wrong_state',
        'Mails are sent by SMTP here: the link goes to its recipient alone. Resend it instead.',
      )
    }
    const link = await templateOf(mail.template).link(
      (statement) => tx.rows(statement),
      tx.who.accountId,
      mail.subject_id,
      deps,
    )
    if (!link) throw new Problem('wrong_state', 'It was accepted, revoked or has expired.')
    return { link }
  },

  async retryMail({ tx, params }) {
    const mail = await tx.first(sql`
      update notices.outbox set state = 'pending', next_attempt_at = app.now()
       where id = ${params.id} and state <> 'done' returning id`)
    if (!mail) throw notFound()
    return {}
  },
}
