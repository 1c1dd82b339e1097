import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { StatusLook } from '../../components/statuses.ts'
import type { OutboxMail } from './outbox.ts'

/** What a mail is, in words. */
export const templateWords: Record<string, MessageDescriptor> = { invitation: msg`Invitation` }

const looks = {
  toReveal: { hue: 'amber', fill: 'hollow', word: msg`To hand over` },
  waiting: { hue: 'blue', fill: 'hollow', word: msg`Waiting` },
  again: { hue: 'amber', word: msg`Tried again soon` },
  sending: { hue: 'blue', word: msg`Being sent` },
  sent: { hue: 'green', word: msg`Sent` },
  revealed: { hue: 'green', fill: 'half', word: msg`Link revealed` },
  refused: { hue: 'red', word: msg`Refused` },
  unknown: { hue: 'amber', word: msg`Not known if it arrived` },
  replaced: { hue: 'grey', fill: 'hollow', word: msg`Replaced` },
  gone: { hue: 'grey', fill: 'hollow', word: msg`No longer needed` },
  dead: { hue: 'red', word: msg`Given up` },
} satisfies Record<string, StatusLook>

export type MailLook = keyof typeof looks

/** How a mail stands, as the reader needs it: the state, and why. */
export function lookOf(mail: OutboxMail, smtp: boolean): MailLook {
  if (mail.state === 'pending') return smtp ? (mail.attempts > 0 ? 'again' : 'waiting') : 'toReveal'
  if (mail.state === 'done') return mail.sentAt ? 'sent' : 'revealed'
  if (mail.state === 'dead' && (mail.lastError === 'replaced' || mail.lastError === 'gone')) return mail.lastError
  return mail.state
}
export const statusOf = (look: MailLook): StatusLook => looks[look]

/** What the mail server said; our own reasons are in the state already. */
export const serverWords = ({ lastError }: OutboxMail) =>
  lastError === 'replaced' || lastError === 'gone' ? '' : lastError
