import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { Section } from '../../ui/Section.tsx'
import classes from './me.module.css'

type Props = { email: string; waiting: string | null; onChanged: () => Promise<unknown> }

/** The address by which I sign in. A new one counts once it was confirmed. */
export function EmailSection({ email, waiting, onChanged }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={t`E-mail`}
      action={
        !open && <Button variant="default" size="xs" onClick={() => setOpen(true)}>{t`Change the address`}</Button>
      }
    >
      <p className={classes.quiet}>{email}</p>
      {waiting && (
        <p className={classes.quiet} role="status">
          <Trans>
            {waiting} waits to be confirmed, by the link that was sent there. Until then you sign in as before.
          </Trans>
        </p>
      )}
      {open && (
        <Form<{ email: string }>
          defaultValues={{ email: '' }}
          action={t`Send the link`}
          onCancel={() => setOpen(false)}
          onSubmit={async (values) => {
            await api('POST /me/email', { body: { email: values.email.trim() } })
            setOpen(false)
            await onChanged()
          }}
        >
          <TextField
            name="email"
            type="email"
            label={t`New address`}
            help={t`It gets a link to confirm. Your present address is told too, and can undo the change for 7 days.`}
            autoComplete="email"
            autoFocus
            required
          />
        </Form>
      )}
    </Section>
  )
}
