import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { ReasonField } from './ReasonField.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** Asks that what is being worked on is stopped or cancelled. */
export function AskStepForm({ order, step, onClose }: { order: Order; step: 'hold' | 'cancel'; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const { id, number } = order
  const words = {
    hold: { title: t`Ask to stop order ${number}`, action: t`Ask to stop it` },
    cancel: { title: t`Ask to cancel order ${number}`, action: t`Ask to cancel it` },
  }[step]
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Form
        defaultValues={{ reason: '' }}
        action={words.action}
        onCancel={onClose}
        onSubmit={async ({ reason }) => {
          const body = step === 'hold' ? { reason, hold: {} } : { reason, cancel: {} }
          await change(
            api('POST /orders/:id/requests', { params: { id }, body }),
            t`It is requested for order ${number}.`,
          )
          onClose()
        }}
      >
        <p>{t`A warehouse or supplier works on it already. Somebody who may decides whether there is still time.`}</p>
        <ReasonField />
      </Form>
    </Dialog>
  )
}
