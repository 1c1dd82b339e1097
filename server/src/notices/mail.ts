import { uuidv7 } from 'uuidv7'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { enqueue } from '#kernel/jobs.ts'

export interface Mail {
  subject: string
  text: string
  html: string
  /** Whose name stands before the address it comes from; left out, the installation's. */
  sender?: string
}

/** How a slice asks the database while a mail is made: as the worker (sending) or as whoever reveals its link. */
export type Ask = <Row>(statement: Statement<Row>) => Promise<Row[]>

interface Template {
  /** Mints the link now, not when the mail was queued; undefined when its subject is gone (revoked, accepted). */
  link(ask: Ask, accountId: string, subjectId: string, deps: Deps): Promise<string | undefined>
  render(ask: Ask, accountId: string, subjectId: string, link: string, locale: string): Promise<Mail>
}

const templates = new Map<string, Template>()
/** A slice says how one of its mails is made. */
export function defineMail(name: string, template: Template): void {
  templates.set(name, template)
}
export function templateOf(name: string): Template {
  const found = templates.get(name)
  if (!found) throw new Error(`no mail template ${name}`)
  return found
}

/**
 * Owes a mail to somebody: written in the caller's transaction, sent right after its commit. One about the same thing that
 * was not sent yet is replaced.
 */
export async function queueMail(
  tx: Tx,
  mail: { template: string; subjectId: string; recipient: string; locale: string },
): Promise<void> {
  await tx.rows(sql`
    update notices.outbox set state = 'dead', last_error = 'replaced'
     where template = ${mail.template} and subject_id = ${mail.subjectId} and state not in ('done', 'sending')`)
  await tx.rows(sql`
    insert into notices.outbox (account_id, id, kind, template, subject_id, recipient, locale, created_by)
    values (app.account_id(), ${uuidv7()}, 'mail', ${mail.template}, ${mail.subjectId}, ${mail.recipient}, ${mail.locale}, ${tx.who.name})`)
  await deliverSoon(tx)
}

/** Delivery begins when the caller has committed; the tick of each minute is for what is tried again. */
export const deliverSoon = (tx: Tx) => enqueue(tx, { kind: 'notices.deliver', asAutomation: true })
