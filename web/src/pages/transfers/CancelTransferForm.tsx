import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextAreaField } from '../../ui/form/fields.tsx'
import { type Transfer, useTransferStep } from './useTransfers.ts'

/** Calls off what was not received; what has left asks for a reason. */
export function CancelTransferForm({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useLingui()
  const step = useTransferStep()
  const { id, number, version, state } = transfer
  const hasLeft = state !== 'draft' && state !== 'to_ship'
  return (
    <Dialog title={t`Cancel transfer ${number}`} onClose={onClose}>
      <Form
        defaultValues={{ reason: '' }}
        action={t`Cancel transfer`}
        onCancel={onClose}
        onSubmit={async ({ reason }) => {
          const body = reason.trim() ? { reason } : {}
          await step(api('POST /transfers/:id/cancel', { params: { id }, version, body }), t`${number} is cancelled.`)
          onClose()
        }}
      >
        <p>{t`What was received stays in stock; nothing more is waited for.`}</p>
        <TextAreaField
          data-autofocus
          name="reason"
          label={t`Reason`}
          help={hasLeft ? t`It has left already, so say why. Both sides read it.` : t`Both sides read it.`}
          required={hasLeft}
        />
      </Form>
    </Dialog>
  )
}
