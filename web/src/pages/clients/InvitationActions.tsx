import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { outboxQuery } from '../outbox/outbox.ts'
import classes from './clients.module.css'
import type { ClientInvitation } from './useClients.ts'
import { useRun } from './useRun.tsx'

/** Send an invitation again, or take it back; without a mail server, where its link waits. */
export function InvitationActions({ clientId, invitation }: { clientId: string; invitation: ClientInvitation }) {
  const { t } = useLingui()
  const { busy, run } = useRun()
  const outbox = useQuery({ ...outboxQuery, enabled: useCan()('outbox:read') })
  const waits = outbox.data?.smtp
    ? undefined
    : outbox.data?.items.find(({ recipient, sentAt }) => recipient === invitation.email && !sentAt)
  const { email } = invitation
  const params = { id: clientId, invitationId: invitation.id }
  const revoke = async () => {
    const sure = await confirm({
      title: t`Revoke the invitation of ${email}?`,
      body: t`The link that ${email} has stops working at once. You can invite ${email} again at any time.`,
      action: t`Revoke`,
      danger: true,
    })
    if (sure)
      await run(
        () => api('POST /clients/:id/invitations/:invitationId/revoke', { params }),
        t`The invitation is revoked.`,
      )
  }
  return (
    <div className={classes.actions}>
      <Button
        size="compact-xs"
        variant="default"
        loading={busy}
        aria-label={t`Send the invitation of ${email} again`}
        onClick={() =>
          void run(
            () => api('POST /clients/:id/invitations/:invitationId/resend', { params }),
            t`A new link goes to ${email}; the earlier one no longer works.`,
          )
        }
      >{t`Send again`}</Button>
      <Button
        size="compact-xs"
        variant="default"
        disabled={busy}
        aria-label={t`Revoke the invitation of ${email}`}
        onClick={() => void revoke()}
      >{t`Revoke`}</Button>
      {waits && <Link {...paths.outbox(waits.id)} className={classes.small}>{t`See it in the outbox`}</Link>}
    </div>
  )
}
