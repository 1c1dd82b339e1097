import { useLingui } from '@lingui/react/macro'
import { api } from '../../../api.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Form } from '../../../ui/form/Form.tsx'
import { ReasonField } from '../../orders/ReasonField.tsx'
import { useChangeOrder } from '../../orders/useChangeOrder.ts'
import type { PortalOrder } from './usePortalOrders.ts'

type Step = 'hold' | 'cancel' | 'takeBack'

/** Asks the host to stop an order, to cancel it or to take it back. */
export function AskHostForm({ order, step, onClose }: { order: PortalOrder; step: Step; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const { id, number } = order
  const words = {
    hold: { title: t`Ask to stop order ${number}`, action: t`Ask to stop it` },
    cancel: { title: t`Ask to cancel order ${number}`, action: t`Ask to cancel it` },
    takeBack: { title: t`Ask to return order ${number}`, action: t`Ask to return it` },
  }[step]
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Form
        defaultValues={{ reason: '' }}
        action={words.action}
        onCancel={onClose}
        onSubmit={async ({ reason }) => {
          const body = { reason, [step]: {} }
          await change(
            api('POST /orders/:id/requests', { params: { id }, body }),
            t`It is requested for order ${number}.`,
          )
          onClose()
        }}
      >
        <p>{t`We look at it and answer here, on the order's page.`}</p>
        <ReasonField />
      </Form>
    </Dialog>
  )
}
