import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { ApiProblem, api } from '../../api.ts'
import { useFormat } from '../../components/format.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './stock.module.css'
import { type ProductStock, productStockQuery, useStockChanged } from './useStock.ts'

type Values = { warehouseId: string; counted: string; reason: string }

/**
 * What was counted against what the ledger says. What moved while he counted is told, and nothing is written over it: he
 * looks again and counts from there.
 */
export function CountDialog({ stock, onClose }: { stock: ProductStock; onClose: () => void }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const client = useQueryClient()
  const changed = useStockChanged()
  // What the ledger said when he began: a level that is drawn again meanwhile does not change what he counts against.
  const [expected, setExpected] = useState(
    () => new Map(stock.levels.map(({ warehouse, onHand }) => [warehouse.id, onHand])),
  )
  const [moved, setMoved] = useState<number | null>(null)
  const submit = async ({ warehouseId, counted, reason }: Values) => {
    const body = {
      productId: stock.product.id,
      warehouseId,
      expected: expected.get(warehouseId)!,
      counted: Number(counted),
      reason,
    }
    try {
      const { state } = await api('POST /stock/counts', { body })
      await changed()
      toast.done(state === 'applied' ? t`The count is applied.` : t`The count waits for somebody who may adjust stock.`)
      onClose()
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'changed_meanwhile') throw problem
      const now = Number(problem.more.onHand)
      setExpected(new Map(expected).set(warehouseId, now))
      setMoved(now)
      await client.invalidateQueries(productStockQuery(stock.product.id))
    }
  }
  return (
    <Dialog title={t`Count ${stock.product.sku}`} onClose={onClose}>
      <Form<Values>
        defaultValues={{ warehouseId: stock.levels[0]?.warehouse.id ?? '', counted: '', reason: '' }}
        onSubmit={submit}
        action={t`Save the count`}
        onCancel={onClose}
      >
        {moved !== null && (
          <p role="alert" className={classes.waiting} style={{ margin: 0 }}>
            {t`It moved while you counted: ${number(moved)} are on hand now. Count again, then save.`}
          </p>
        )}
        <SelectField
          name="warehouseId"
          label={t`Warehouse`}
          required
          data={stock.levels.map(({ warehouse }) => ({ value: warehouse.id, label: warehouse.name }))}
        />
        <Expected of={expected} />
        <TextField
          name="counted"
          label={t`Counted`}
          required
          inputMode="numeric"
          data-autofocus
          rules={{
            validate: (text: string) =>
              (/^\d{1,7}$/.test(text.trim()) && Number(text) <= 1_000_000) || t`Write a whole number, 0 or more.`,
          }}
        />
        <TextField name="reason" label={t`Reason`} maxLength={500} />
      </Form>
    </Dialog>
  )
}

/** What should be there, and by how many the count differs. */
function Expected({ of }: { of: Map<string, number> }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const { control } = useFormContext<Values>()
  const [warehouseId, counted] = useWatch({ control, name: ['warehouseId', 'counted'] })
  const expected = of.get(warehouseId) ?? 0
  const by = /^\d{1,7}$/.test(counted.trim()) ? Number(counted) - expected : null
  return (
    <p className={classes.buttons} style={{ margin: 0 }} aria-live="polite">
      <span>{t`Expected: ${number(expected)}`}</span>
      {by !== null && by !== 0 && <strong>{by > 0 ? t`${number(by)} more` : t`${number(-by)} fewer`}</strong>}
    </p>
  )
}
