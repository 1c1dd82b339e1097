import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { ApiProblem, api } from '../../api.ts'
import { type Language, languages } from '../../i18n.ts'
import { useCan } from '../../me.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { outboxQuery } from '../outbox/outbox.ts'
import { givableRoles } from './givable-roles.ts'
import { GrantPreview } from './grant/GrantPreview.tsx'
import { ScopeFields } from './grant/ScopeFields.tsx'
import { type ScopeValues, toWanted, unlimited } from './grant/scope.ts'
import classes from './people.module.css'
import { roleWords } from './role-words.ts'
import { rolesQuery, usePeopleChanged } from './usePeople.ts'
import { useRoleChoices, useSupplierNames } from './useRoleChoices.ts'

type Values = {
  email: string
  name: string
  role: string
  partyId: string | null
  locale: Language
  scope: ScopeValues
}
type Props = { onClose: () => void; onInvited: (id: string) => void }

/** Invites one person: who, as what, for which company, in which language. */
export function InvitePanel({ onClose, onInvited }: Props) {
  const { t, i18n } = useLingui()
  const roles = useQuery(rolesQuery)
  const changed = usePeopleChanged()
  const client = useQueryClient()
  const can = useCan()
  const invite = async ({ partyId, scope, ...values }: Values, form: UseFormReturn<Values>) => {
    const email = values.email.trim()
    const audience = roles.data?.items.find(({ slug }) => slug === values.role)?.audience ?? 'staff'
    const company = audience !== 'staff' && partyId ? { partyId } : {}
    const body = { ...values, email, name: values.name.trim(), scope: toWanted(scope, audience), ...company }
    try {
      const { id } = await api('POST /invitations', { body })
      await changed()
      const smtp = can('outbox:read') ? (await client.fetchQuery(outboxQuery)).smtp : true
      toast.done(
        smtp ? t`${email} is invited; the mail is on its way.` : t`${email} is invited; the link waits in the outbox.`,
      )
      onInvited(id)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'already_exists') throw error
      const message = t`This address is a user here or is invited already: look for it in the list.`
      form.setError('email', { type: 'server', message }, { shouldFocus: true })
    }
  }
  return (
    <SidePanel label={t`Invite a user`} title={t`Invite a user`} onClose={onClose}>
      {roles.isPending && <Skeleton lines={8} />}
      {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.data && (
        <Form<Values>
          defaultValues={{
            email: '',
            name: '',
            role: '',
            partyId: null,
            locale: i18n.locale as Language,
            scope: unlimited,
          }}
          action={t`Send the invitation`}
          onSubmit={invite}
          onCancel={onClose}
          guarded
        >
          <p className={classes.quiet}>
            <Trans>
              The person gets a link that works once and sets a password with it. Nobody else ever sees the password.
            </Trans>
          </p>
          <TextField
            name="email"
            type="email"
            label={t`E-mail`}
            rules={{ pattern: { value: /^\S+@\S+\.\S+$/, message: t`This is not an e-mail address.` } }}
            autoComplete="off"
            autoFocus
            required
          />
          <TextField name="name" label={t`Name`} help={t`Can be left out: the person writes it.`} autoComplete="off" />
          <RoleField />
          <CompanyField />
          <InvitedScope />
          <SelectField
            name="locale"
            label={t`Language of the mail`}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            required
          />
        </Form>
      )}
    </SidePanel>
  )
}

function RoleField() {
  const { t, i18n } = useLingui()
  const choices = useRoleChoices(givableRoles(useQuery(rolesQuery).data?.items ?? []))
  const chosen = roleWords[useWatch<Values, 'role'>({ name: 'role' })]
  return <SelectField name="role" label={t`Role`} help={chosen && i18n._(chosen)} data={choices} required />
}

/** To what the invited person has access, and what that means; once a role is chosen. */
function InvitedScope() {
  const roles = useQuery(rolesQuery)
  const { role, scope, partyId } = useWatch<Values>() as Values
  const audience = roles.data?.items.find(({ slug }) => slug === role)?.audience
  if (!audience) return null
  const isComplete = audience === 'staff' || partyId !== null
  const company = audience !== 'staff' && partyId ? { partyId } : {}
  return (
    <>
      <ScopeFields audience={audience} partyId={partyId} />
      <GrantPreview asked={isComplete ? { role, scope: toWanted(scope, audience), ...company } : null} />
    </>
  )
}

/** Whose user a supplier's role is; only then asked. */
function CompanyField() {
  const { t } = useLingui()
  const roles = useQuery(rolesQuery)
  const chosen = useWatch<Values, 'role'>({ name: 'role' })
  const isSupplier = roles.data?.items.some(({ slug, audience }) => slug === chosen && audience === 'supplier')
  const suppliers = useSupplierNames(isSupplier === true)
  if (!isSupplier) return null
  const items = suppliers.data?.items ?? []
  return (
    <SelectField
      name="partyId"
      label={t`Supplier`}
      help={
        suppliers.data && items.length === 0
          ? t`There is no supplier yet: create one first.`
          : t`The person sees what is assigned to this company, and nothing else.`
      }
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      required
    />
  )
}
