import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField } from '../../ui/form/fields.tsx'
import { LinesField, type LineValues, toLines } from './LinesField.tsx'
import { choicesQuery, useTransferStep } from './useTransfers.ts'

type Values = LineValues & { warehouseId: string; ownerId: string; note: string }

/** Goods of a client that stand at the door and were announced by nobody. */
export function TakeInForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const step = useTransferStep()
  const { data: choices } = useQuery(choicesQuery)
  const take = async (values: Values) => {
    const lines = toLines(values).map(({ sku, quantity }) => ({ sku, good: quantity }))
    const body = { warehouseId: values.warehouseId, ownerId: values.ownerId, lines, note: values.note.trim() }
    const made = await step(api('POST /transfers/unannounced', { body }))
    onClose()
    await navigate(paths.transfer(made.id))
  }
  return (
    <Dialog wide title={t`Take in unannounced goods`} onClose={onClose}>
      <Form<Values>
        defaultValues={{ warehouseId: '', ownerId: '', note: '', lines: [{ sku: '', quantity: '' }] }}
        action={t`Take in`}
        onCancel={onClose}
        onSubmit={take}
      >
        <SelectField
          name="ownerId"
          label={t`Whose goods`}
          required
          searchable
          data={
            choices?.owners
              .filter(({ kind }) => kind === 'client')
              .map(({ id, name }) => ({ value: id, label: name })) ?? []
          }
        />
        <SelectField
          name="warehouseId"
          label={t`Where`}
          required
          data={choices?.warehouses.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
        <LinesField label={t`What was counted`} />
        <TextAreaField name="note" label={t`Note`} help={t`The client reads it.`} rows={2} />
      </Form>
    </Dialog>
  )
}
