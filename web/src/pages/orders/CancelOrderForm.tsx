import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { ReasonField } from './ReasonField.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** Asks why, and says what will happen: it cannot be taken back. */
export function CancelOrderForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const { id, number } = order
  return (
    <Dialog title={t`Cancel order ${number}?`} onClose={onClose}>
      <Form
        defaultValues={{ reason: '' }}
        action={t`Cancel order ${number}`}
        onSubmit={async (body) => {
          await change(api('POST /orders/:id/cancel', { params: { id }, body }), t`Order ${number} is cancelled.`)
          onClose()
        }}
      >
        <p>
          {t`What nobody works on yet is cancelled and cannot be brought back. What a warehouse or supplier has taken on stays.`}
        </p>
        <ReasonField />
      </Form>
    </Dialog>
  )
}
