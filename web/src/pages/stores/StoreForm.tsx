import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import { toast } from '../../ui/toast.ts'
import { currencyChoices, likelyCurrency } from '../access/currencies.ts'
import type { Store } from './StoresPage.tsx'

type Values = { name: string; currency: string }

/** Creates a store of the house, or changes name and currency of one. */
export function StoreForm({ store, onClose }: { store: Store | null; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const begun = { name: store?.name ?? '', currency: store?.currency ?? likelyCurrency() }
  const { conflicts, save } = useEdit(store?.version ?? 0, begun, (value) => value ?? '')
  const done = async (sentence: string) => {
    await client.invalidateQueries({ queryKey: ['stores'] })
    toast.done(sentence)
    onClose()
  }
  const submit = async (values: Values) => {
    const { name } = values
    if (!store) {
      await api('POST /stores', { body: values })
      return await done(t`${name} was created.`)
    }
    const saved = await save(values, (fields, version) =>
      api('PATCH /stores/:id', { params: { id: store.id }, version, body: fields }),
    )
    if (saved) await done(t`${name} is changed.`)
  }
  const labels: Values = { name: t`Name`, currency: t`Currency` }
  return (
    <Dialog title={store?.name ?? t`New store`} onClose={onClose}>
      <Form<Values>
        defaultValues={begun}
        onSubmit={submit}
        action={store ? t`Save` : t`Create store`}
        onCancel={onClose}
      >
        <FormConflicts conflicts={conflicts} label={(path) => labels[path as keyof Values] ?? path} />
        <TextField name="name" label={labels.name} required maxLength={120} data-autofocus />
        <SelectField
          name="currency"
          label={labels.currency}
          help={t`Orders that are there keep theirs.`}
          data={currencyChoices(i18n.locale)}
          searchable
        />
      </Form>
    </Dialog>
  )
}
