import { plural } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField } from '../../ui/form/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { useFulfillers } from './useFulfillers.ts'
import { useRefreshOrders } from './useFulfillment.ts'

type Props = { orderIds: string[]; onDone: () => void }

/** Gives all that nobody has of the selected orders to one fulfiller; says how many there was nothing to give of. */
export function AssignOrders({ orderIds, onDone }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{t`Assign`}</Button>
      {open && <AssignOrdersDialog orderIds={orderIds} onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  )
}

function AssignOrdersDialog({ orderIds, onDone, onClose }: Props & { onClose: () => void }) {
  const { t } = useLingui()
  const refresh = useRefreshOrders()
  const { options, bodyOf, nameOf } = useFulfillers()
  const assign = async ({ fulfiller }: { fulfiller: string }) => {
    const { rows } = await api('POST /orders/assign', { body: { orderIds, ...bodyOf(fulfiller) } })
    const assigned = rows.filter(({ result }) => result === 'assigned').length
    const name = nameOf(fulfiller)
    if (assigned === rows.length)
      toast.done(plural(assigned, { one: `# order assigned to ${name}.`, other: `# orders assigned to ${name}.` }))
    else
      toast.done(t`${assigned} of ${rows.length} orders assigned to ${name}; of the others nothing is left to assign.`)
    onClose()
    onDone()
    await refresh()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Plural value={orderIds.length} one="Assign # order" other="Assign # orders" />}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Form defaultValues={{ fulfiller: '' }} action={t`Assign`} onSubmit={assign} onCancel={onClose}>
        <SelectField
          name="fulfiller"
          label={t`To`}
          help={t`All lines that nobody has yet.`}
          data={options}
          searchable
          required
        />
      </Form>
    </Modal>
  )
}
