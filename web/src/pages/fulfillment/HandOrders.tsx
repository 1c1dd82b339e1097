import { Plural, useLingui } from '@lingui/react/macro'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField } from '../../ui/form/fields.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { useAssignees, useSayHanded } from './useAssignees.ts'
import { useFulfillers } from './useFulfillers.ts'
import { useRefreshOrders } from './useFulfillment.ts'

type Props = { orderIds: string[]; onDone?: () => void; size?: 'xs' }

/** Gives to one person what his company, or the house, has of these orders; says of how many there was nothing to give. */
export function HandOrders({ size = undefined, ...props }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" {...(size && { size })} onClick={() => setOpen(true)}>{t`Give to a person`}</Button>
      {open && <HandOrdersDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function HandOrdersDialog({ orderIds, onDone, onClose }: Props & { onClose: () => void }) {
  const { t } = useLingui()
  const refresh = useRefreshOrders()
  const say = useSayHanded(refresh)
  const people = useAssignees()
  const { options } = useFulfillers()
  const companies = new Map(options.flatMap(({ items }) => items.map(({ value, label }) => [value, label])))
  const items = people.data?.items ?? []
  const label = ({ name, supplierId }: (typeof items)[number]) => {
    const company = supplierId && companies.get(supplierId)
    return company ? `${name} · ${company}` : name
  }
  const save = async ({ memberId }: { memberId: string | null }) => {
    const { passedOver, ...handed } = await api('POST /orders/hand', { body: { orderIds, memberId } })
    const name = items.find(({ id }) => id === memberId)?.name
    const total = orderIds.length
    const given = total - passedOver
    if (given === 0) toast.failed(t`Nothing was given: it is with another company, with nobody yet, or has left.`)
    else
      say(
        name
          ? t`Given to ${name}: ${given} of ${total} orders.`
          : t`Nobody in particular has them now: ${given} of ${total} orders.`,
        handed,
      )
    onClose()
    onDone?.()
    await refresh()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={<Plural value={orderIds.length} one="Give # order to a person" other="Give # orders to a person" />}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {people.isError && <ProblemNote problem={people.error} />}
      <Form<{ memberId: string | null }>
        defaultValues={{ memberId: null }}
        action={t`Give`}
        onSubmit={save}
        onCancel={onClose}
      >
        <SelectField
          name="memberId"
          label={t`Person`}
          help={t`Gets what the own warehouse has of them; somebody of a supplier, what that supplier has. Left empty, nobody in particular has it.`}
          data={items.map((one) => ({ value: one.id, label: label(one) }))}
          searchable
        />
      </Form>
    </Modal>
  )
}
