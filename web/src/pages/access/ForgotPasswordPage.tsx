import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { Empty } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'

export default function ForgotPasswordPage() {
  const { t } = useLingui()
  useTitle(t`Forgotten password`)
  const [sent, setSent] = useState('')
  if (sent) {
    return (
      <Empty whole icon="outbox" title={t`Look into your mail`}>
        <Trans>
          If {sent} is known here, a link is on its way. It works once, within an hour. At most three an hour are sent.
        </Trans>
      </Empty>
    )
  }
  return (
    <>
      <h1 className={classes.title}>
        <Trans>Forgotten password</Trans>
      </h1>
      <p className={classes.lead}>
        <Trans>You get a link by mail with which you set a new one.</Trans>
      </p>
      <Form<{ email: string }>
        wide
        defaultValues={{ email: '' }}
        action={t`Send the link`}
        onSubmit={async ({ email }) => {
          await api('POST /password/forgot', { body: { email: email.trim() } })
          setSent(email.trim())
        }}
      >
        <TextField name="email" type="email" label={t`E-mail`} autoComplete="username" size="lg" autoFocus required />
      </Form>
      <p className={classes.foot}>
        <Link {...paths.signIn()}>{t`Back to sign in`}</Link>
      </p>
    </>
  )
}
