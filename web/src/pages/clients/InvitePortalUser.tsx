import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { ApiProblem, api } from '../../api.ts'
import { type Language, languages } from '../../i18n.ts'
import { useCan } from '../../me.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { outboxQuery } from '../outbox/outbox.ts'
import { ClientGrantPreview } from './ClientGrantPreview.tsx'
import classes from './clients.module.css'
import { GrantFields, type GrantValues } from './GrantFields.tsx'
import { type Client, choicesQuery, useClientsChanged } from './useClients.ts'

type Values = GrantValues & { email: string; name: string; locale: Language }

/** Invites one person of a client: who, as what, for which stores and warehouses. */
export function InvitePortalUser({ client, onClose }: { client: Client; onClose: () => void }) {
  const { t } = useLingui()
  const can = useCan()
  const queries = useQueryClient()
  const changed = useClientsChanged()
  const choices = useQuery(choicesQuery(client.id))
  const invite = async (values: Values, form: UseFormReturn<Values>) => {
    const email = values.email.trim()
    try {
      await api('POST /clients/:id/users', {
        params: { id: client.id },
        body: { ...values, email, name: values.name.trim() },
      })
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'already_exists') throw problem
      const message = t`This address is a user here or is invited already: look for it in the list.`
      return form.setError('email', { type: 'server', message }, { shouldFocus: true })
    }
    await changed()
    const smtp = can('outbox:read') ? (await queries.fetchQuery(outboxQuery)).smtp : true
    toast.done(
      smtp ? t`${email} is invited; the mail is on its way.` : t`${email} is invited; the link waits in the outbox.`,
    )
    onClose()
  }
  return (
    <Dialog title={t`Invite a portal user`} onClose={onClose}>
      {choices.isPending && <Skeleton lines={8} />}
      {choices.isError && <ProblemState problem={choices.error} onRetry={() => void choices.refetch()} />}
      {choices.data && (
        <Form<Values>
          defaultValues={{
            email: '',
            name: '',
            role: 'client-member',
            stores: choices.data.stores.length === 1 ? choices.data.stores.map(({ id }) => id) : [],
            warehouses: choices.data.warehouses.length === 1 ? choices.data.warehouses.map(({ id }) => id) : [],
            locale: client.locale,
          }}
          action={t`Send the invitation`}
          onSubmit={invite}
          onCancel={onClose}
        >
          <p className={classes.quiet}>
            <Trans>
              The person gets a link that works once, within seven days, and sets a password with it. You never see the
              password, and cannot set it or sign in with it. The other portal users of {client.name} are told.
            </Trans>
          </p>
          <TextField
            name="email"
            type="email"
            label={t`E-mail`}
            rules={{ pattern: { value: /^\S+@\S+\.\S+$/, message: t`This is not an e-mail address.` } }}
            autoComplete="off"
            required
            data-autofocus
          />
          <TextField name="name" label={t`Name`} help={t`Can be left out: the person writes it.`} autoComplete="off" />
          <GrantFields {...choices.data} />
          <InvitedPreview clientId={client.id} />
          <SelectField
            name="locale"
            label={t`Language of the mail`}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            required
          />
        </Form>
      )}
    </Dialog>
  )
}

function InvitedPreview({ clientId }: { clientId: string }) {
  const { role, stores, warehouses } = useWatch<Values>() as Values
  return <ClientGrantPreview clientId={clientId} grant={{ role, stores, warehouses }} />
}
