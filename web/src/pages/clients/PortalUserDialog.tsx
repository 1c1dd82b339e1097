import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { StatusDot } from '../../components/StatusDot.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { Facts } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { personStates } from '../people/person-states.ts'
import { ClientGrantPreview } from './ClientGrantPreview.tsx'
import classes from './clients.module.css'
import { GrantFields, type GrantValues } from './GrantFields.tsx'
import { type Client, choicesQuery, type PortalUser, useClientsChanged } from './useClients.ts'
import { useRun } from './useRun.tsx'

type Props = { client: Client; user: PortalUser; onClose: () => void }

/** One portal user: his access, and what can be done about him. */
export function PortalUserDialog({ client, user, onClose }: Props) {
  const { t } = useLingui()
  const changed = useClientsChanged()
  const choices = useQuery(choicesQuery(client.id))
  const params = { id: client.id, userId: user.id }
  const save = async (values: GrantValues) => {
    await api('PATCH /clients/:id/users/:userId', { params, version: user.version, body: values })
    toast.done(t`The access of ${user.name} is changed. It counts at once.`)
    onClose()
    await changed()
  }
  return (
    <Dialog title={user.name} onClose={onClose}>
      <div className={classes.stack}>
        <Facts
          facts={[
            [t`State`, <StatusDot key="state" look={personStates[user.state]} code={user.state} />],
            [t`E-mail`, user.email],
            [t`Since`, <DateText key="since" value={user.createdAt} />],
            [t`Last seen`, user.lastSeenAt && <DateText key="seen" value={user.lastSeenAt} withTime />],
          ]}
        />
        {choices.isPending && <Skeleton lines={6} />}
        {choices.isError && <ProblemState problem={choices.error} onRetry={() => void choices.refetch()} />}
        {choices.data && user.state !== 'deactivated' && (
          <Form<GrantValues>
            defaultValues={{
              role: user.role.slug,
              stores: user.stores.map(({ id }) => id),
              warehouses: user.warehouses.map(({ id }) => id),
            }}
            action={t`Save the access`}
            onSubmit={save}
            onCancel={onClose}
          >
            <GrantFields {...choices.data} />
            <ChangedPreview clientId={client.id} userId={user.id} />
            <p className={classes.small}>{t`The portal users of ${client.name} are told by mail.`}</p>
          </Form>
        )}
        <Steps client={client} user={user} />
      </div>
    </Dialog>
  )
}

function ChangedPreview({ clientId, userId }: { clientId: string; userId: string }) {
  const grant = useWatch<GrantValues>() as GrantValues
  return <ClientGrantPreview clientId={clientId} userId={userId} grant={grant} />
}

function Steps({ client, user }: { client: Client; user: PortalUser }) {
  const { t } = useLingui()
  const { busy, run } = useRun()
  const { name } = user
  const params = { id: client.id, userId: user.id }
  if (user.state === 'deactivated')
    return (
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={busy}
          onClick={() =>
            void run(() => api('POST /clients/:id/users/:userId/reactivate', { params }), t`${name} can sign in again.`)
          }
        >{t`Reactivate`}</Button>
      </div>
    )
  const sendReset = () =>
    run(
      () => api('POST /clients/:id/users/:userId/send-reset', { params }),
      t`${name} gets a mail to set a new password.`,
    )
  const endSessions = async () => {
    const sure = await confirm({
      title: t`Sign ${name} out everywhere?`,
      body: t`Every session of ${name} ends at once. ${name} can sign in again.`,
      action: t`End all sessions`,
      danger: true,
    })
    if (sure)
      await run(
        () => api('POST /clients/:id/users/:userId/end-sessions', { params }),
        t`${name} is signed out everywhere.`,
      )
  }
  const deactivate = async () => {
    const sure = await confirm({
      title: t`Deactivate ${name}?`,
      body: t`${name} is signed out everywhere at once and cannot sign in again. What ${name} did stays on record. You can reactivate at any time.`,
      action: t`Deactivate`,
      danger: true,
    })
    if (sure) await run(() => api('POST /clients/:id/users/:userId/deactivate', { params }), t`${name} is deactivated.`)
  }
  return (
    <div className={classes.actions}>
      <Button variant="default" disabled={busy} onClick={() => void sendReset()}>
        {t`Send a mail for a new password`}
      </Button>
      <Button variant="default" disabled={busy} onClick={() => void endSessions()}>{t`End all sessions`}</Button>
      <Button variant="default" disabled={busy} onClick={() => void deactivate()}>{t`Deactivate`}</Button>
    </div>
  )
}
