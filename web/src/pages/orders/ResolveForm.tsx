import { useLingui } from '@lingui/react/macro'
import { api } from '../../api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/form/Form.tsx'
import { ReasonField } from './ReasonField.tsx'
import { useChangeOrder } from './useChangeOrder.ts'

/** Takes an address problem out of the queue, and says how it was dealt with. */
export function ResolveForm({ issueId, onClose }: { issueId: string; onClose: () => void }) {
  const { t } = useLingui()
  const change = useChangeOrder()
  return (
    <Dialog title={t`Is the address problem dealt with?`} onClose={onClose}>
      <Form
        defaultValues={{ how: '' }}
        action={t`Dealt with`}
        onCancel={onClose}
        onSubmit={async ({ how }) => {
          const resolve = api('POST /orders/issues/:id/resolve', { params: { id: issueId }, query: how ? { how } : {} })
          await change(resolve, t`The issue is dealt with.`)
          onClose()
        }}
      >
        <ReasonField name="how" label={t`How`} />
      </Form>
    </Dialog>
  )
}
