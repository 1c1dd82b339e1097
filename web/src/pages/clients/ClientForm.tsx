import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { type Language, languages } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { toast } from '../../ui/toast.ts'
import { type Client, useClientsChanged } from './useClients.ts'

type Values = { name: string; email: string; locale: Language }

/** Creates a client, or changes how it is called and written to. */
export function ClientForm({ client, onClose }: { client: Client | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const changed = useClientsChanged()
  const navigate = useNavigate()
  const begun: Values = {
    name: client?.name ?? '',
    email: client?.email ?? '',
    locale: client?.locale ?? (i18n.locale as Language),
  }
  const { conflicts, save } = useEdit(client?.version ?? 0, begun, (value) => value ?? '')
  const toBody = ({ email, ...rest }: Partial<Values>) => ({
    ...rest,
    ...(email === undefined ? {} : { email: email.trim() || null }),
  })
  const submit = async (values: Values) => {
    const { name } = values
    if (!client) {
      const { id } = await api('POST /clients', { body: { ...toBody(values), name } })
      await changed()
      toast.done(t`${name} was created.`)
      return await navigate(paths.client(id, 'stores'))
    }
    const saved = await save(values, (edited, version) =>
      api('PATCH /clients/:id', { params: { id: client.id }, version, body: toBody(edited) }),
    )
    if (!saved) return
    await changed()
    toast.done(t`${name} is changed.`)
    onClose()
  }
  const labels: Record<string, string> = { name: t`Name`, email: t`E-mail`, locale: t`Language` }
  return (
    <Dialog title={client ? client.name : t`New client`} onClose={onClose}>
      <Form<Values>
        defaultValues={begun}
        onSubmit={submit}
        action={client ? t`Save` : t`Create client`}
        onCancel={onClose}
      >
        <FormConflicts
          conflicts={conflicts}
          label={(path) => labels[path] ?? path}
          shown={(value, path) => (path === 'locale' ? languages[value as Language] : String(value))}
        />
        <TextField name="name" label={t`Name`} required maxLength={200} data-autofocus />
        <TextField
          name="email"
          label={t`E-mail`}
          type="email"
          maxLength={254}
          help={t`Of the company. Its people are invited apart, each with an address of his own.`}
        />
        <SelectField
          name="locale"
          label={t`Language`}
          help={t`Invitations go out in it.`}
          required
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
      </Form>
    </Dialog>
  )
}
