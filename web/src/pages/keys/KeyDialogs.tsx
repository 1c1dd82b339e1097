import { Trans, useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './keys.module.css'
import { type Key, type NewSecret, toNetworks, useKeysChanged } from './keys.ts'

/** Another name, or other networks to come from. */
export function ChangeKeyDialog({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useKeysChanged()
  const change = async ({ name, networks }: { name: string; networks: string }) => {
    try {
      await api('PATCH /keys/:id', {
        params: { id: apiKey.id },
        version: apiKey.version,
        body: { name: name.trim(), networks: toNetworks(networks) },
      })
      toast.done(t`The key is changed. It counts at once.`)
      onClose()
    } finally {
      await changed()
    }
  }
  return (
    <Dialog title={t`Change the key`} onClose={onClose}>
      <Form
        defaultValues={{ name: apiKey.name, networks: apiKey.networks?.join('\n') ?? '' }}
        action={t`Save the key`}
        onSubmit={change}
        onCancel={onClose}
      >
        <TextField name="name" label={t`Name`} autoComplete="off" required />
        <TextAreaField
          name="networks"
          label={t`Networks`}
          help={t`One a line, such as 203.0.113.0/24. Left empty: it may come from anywhere.`}
          rows={3}
        />
      </Form>
    </Dialog>
  )
}

type RotateProps = { apiKey: Key; onClose: () => void; onSecret: (secret: NewSecret) => void }

/** A new secret now, and how long the old one works beside it. */
export function RotateKeyDialog({ apiKey, onClose, onSecret }: RotateProps) {
  const { t } = useLingui()
  const changed = useKeysChanged()
  const rotate = async ({ overlapHours }: { overlapHours: string }) => {
    const secret = await api('POST /keys/:id/rotate', {
      params: { id: apiKey.id },
      body: { overlapHours: Number(overlapHours) },
    })
    await changed()
    onClose()
    onSecret(secret)
  }
  return (
    <Dialog title={t`Rotate the key`} onClose={onClose}>
      <Form defaultValues={{ overlapHours: '24' }} action={t`Rotate`} onSubmit={rotate} onCancel={onClose}>
        <p className={classes.quiet}>
          <Trans>
            You get a new secret, good for a year. The old one goes on working for a while, so that you can put the new
            one in its place. From now on you answer for this key: it stays within your rights.
          </Trans>
        </p>
        <SelectField
          name="overlapHours"
          label={t`The old secret works for`}
          data={[
            { value: '0', label: t`No longer: end it now` },
            { value: '1', label: t`An hour` },
            { value: '24', label: t`A day` },
            { value: '72', label: t`Three days` },
            { value: '168', label: t`Seven days` },
          ]}
          required
        />
      </Form>
    </Dialog>
  )
}
