import { useLingui } from '@lingui/react/macro'
import { api, type ResponseOf } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'

type Passkey = ResponseOf<'GET /me/security'>['passkeys'][number]
type Props = { passkey: Passkey; onClose: () => void; onChanged: () => Promise<unknown> }

export function RenamePasskeyDialog({ passkey: { id, version, name }, onClose, onChanged }: Props) {
  const { t } = useLingui()
  const rename = async (values: { name: string }) => {
    try {
      await api('PATCH /me/passkeys/:id', { params: { id }, version, body: { name: values.name.trim() } })
      toast.done(t`The passkey has its new name.`)
      onClose()
    } finally {
      await onChanged()
    }
  }
  return (
    <Dialog title={t`Rename the passkey ${name}`} onClose={onClose}>
      <Form<{ name: string }> defaultValues={{ name }} action={t`Rename`} onSubmit={rename} onCancel={onClose}>
        <TextField
          name="name"
          label={t`Name of the passkey`}
          help={t`Where it is kept: you will know by it which one to remove.`}
          maxLength={80}
          autoComplete="off"
          required
        />
      </Form>
    </Dialog>
  )
}
