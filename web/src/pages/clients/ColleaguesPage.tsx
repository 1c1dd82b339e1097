import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useCan } from '../../me.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './clients.module.css'
import { GrantFields, type GrantValues } from './GrantFields.tsx'
import { RequestFacts } from './RequestFacts.tsx'
import { colleaguesQuery, type UserRequest } from './useClients.ts'

type Mine = ResponseOf<'GET /portal/user-requests'>
type Values = GrantValues & { email: string; name: string; role: UserRequest['role'] }
const roles = (['client-admin', 'client-member', 'client-viewer'] as const).map((slug) => ({ slug, name: slug }))

/** A client's administrator asks the host for colleagues, and sees what became of it. */
export default function ColleaguesPage() {
  const { t } = useLingui()
  const { data, error, isPending, isError, refetch } = useQuery(colleaguesQuery)
  const [asking, setAsking] = useState(false)
  const can = useCan()
  const ask = data && can('portal-users:ask') && (
    <Button onClick={() => setAsking(true)}>{t`Ask for a colleague`}</Button>
  )
  return (
    <>
      <PageHeader
        title={t`Colleagues`}
        explanation={t`Ask for people of your company to be added here. They see no more than you do.`}
        action={ask}
      />
      <div className={classes.body}>
        {isPending && <Skeleton lines={6} />}
        {isError && !data && <ProblemState problem={error} onRetry={() => void refetch()} />}
        {data?.items.length === 0 && <Empty icon="users" title={t`You have asked for nobody yet`} action={ask} />}
        {data && data.items.length > 0 && (
          <ul className={classes.list}>
            {data.items.map((request) => (
              <li key={request.id} className={classes.item}>
                <RequestFacts request={request} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {asking && data && <AskDialog mine={data} onClose={() => setAsking(false)} />}
    </>
  )
}

function AskDialog({ mine, onClose }: { mine: Mine; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const ask = async (values: Values) => {
    await api('POST /portal/user-requests', {
      body: { ...values, email: values.email.trim(), name: values.name.trim() },
    })
    toast.done(t`It is asked. You find the answer here.`)
    onClose()
    await client.invalidateQueries({ queryKey: colleaguesQuery.queryKey })
  }
  return (
    <Dialog title={t`Ask for a colleague`} onClose={onClose}>
      <Form<Values>
        defaultValues={{
          email: '',
          name: '',
          role: 'client-member',
          stores: mine.stores.length === 1 ? mine.stores.map(({ id }) => id) : [],
          warehouses: mine.warehouses.length === 1 ? mine.warehouses.map(({ id }) => id) : [],
        }}
        action={t`Ask`}
        onSubmit={ask}
        onCancel={onClose}
      >
        <TextField
          name="email"
          type="email"
          label={t`E-mail`}
          rules={{ pattern: { value: /^\S+@\S+\.\S+$/, message: t`This is not an e-mail address.` } }}
          autoComplete="off"
          required
          data-autofocus
        />
        <TextField name="name" label={t`Name`} autoComplete="off" />
        <GrantFields roles={roles} stores={mine.stores} warehouses={mine.warehouses} />
      </Form>
    </Dialog>
  )
}
