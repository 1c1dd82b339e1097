import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './Queue.module.css'
import { useFulfillers } from './useFulfillers.ts'
import { useRefreshOrders } from './useFulfillment.ts'

type Props = {
  order: { id: string; number: string }
  lines: { orderLineId: string; sku: string; name: string; quantity: number }[]
  onClose: () => void
}
type Values = { fulfiller: string; lines: { quantity: string }[] }

/** Gives lines that nobody has to a supplier or a warehouse, whole or in part. */
export function AssignDialog({ order, lines, onClose }: Props) {
  const { t } = useLingui()
  const refresh = useRefreshOrders()
  const { options, bodyOf, nameOf } = useFulfillers()
  const assign = async (values: Values) => {
    const chosen = lines
      .map((line, index) => ({ lineId: line.orderLineId, quantity: Number(values.lines[index]!.quantity) }))
      .filter(({ quantity }) => quantity > 0)
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
        defaultValues={{ fulfiller: '', lines: lines.map((line) => ({ quantity: String(line.quantity) })) }}
        action={t`Assign`}
        onSubmit={assign}
        onCancel={onClose}
      >
        <SelectField name="fulfiller" label={t`To`} data={options} searchable required />
        <fieldset className={classes.quantities}>
          <legend>{t`Quantities`}</legend>
          {lines.map((line, index) => (
            <TextField
              key={line.orderLineId}
              name={`lines.${index}.quantity`}
              type="number"
              inputMode="numeric"
              min={0}
              max={line.quantity}
              label={`${line.name || line.sku}${line.name && line.sku ? ` (${line.sku})` : ''}`}
              help={t`of ${line.quantity}`}
              rules={{
                validate: (value: string) =>
                  (/^\d+$/.test(value) && Number(value) <= line.quantity) || t`A number from 0 to ${line.quantity}.`,
              }}
            />
          ))}
        </fieldset>
      </Form>
    </Modal>
  )
}
