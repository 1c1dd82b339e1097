import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api.ts'
import { StepButton } from '../../ui/StepButton.tsx'
import { toast } from '../../ui/toast.ts'
import { AddressProblemForm } from './AddressProblemForm.tsx'
import { AskStepForm } from './AskStepForm.tsx'
import { CancelOrderForm } from './CancelOrderForm.tsx'
import { EditOrderForm } from './EditOrderForm.tsx'
import { HoldForm } from './HoldForm.tsx'
import { useWhyNot } from './reasons.ts'
import { AskForm } from './requests/AskForm.tsx'
import { useChangeOrder } from './useChangeOrder.ts'
import type { Order } from './useOrder.ts'

/** What one may do with this order: a step the role lacks is not there, one the moment forbids says why. */
export function OrderActions({ order }: { order: Order }) {
  const { t } = useLingui()
  const whyNot = useWhyNot()
  const change = useChangeOrder()
  const [open, setOpen] = useState<'edit' | 'hold' | 'cancel' | 'ask' | 'askHold' | 'askCancel' | 'address'>()
  const { can, asks, id, number } = order
  const held = order.holds.some((hold) => hold.releasedAt === null)
  const close = () => setOpen(undefined)
  const release = () =>
    change(api('POST /orders/:id/release', { params: { id } }), t`Order ${number} is released.`).catch(toast.problem)
  return (
    <>
      {can.edit && (
        <StepButton why={can.schedule === true ? undefined : whyNot(can.edit)} onClick={() => setOpen('edit')}>
          {t`Edit`}
        </StepButton>
      )}
      {asks.length > 0 && <StepButton onClick={() => setOpen('ask')}>{t`Request a change`}</StepButton>}
      {can.hold && !held && !asks.includes('hold') && (
        <StepButton why={whyNot(can.hold)} onClick={() => setOpen('hold')}>
          {t`Hold`}
        </StepButton>
      )}
      {can.release && held && (
        <StepButton why={whyNot(can.release)} onClick={() => void release()}>
          {t`Release`}
        </StepButton>
      )}
      {asks.includes('hold') && !held && (
        <StepButton onClick={() => setOpen('askHold')}>{t`Ask to stop it`}</StepButton>
      )}
      {can.cancel && !asks.includes('cancel') && (
        <StepButton why={whyNot(can.cancel)} onClick={() => setOpen('cancel')}>
          {t`Cancel order`}
        </StepButton>
      )}
      {asks.includes('cancel') && <StepButton onClick={() => setOpen('askCancel')}>{t`Ask to cancel it`}</StepButton>}
      {can.raise === true && !order.issues.some(({ kind }) => kind === 'address') && (
        <StepButton onClick={() => setOpen('address')}>{t`Address problem`}</StepButton>
      )}
      {open === 'ask' && <AskForm order={order} onClose={close} />}
      {open === 'askHold' && <AskStepForm order={order} step="hold" onClose={close} />}
      {open === 'askCancel' && <AskStepForm order={order} step="cancel" onClose={close} />}
      {open === 'address' && <AddressProblemForm order={order} onClose={close} />}
      {open === 'edit' && <EditOrderForm order={order} onClose={close} />}
      {open === 'hold' && <HoldForm order={order} onClose={close} />}
      {open === 'cancel' && <CancelOrderForm order={order} onClose={close} />}
    </>
  )
}
