import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { SelectField, TextAreaField } from '../../ui/form/fields.tsx'
import { type Transfer, useTransferStep } from './useTransfers.ts'

/** Why nothing more is waited for, and what became of the rest. */
export function CloseTransferForm({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useLingui()
  const step = useTransferStep()
  const { id, number, version } = transfer
  return (
    <Dialog title={t`Close transfer ${number} short`} onClose={onClose}>
      <Form
        defaultValues={{ reason: '', rest: 'written_off' }}
        action={t`Close short`}
        onCancel={onClose}
        onSubmit={async ({ reason, rest }) => {
          const body = { reason, rest: rest as 'written_off' | 'sent_back' }
          await step(api('POST /transfers/:id/close', { params: { id }, version, body }), t`${number} is closed.`)
          onClose()
        }}
      >
        <TextAreaField data-autofocus name="reason" label={t`Reason`} help={t`Both sides read it.`} required />
        <SelectField
          name="rest"
          label={t`What became of the rest`}
          required
          data={[
            { value: 'written_off', label: t`It is lost` },
            { value: 'sent_back', label: t`It was sent back` },
          ]}
        />
      </Form>
    </Dialog>
  )
}
