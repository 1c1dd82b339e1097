import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { PasswordField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import { usePasswordRules } from '../access/password.ts'
import classes from './me.module.css'

export function PasswordSection() {
  const { t } = useLingui()
  const client = useQueryClient()
  const rules = usePasswordRules()
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={t`Password`}
      action={
        !open && <Button variant="default" size="xs" onClick={() => setOpen(true)}>{t`Change the password`}</Button>
      }
    >
      {open ? (
        <Form<{ oldPassword: string; password: string }>
          defaultValues={{ oldPassword: '', password: '' }}
          action={t`Change the password`}
          onCancel={() => setOpen(false)}
          onSubmit={async (body) => {
            await api('POST /me/password', { body })
            setOpen(false)
            toast.done(t`Your password is changed, and your other sessions have ended.`)
            await client.invalidateQueries({ queryKey: ['me', 'sessions'] })
          }}
        >
          <PasswordField name="oldPassword" label={t`Your password`} autoComplete="current-password" required />
          <PasswordField
            name="password"
            label={t`New password`}
            help={rules.help}
            rules={rules.rules}
            autoComplete="new-password"
            required
          />
        </Form>
      ) : (
        <p className={classes.quiet}>{t`A change ends all your other sessions.`}</p>
      )}
    </Section>
  )
}
