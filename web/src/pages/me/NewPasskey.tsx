import { Trans, useLingui } from '@lingui/react/macro'
import type { Input, ResponseOf } from '../../api.ts'
import { knowsPasskeys, makePasskey, turnedAway } from '../../passkeys.ts'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { deviceName } from './device-name.ts'
import classes from './me.module.css'

type Props = {
  ask: () => Promise<ResponseOf<'POST /me/passkeys/ask'>>
  keep: (body: Input<'POST /me/passkeys'>['body']) => Promise<unknown>
  onCancel: () => void
}

/** A passkey is named first, then the browser asks for finger, face or PIN. */
export function NewPasskey({ ask, keep, onCancel }: Props) {
  const { t } = useLingui()
  if (!knowsPasskeys()) {
    return (
      <p className={classes.quiet}>
        <Trans>This browser knows no passkeys at this address: they need https. Use an app for codes.</Trans>
      </p>
    )
  }
  return (
    <Form<{ name: string }>
      defaultValues={{ name: deviceName(navigator.userAgent) }}
      action={t`Make the passkey`}
      onCancel={onCancel}
      onSubmit={async ({ name }) => {
        try {
          await keep({ name: name.trim(), passkey: await makePasskey(await ask()) })
        } catch (error) {
          if (!turnedAway(error)) throw error
        }
      }}
    >
      <TextField
        name="name"
        label={t`Name of the passkey`}
        help={t`Where it is kept: you will know by it which one to remove.`}
        required
      />
    </Form>
  )
}
