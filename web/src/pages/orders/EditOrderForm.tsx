import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { get, set } from 'react-hook-form'
import { ApiProblem, api, type Input } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import type { EditPath } from '../../words.ts'
import { type Conflict, EditConflicts } from './EditConflicts.tsx'
import { EditOrderFields } from './EditOrderFields.tsx'
import { editWords } from './edit-words.ts'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

type Change = Input<'PATCH /orders/:id'>['body']
/** What the form began with, or what somebody saved meanwhile: only what differs from it is sent. */
type Base = { version: number; values: Partial<Record<EditPath, unknown>> }

const paths = Object.keys(editWords) as EditPath[]
/** A form has no null: an empty field is ''. */
const inForm = (value: unknown) => value ?? ''

function valuesOf(order: Order): Partial<Record<EditPath, unknown>> {
  return Object.fromEntries(
    paths.filter((path) => get(order, path) !== undefined).map((path) => [path, inForm(get(order, path))]),
  )
}

function nested(flat: Partial<Record<EditPath, unknown>>) {
  const values = {}
  for (const [path, value] of Object.entries(flat)) set(values, path, value)
  return values
}

/** What somebody saved meanwhile is what one begins with now; a field that only one of the two changed is no conflict. */
function meet(more: Record<string, unknown>, from: Base) {
  const { version, fields } = more as { version: number; fields: Record<EditPath, { yours: unknown; theirs: unknown }> }
  const both = paths
    .filter((path) => path in fields)
    .map((path): Conflict => ({ path, yours: inForm(fields[path].yours), theirs: inForm(fields[path].theirs) }))
  const values = { ...from.values, ...Object.fromEntries(both.map(({ path, theirs }) => [path, theirs])) }
  return { base: { version, values }, conflicts: both.filter(({ path, theirs }) => theirs !== from.values[path]) }
}

/** Corrects an order. When somebody else saved meanwhile, both values are shown and the person decides. */
export function EditOrderForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const [base, setBase] = useState<Base>({ version: order.version, values: valuesOf(order) })
  const [conflicts, setConflicts] = useState<Conflict[]>([])
  const send = async (values: object, from: Base): Promise<void> => {
    const changed = paths.filter((path) => path in from.values && get(values, path) !== from.values[path])
    if (changed.length === 0) return onClose()
    const wish = nested(Object.fromEntries(changed.map((path) => [path, get(values, path)]))) as Change
    const body = { ...wish, version: from.version, ...(wish.shipBy === '' ? { shipBy: null } : {}) }
    try {
      await change(api('PATCH /orders/:id', { params: { id: order.id }, body }), t`Order ${order.number} is saved.`)
      onClose()
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'changed_meanwhile') throw problem
      const met = meet(problem.more, from)
      setBase(met.base)
      setConflicts(met.conflicts)
      // Somebody saved other fields than these: there is nothing to decide.
      if (met.conflicts.length === 0) await send(values, met.base)
    }
  }
  return (
    <Dialog wide title={t`Edit order ${order.number}`} onClose={onClose}>
      <Form
        defaultValues={nested(base.values)}
        action={t`Save`}
        onSubmit={(values) => send(values, base)}
        onCancel={onClose}
      >
        {conflicts.length > 0 && <EditConflicts conflicts={conflicts} />}
        <EditOrderFields order={order} />
      </Form>
    </Dialog>
  )
}
