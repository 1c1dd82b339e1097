import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextAreaField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './clients.module.css'
import { RequestFacts } from './RequestFacts.tsx'
import { type Client, type UserRequest, useClientsChanged, userRequestsQuery } from './useClients.ts'
import { useRun } from './useRun.tsx'

/** Colleagues whom a client asks for: one click invites, a sentence refuses. */
export function UserRequests({ client }: { client: Client }) {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery(userRequestsQuery(client.id))
  const [refusing, setRefusing] = useState<UserRequest | null>(null)
  const { busy, run } = useRun()
  const approve = ({ id, email }: UserRequest) =>
    run(
      () => api('POST /clients/:id/user-requests/:requestId/approve', { params: { id: client.id, requestId: id } }),
      t`${email} is invited.`,
    )
  return (
    <Section title={t`Colleagues the client asks for`}>
      {isPending && <Skeleton lines={4} />}
      {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <Empty icon="users" title={t`Nobody is asked for`}>
          {t`A client administrator can ask for colleagues in the portal. You find it here.`}
        </Empty>
      )}
      <ul className={classes.list}>
        {data?.map((request) => (
          <li key={request.id} className={classes.item}>
            <RequestFacts request={request} />
            {request.state === 'waiting' && (
              <div className={classes.actions}>
                <Button loading={busy} onClick={() => void approve(request)}>{t`Approve and invite`}</Button>
                <Button variant="default" disabled={busy} onClick={() => setRefusing(request)}>{t`Refuse`}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {refusing && <Refusal client={client} request={refusing} onClose={() => setRefusing(null)} />}
    </Section>
  )
}

function Refusal({ client, request, onClose }: { client: Client; request: UserRequest; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useClientsChanged()
  const { email } = request
  const refuse = async ({ answer }: { answer: string }) => {
    const params = { id: client.id, requestId: request.id }
    await api('POST /clients/:id/user-requests/:requestId/refuse', { params, body: { answer } })
    toast.done(t`The request is refused.`)
    onClose()
    await changed()
  }
  return (
    <Dialog title={t`Refuse ${email}?`} onClose={onClose}>
      <Form defaultValues={{ answer: '' }} action={t`Refuse`} onSubmit={refuse} onCancel={onClose}>
        <TextAreaField name="answer" label={t`Why not`} help={t`The client reads this sentence.`} rows={3} required />
      </Form>
    </Dialog>
  )
}
