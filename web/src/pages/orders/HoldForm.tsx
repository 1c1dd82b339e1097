import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { useMe } from '../../me.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { ReasonField } from './ReasonField.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** Why it must not ship yet, and until when. */
export function HoldForm({ order, onClose }: { order: Pick<Order, 'id' | 'number'>; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  const { id, number } = order
  const today = new Date().toLocaleDateString('sv', { timeZone: useMe().account.timezone })
  return (
    <Dialog title={t`Hold order ${number}`} onClose={onClose}>
      <Form
        defaultValues={{ reason: '', until: '' }}
        action={t`Hold`}
        onCancel={onClose}
        onSubmit={async ({ reason, until }) => {
          const hold = api('POST /orders/:id/hold', { params: { id }, body: { reason, until: until || undefined } })
          await change(hold, t`Order ${number} is on hold.`)
          onClose()
        }}
      >
        <ReasonField />
        <TextField
          name="until"
          type="date"
          label={t`Until`}
          rules={{ validate: (day: string) => day === '' || day > today || t`Choose a day after today.` }}
          help={t`It is released by itself when that day begins. Left empty, it stays until somebody releases it.`}
        />
      </Form>
    </Dialog>
  )
}
