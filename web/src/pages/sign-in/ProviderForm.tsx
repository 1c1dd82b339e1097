import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Controller, useFieldArray, useFormContext } from 'react-hook-form'
import { api } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField, SelectField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { rolesQuery } from '../people/usePeople.ts'
import { type Provider, useProvidersChanged } from './providers.ts'
import classes from './sign-in.module.css'

type Values = {
  name: string
  issuer: string
  clientId: string
  secret: string
  domains: string
  scopes: string
  groupClaim: string
  groupRoles: { group: string; role: string }[]
  defaultRole: string | null
  required: boolean
}

/** A provider, as its own console names things; its issuer stays once it is set up. */
export function ProviderForm({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useProvidersChanged()
  const save = async ({ issuer, secret, domains, ...rest }: Values) => {
    const body = { ...rest, domains: domains.split(/[\s,;]+/).filter(Boolean) }
    if (provider) {
      const { id, version } = provider
      await api('PATCH /sign-in-providers/:id', {
        params: { id },
        version,
        body: { ...body, ...(secret && { secret }) },
      })
    } else await api('POST /sign-in-providers', { body: { ...body, issuer: issuer.trim(), secret } })
    await changed()
    toast.done(t`The provider is saved.`)
    onClose()
  }
  return (
    <Dialog title={provider ? t`Change the provider` : t`Add a provider`} onClose={onClose} wide>
      <Form<Values>
        defaultValues={{
          name: provider?.name ?? '',
          issuer: provider?.issuer ?? '',
          clientId: provider?.clientId ?? '',
          secret: '',
          domains: provider?.domains.join(', ') ?? '',
          scopes: provider?.scopes ?? '',
          groupClaim: provider?.groupClaim ?? '',
          groupRoles: provider?.groupRoles.map(({ group, role }) => ({ group, role: role.slug })) ?? [],
          defaultRole: provider?.defaultRole?.slug ?? null,
          required: provider?.required ?? false,
        }}
        action={t`Save the provider`}
        onSubmit={save}
        onCancel={onClose}
      >
        <TextField name="name" label={t`Name`} help={t`As it stands on the button: “Sign in with …”.`} required />
        <TextField
          name="issuer"
          label={t`Issuer`}
          help={t`The address the provider calls itself by, such as https://login.example.com.`}
          readOnly={provider !== null}
          required
        />
        <TextField name="clientId" label={t`Client id`} autoComplete="off" required />
        <PasswordField
          name="secret"
          label={t`Client secret`}
          help={provider ? t`Left empty, it stays as it is. It is never shown again.` : t`It is never shown again.`}
          autoComplete="off"
          required={provider === null}
        />
        <TextField
          name="domains"
          label={t`Domains`}
          help={t`Of your people's e-mail addresses, by comma. Without any, only who is invited comes in.`}
        />
        <RoleFields />
        <Controller
          name="required"
          render={({ field: { value, onChange } }) => (
            <Checkbox
              label={t`Refuse passwords for people of these domains`}
              description={t`The owner of the account can always sign in by password, should the provider fail.`}
              checked={value}
              onChange={({ currentTarget }) => onChange(currentTarget.checked)}
            />
          )}
        />
      </Form>
    </Dialog>
  )
}

/** Which role people get who were not invited, and which their groups give. */
function RoleFields() {
  const { t } = useLingui()
  const roleName = useRoleName()
  const roles = useQuery(rolesQuery)
  const { control } = useFormContext<Values>()
  const { fields, append, remove } = useFieldArray({ control, name: 'groupRoles' })
  const choices = (roles.data?.items ?? [])
    .filter(({ audience, slug }) => audience === 'staff' && slug !== 'api')
    .map((role) => ({ value: role.slug, label: roleName(role) }))
  return (
    <>
      <SelectField
        name="defaultRole"
        label={t`Role without an invitation`}
        help={t`For people of the domains. Left empty, they need an invitation.`}
        data={choices.filter(({ value }) => value !== 'administrator')}
      />
      <TextField
        name="groupClaim"
        label={t`Claim with the groups`}
        help={t`Such as “groups”. At each sign-in, the first of these groups that a person is in gives the role.`}
      />
      <TextField name="scopes" label={t`Scopes`} help={t`Beside openid, email and profile, by space.`} />
      {fields.map((field, place) => (
        <fieldset key={field.id} className={classes.group}>
          <legend className="visually-hidden">
            <Trans>Group {place + 1}</Trans>
          </legend>
          <TextField name={`groupRoles.${place}.group`} label={t`Group`} required />
          <SelectField name={`groupRoles.${place}.role`} label={t`Role`} data={choices} required />
          <Button variant="default" onClick={() => remove(place)}>{t`Remove`}</Button>
        </fieldset>
      ))}
      <div>
        <Button variant="default" size="xs" onClick={() => append({ group: '', role: '' })}>{t`Add a group`}</Button>
      </div>
    </>
  )
}
