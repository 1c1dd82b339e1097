import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { api, type Input } from '../../api.ts'
import type { Language } from '../../i18n.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField, SelectField, TextField } from '../../ui/form/fields.tsx'
import { Empty } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { currencyChoices, likelyCurrency } from './currencies.ts'
import { usePasswordRules } from './password.ts'
import { useArrive } from './useArrive.ts'
import { useOneTimeToken } from './useOneTimeToken.ts'

type Values = Omit<Input<'POST /accounts'>['body'], 'token' | 'locale'>

export default function CreateAccountPage() {
  const { t, i18n } = useLingui()
  useTitle(t`Create your account`)
  const token = useOneTimeToken()
  const arrive = useArrive()
  const password = usePasswordRules()
  const currencies = useMemo(() => currencyChoices(i18n.locale), [i18n.locale])
  const zones = useMemo(timeZones, [])
  if (!token) return <NoLink />
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Create your account</Trans>
      </h1>
      <p className={classes.lead}>
        <Trans>The account is your company; you will be its first administrator.</Trans>
      </p>
      <Form<Values>
        wide
        defaultValues={{
          accountName: '',
          name: '',
          email: '',
          password: '',
          currency: likelyCurrency(),
          timezone: ownZone(),
        }}
        action={t`Create the account`}
        onSubmit={async (values) => {
          const body = { ...values, email: values.email.trim(), token, locale: i18n.locale as Language }
          await arrive(await api('POST /accounts', { body }))
        }}
      >
        <TextField name="accountName" label={t`Company`} autoComplete="organization" autoFocus required />
        <TextField name="name" label={t`Your name`} autoComplete="name" required />
        <TextField name="email" type="email" label={t`E-mail`} autoComplete="username" required />
        <PasswordField
          name="password"
          label={t`Password`}
          help={password.help}
          rules={password.rules}
          autoComplete="new-password"
          required
        />
        <SelectField name="currency" label={t`Currency`} data={currencies} searchable required />
        <SelectField
          name="timezone"
          label={t`Time zone`}
          help={t`Decides on which day an order counts.`}
          data={zones}
          searchable
          required
        />
      </Form>
    </>
  )
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
/** The list of the browser lacks UTC, and may lack the zone the machine is set to. */
const timeZones = () => [...new Set(['UTC', ownZone(), ...Intl.supportedValuesOf('timeZone')])]

function NoLink() {
  const { t } = useLingui()
  return (
    <Empty whole icon="lock" title={t`Open the link from the console`}>
      <Trans>
        The first account is created with the one-time link that the server prints when it starts. Open that whole link.
      </Trans>
    </Empty>
  )
}
