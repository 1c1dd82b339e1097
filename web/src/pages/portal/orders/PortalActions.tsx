import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api.ts'
import { StepButton } from '../../../ui/StepButton.tsx'
import { toast } from '../../../ui/toast.ts'
import { HoldForm } from '../../orders/HoldForm.tsx'
import { useWhyNot } from '../../orders/reasons.ts'
import { AskForm } from '../../orders/requests/AskForm.tsx'
import { useChangeOrder } from '../../orders/useChangeOrder.ts'
import { AskHostForm } from './AskHostForm.tsx'
import type { PortalOrder } from './usePortalOrders.ts'

/** What a client may do: hold his order, and ask for the rest. */
export function PortalActions({ order }: { order: PortalOrder }) {
  const { t } = useLingui()
  const whyNot = useWhyNot()
  const change = useChangeOrder()
  const [open, setOpen] = useState<'hold' | 'change' | 'askHold' | 'cancel' | 'takeBack'>()
  const { can, asks, id, number } = order
  const held = order.holds.some((hold) => hold.releasedAt === null)
  const close = () => setOpen(undefined)
  const release = () =>
    change(api('POST /orders/:id/release', { params: { id } }), t`Order ${number} is released.`).catch(toast.problem)
  return (
    <>
      {can.hold && !held && !asks.includes('hold') && can.hold === true && (
        <StepButton onClick={() => setOpen('hold')}>{t`Hold`}</StepButton>
      )}
      {can.release && held && (
        <StepButton why={whyNot(can.release)} onClick={() => void release()}>
          {t`Release`}
        </StepButton>
      )}
      {asks.includes('hold') && !held && (
        <StepButton onClick={() => setOpen('askHold')}>{t`Ask to stop it`}</StepButton>
      )}
      {asks.includes('edit') && <StepButton onClick={() => setOpen('change')}>{t`Request a change`}</StepButton>}
      {asks.includes('cancel') && <StepButton onClick={() => setOpen('cancel')}>{t`Ask to cancel it`}</StepButton>}
      {asks.includes('takeBack') && <StepButton onClick={() => setOpen('takeBack')}>{t`Ask to return it`}</StepButton>}
      {open === 'hold' && <HoldForm order={order} onClose={close} />}
      {open === 'change' && <AskForm order={order} onClose={close} />}
      {open === 'askHold' && <AskHostForm order={order} step="hold" onClose={close} />}
      {open === 'cancel' && <AskHostForm order={order} step="cancel" onClose={close} />}
      {open === 'takeBack' && <AskHostForm order={order} step="takeBack" onClose={close} />}
    </>
  )
}
