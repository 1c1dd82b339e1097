import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { allOpen, chosenLines, QuantityFields, type QuantityValues } from './QuantityFields.tsx'
import { useFulfillers } from './useFulfillers.ts'
import { useRefreshOrders } from './useFulfillment.ts'

type Props = {
  order: { id: string; number: string }
  lines: { orderLineId: string; sku: string; name: string; quantity: number }[]
  onClose: () => void
}
type Values = QuantityValues & { fulfiller: string }

/** Gives lines that nobody has to a supplier or a warehouse, whole or in part. */
export function AssignDialog({ order, lines, onClose }: Props) {
  const { t } = useLingui()
  const refresh = useRefreshOrders()
  const { options, bodyOf, nameOf } = useFulfillers()
  const open = lines.map(({ orderLineId, quantity, ...line }) => ({ ...line, id: orderLineId, open: quantity }))
  const assign = async (values: Values) => {
    const chosen = chosenLines(open, values)
    await api('POST /orders/:id/assign', {
      params: { id: order.id },
      body: { ...bodyOf(values.fulfiller), ...(chosen.length > 0 ? { lines: chosen } : {}) },
    })
    toast.done(t`Assigned to ${nameOf(values.fulfiller)}`)
    onClose()
    await refresh()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Assign lines of ${order.number}`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Form<Values>
        defaultValues={{ fulfiller: '', lines: allOpen(open) }}
        action={t`Assign`}
        onSubmit={assign}
        onCancel={onClose}
      >
        <SelectField name="fulfiller" label={t`To`} data={options} searchable required />
        <QuantityFields lines={open} />
      </Form>
    </Modal>
  )
}
