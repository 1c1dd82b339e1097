import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { wholeNumber } from './quantities.ts'
import { type Transfer, useTransferStep } from './useTransfers.ts'

/** That it left, and by whom it is carried. */
export function ShipTransferForm({ transfer: { id, number }, onClose }: { transfer: Transfer; onClose: () => void }) {
  const { t } = useLingui()
  const step = useTransferStep()
  return (
    <Dialog title={t`Ship transfer ${number}`} onClose={onClose}>
      <Form
        defaultValues={{ carrier: '', tracking: '', cartons: '' }}
        action={t`Ship`}
        onCancel={onClose}
        onSubmit={async ({ carrier, tracking, cartons }) => {
          const body = {
            carrier: carrier.trim(),
            tracking: tracking.trim(),
            cartons: cartons.trim() === '' ? null : Number(cartons),
          }
          await step(api('POST /transfers/:id/ship', { params: { id }, body }), t`${number} is on its way.`)
          onClose()
        }}
      >
        <TextField name="carrier" label={t`Carrier`} maxLength={60} data-autofocus />
        <TextField name="tracking" label={t`Tracking number`} maxLength={100} />
        <TextField
          name="cartons"
          label={t`Cartons`}
          inputMode="numeric"
          rules={{
            validate: (text: string) => text.trim() === '' || wholeNumber(text, 1) || t`Write a whole number above 0.`,
          }}
        />
      </Form>
    </Dialog>
  )
}
