import { useLingui } from '@lingui/react/macro'
import { get, set } from 'react-hook-form'
import { api, type Input } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { useEdit } from '../../ui/form/useEdit.ts'
import type { EditPath } from '../../words.ts'
import { EditOrderFields } from './EditOrderFields.tsx'
import { editWords } from './edit-words.ts'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

type Change = NonNullable<Input<'PATCH /orders/:id'>['body']>
type Values = Partial<Record<EditPath, unknown>>

/** A form has no null: an empty field is ''. */
const inForm = (value: unknown) => value ?? ''
const paths = Object.keys(editWords) as EditPath[]
const flat = (from: object): Values =>
  Object.fromEntries(
    paths.filter((path) => get(from, path) !== undefined).map((path) => [path, inForm(get(from, path))]),
  )

function nested(values: Values) {
  const deep = {}
  for (const [path, value] of Object.entries(values)) set(deep, path, value)
  return deep
}

/** Corrects an order. When somebody else saved meanwhile, both values are shown and the person decides. */
export function EditOrderForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { country, day } = useFormat()
  const change = useChangeOrder()
  const { conflicts, save } = useEdit(order.version, flat(order), inForm)
  const submit = async (values: object) => {
    const saved = await save(flat(values), (changed: Values, version) => {
      const body: Change = { ...nested(changed), ...(changed.shipBy === '' ? { shipBy: null } : {}) }
      return change(
        api('PATCH /orders/:id', { params: { id: order.id }, version, body }),
        t`Order ${order.number} is saved.`,
      )
    })
    if (saved) onClose()
  }
  const shown = (value: unknown, path: string) => {
    if (value !== '' && path === 'recipient.country') return country(String(value))
    return value !== '' && path === 'shipBy' ? day(String(value)) : String(value)
  }
  return (
    <Dialog wide title={t`Edit order ${order.number}`} onClose={onClose}>
      <Form defaultValues={nested(flat(order))} action={t`Save`} onSubmit={submit} onCancel={onClose}>
        <FormConflicts conflicts={conflicts} label={(path) => i18n._(editWords[path as EditPath])} shown={shown} />
        <EditOrderFields order={order} />
      </Form>
    </Dialog>
  )
}
