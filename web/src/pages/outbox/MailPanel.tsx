import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { StatusDot } from '../../components/StatusDot.tsx'
import { useCan } from '../../me.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { lookOf, serverWords, statusOf, templateWords } from './mail-words.ts'
import classes from './outbox.module.css'
import { type OutboxMail, outboxQuery } from './outbox.ts'
import { RevealLink } from './RevealLink.tsx'

type Props = { mail: OutboxMail; smtp: boolean; onClose: () => void }

/** One mail beside the list: how it stands, and what can be done about it. */
export function MailPanel({ mail, smtp, onClose }: Props) {
  const { t, i18n } = useLingui()
  const can = useCan()
  const look = lookOf(mail, smtp)
  const words = templateWords[mail.template]
  const [revealed, setRevealed] = useState(false)
  const byHand = ['toReveal', 'refused', 'dead'].includes(look) || (look === 'revealed' && (!smtp || revealed))
  const retryable = smtp && ['again', 'refused', 'dead', 'unknown'].includes(look)
  return (
    <SidePanel
      label={t`Mail to ${mail.recipient}`}
      onClose={onClose}
      title={
        <span className={classes.title}>
          <span>{mail.recipient}</span>
        </span>
      }
      actions={can('outbox:reveal') && retryable ? <TryAgain mail={mail} /> : undefined}
    >
      <Section title={t`Mail`}>
        <Facts
          facts={[
            [t`State`, <StatusDot key="state" look={statusOf(look)} code={mail.state} />],
            [
              t`Recipient`,
              <span key="to">
                {mail.recipient} <CopyButton value={mail.recipient} name={t`the e-mail address`} />
              </span>,
            ],
            [t`What`, words ? i18n._(words) : mail.template],
            [t`Asked for`, <Deed key="asked" by={mail.createdBy} at={mail.createdAt} />],
            [t`Attempts`, mail.attempts > 0 && mail.attempts],
            [t`Sent`, mail.sentAt && <DateText value={mail.sentAt} withTime />],
            [t`Link revealed`, mail.revealedAt && <Deed by={mail.revealedBy ?? ''} at={mail.revealedAt} />],
            [t`Mail server`, serverWords(mail)],
          ]}
        />
      </Section>
      {can('outbox:reveal') && byHand && (
        <Section title={t`The link`}>
          <RevealLink mail={mail} onRevealed={() => setRevealed(true)} />
        </Section>
      )}
    </SidePanel>
  )
}

function Deed({ by, at }: { by: string; at: string }) {
  return (
    <Trans>
      by {by}, <DateText value={at} withTime />
    </Trans>
  )
}

function TryAgain({ mail }: { mail: OutboxMail }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const retry = async () => {
    setBusy(true)
    try {
      await api('POST /outbox/:id/retry', { params: { id: mail.id } })
      toast.done(t`The mail to ${mail.recipient} is tried again now.`)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: outboxQuery.queryKey })
  }
  return <Button variant="default" loading={busy} onClick={() => void retry()}>{t`Try again`}</Button>
}
