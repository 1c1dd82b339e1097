import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { ApiProblem, api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormConflicts } from '../../ui/form/Conflicts.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import type { Conflict } from '../../ui/form/useEdit.ts'
import { toast } from '../../ui/toast.ts'
import { type LevelHere, type ProductStock, useStockChanged } from './useStock.ts'

/** What stood in the field of a warehouse when he began, or what somebody saved meanwhile. */
type Base = { version: number; text: string }

/** Below how many available the product is low, warehouse by warehouse, each saved by itself; an empty field ends the watch. */
export function LowLevelDialog({ stock, onClose }: { stock: ProductStock; onClose: () => void }) {
  const { t } = useLingui()
  const changed = useStockChanged()
  const [bases, setBases] = useState(() => new Map(stock.levels.map((level) => [key(level), baseOf(level)])))
  const [conflicts, setConflicts] = useState<Conflict[]>([])
  const submit = async (values: Record<string, string>) => {
    const next = new Map(bases)
    const met: Conflict[] = []
    for (const { warehouse } of stock.levels) {
      const path = key({ warehouse })
      const [{ version, text: begun }, text] = [next.get(path)!, values[path]!.trim()]
      if (text === begun) continue
      const body = { productId: stock.product.id, warehouseId: warehouse.id, level: text === '' ? null : Number(text) }
      try {
        next.set(path, { version: (await api('PUT /stock/low-levels', { version, body })).version, text })
      } catch (problem) {
        if (!(problem instanceof ApiProblem) || problem.code !== 'changed_meanwhile') throw problem
        const more = problem.more as { version: number; fields: { level?: { theirs: number | null } } }
        const theirs = more.fields.level ? inForm(more.fields.level.theirs) : text
        next.set(path, { version: more.version, text: theirs })
        if (theirs !== text) met.push({ path, yours: text, theirs })
      }
    }
    setBases(next)
    setConflicts(met)
    await changed()
    if (met.length > 0) return
    toast.done(t`The low levels are saved.`)
    onClose()
  }
  const rules = {
    validate: (text: string) =>
      text.trim() === '' ||
      (/^[1-9]\d{0,6}$/.test(text.trim()) && Number(text) <= 1_000_000) ||
      t`Write a whole number above 0, or nothing.`,
  }
  const named = (path: string) => stock.levels.find((level) => key(level) === path)?.warehouse.name ?? path
  return (
    <Dialog title={t`Low levels of ${stock.product.sku}`} onClose={onClose}>
      <Form
        defaultValues={Object.fromEntries([...bases].map(([path, { text }]) => [path, text]))}
        onSubmit={submit}
        action={t`Save`}
        onCancel={onClose}
      >
        <FormConflicts conflicts={conflicts} label={named} />
        <p
          style={{ margin: 0 }}
        >{t`With fewer available than this, the product is shown as low. Leave it empty where nobody needs to know.`}</p>
        {stock.levels.map((level) => (
          <TextField
            key={level.warehouse.id}
            name={key(level)}
            label={level.warehouse.name}
            inputMode="numeric"
            rules={rules}
          />
        ))}
      </Form>
    </Dialog>
  )
}

const key = ({ warehouse }: Pick<LevelHere, 'warehouse'>) => `at-${warehouse.id}`
const inForm = (level: number | null | undefined) => (level ? String(level) : '')
const baseOf = ({ lowLevel, lowLevelVersion }: LevelHere): Base => ({
  version: lowLevelVersion ?? 1,
  text: inForm(lowLevel),
})
