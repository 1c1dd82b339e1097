import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { type ProductStock, useStockChanged } from './useStock.ts'

/** Below how many available the product is low, warehouse by warehouse; an empty field ends the watch. */
export function LowLevelDialog({ stock, onClose }: { stock: ProductStock; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useStockChanged()
  const begun = Object.fromEntries(
    stock.levels.map(({ warehouse, lowLevel }) => [key(warehouse.id), lowLevel ? String(lowLevel) : '']),
  )
  const submit = async (values: Record<string, string>) => {
    for (const { warehouse } of stock.levels) {
      const text = values[key(warehouse.id)]!.trim()
      if (text === begun[key(warehouse.id)]) continue
      const body = { productId: stock.product.id, warehouseId: warehouse.id, level: text === '' ? null : Number(text) }
      await api('PUT /stock/low-levels', { body })
    }
    await changed()
    toast.done(t`The low levels are saved.`)
    onClose()
  }
  const rules = {
    validate: (text: string) =>
      text.trim() === '' ||
      (/^[1-9]\d{0,6}$/.test(text.trim()) && Number(text) <= 1_000_000) ||
      t`Write a whole number above 0, or nothing.`,
  }
  return (
    <Dialog title={t`Low levels of ${stock.product.sku}`} onClose={onClose}>
      <Form defaultValues={begun} onSubmit={submit} action={t`Save`} onCancel={onClose}>
        <p
          style={{ margin: 0 }}
        >{t`With fewer available than this, the product is shown as low. Leave it empty where nobody needs to know.`}</p>
        {stock.levels.map(({ warehouse }) => (
          <TextField
            key={warehouse.id}
            name={key(warehouse.id)}
            label={warehouse.name}
            inputMode="numeric"
            rules={rules}
          />
        ))}
      </Form>
    </Dialog>
  )
}

const key = (warehouseId: string) => `at-${warehouseId}`
