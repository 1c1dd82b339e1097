import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextAreaField } from '../../ui/form/fields.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** Puts the order into the queue of issues, with what is wrong with its address. */
export function AddressProblemForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const { id, number } = order
  return (
    <Dialog title={t`Report an address problem of order ${number}`} onClose={onClose}>
      <Form
        defaultValues={{ reason: '' }}
        action={t`Report`}
        onCancel={onClose}
        onSubmit={async ({ reason }) => {
          const raise = api('POST /orders/:id/issues', { params: { id }, body: { kind: 'address', reason } })
          await change(raise, t`Order ${number} is in the queue of issues.`)
          onClose()
        }}
      >
        <TextAreaField
          data-autofocus
          name="reason"
          label={t`What is wrong with it`}
          help={t`Everybody who opens the order reads it.`}
          required
        />
      </Form>
    </Dialog>
  )
}
