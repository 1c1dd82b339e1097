import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { ProductField } from './ProductField.tsx'
import { type ProductStock, useStockChanged, warehousesQuery } from './useStock.ts'

type Values = { productId: string; warehouseId: string; by: string; reason: string }

/** So many more, or fewer, on hand, for a reason; without a product it is chosen first. */
export function AdjustDialog({ stock, onClose }: { stock?: ProductStock; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useStockChanged()
  const warehouses = useQuery(warehousesQuery()).data ?? []
  const first = stock?.levels.find(({ onHand }) => onHand > 0) ?? stock?.levels[0]
  const submit = async ({ by, ...values }: Values) => {
    await api('POST /stock/adjustments', { body: { ...values, by: readWhole(by)! } })
    await changed()
    toast.done(t`Stock is adjusted.`)
    onClose()
  }
  return (
    <Dialog title={stock ? t`Adjust ${stock.product.sku}` : t`Adjust stock`} onClose={onClose}>
      <Form<Values>
        defaultValues={{
          productId: stock?.product.id ?? '',
          warehouseId: first?.warehouse.id ?? '',
          by: '',
          reason: '',
        }}
        onSubmit={submit}
        action={t`Adjust`}
        onCancel={onClose}
      >
        {!stock && <ProductField />}
        <SelectField
          name="warehouseId"
          label={t`Warehouse`}
          required
          data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          name="by"
          label={t`By`}
          help={t`In single units: 12 puts twelve more on hand, -3 takes three away.`}
          required
          inputMode="numeric"
          rules={{ validate: (text: string) => Boolean(readWhole(text)) || t`Write a whole number other than 0.` }}
        />
        <TextAreaField name="reason" label={t`Reason`} required rows={2} />
      </Form>
    </Dialog>
  )
}

/** A whole number as people write it, with a sign of either kind; undefined for anything else. */
function readWhole(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(/^[−–]/, '-')
  return /^[+-]?\d{1,7}$/.test(plain) ? Number(plain) : undefined
}
