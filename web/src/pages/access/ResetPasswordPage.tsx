import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiProblem, api } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField } from '../../ui/form/fields.tsx'
import { Empty } from '../../ui/states.tsx'
import { useTitle } from '../../ui/useTitle.ts'
import classes from './access.module.css'
import { usePasswordRules } from './password.ts'
import { SpentLink } from './SpentLink.tsx'
import { useOneTimeToken } from './useOneTimeToken.ts'

export default function ResetPasswordPage() {
  const { t } = useLingui()
  useTitle(t`New password`)
  const token = useOneTimeToken()
  const navigate = useNavigate()
  const { help, rules } = usePasswordRules()
  const [state, setState] = useState<'open' | 'done' | 'spent'>('open')
  if (!token || state === 'spent') return <SpentLink action={<AskAgain />} />
  if (state === 'done') {
    return (
      <Empty
        whole
        icon="check"
        title={t`Your password is set`}
        action={<Button onClick={() => void navigate(paths.signIn())}>{t`Sign in`}</Button>}
      >
        <Trans>All your sessions have ended. Sign in with the new password.</Trans>
      </Empty>
    )
  }
  return (
    <>
      <h1 className={classes.title}>
        <Trans>New password</Trans>
      </h1>
      <Form<{ password: string }>
        wide
        defaultValues={{ password: '' }}
        action={t`Set the password`}
        onSubmit={async ({ password }) => {
          try {
            await api('POST /password/reset', { body: { token, password } })
            setState('done')
          } catch (error) {
            if (!(error instanceof ApiProblem) || error.status !== 410) throw error
            setState('spent')
          }
        }}
      >
        <PasswordField
          name="password"
          label={t`New password`}
          help={help}
          rules={rules}
          autoComplete="new-password"
          size="lg"
          required
        />
      </Form>
    </>
  )
}

function AskAgain() {
  const { t } = useLingui()
  return <Button component={Link} {...paths.forgotPassword()}>{t`Ask for a new link`}</Button>
}
