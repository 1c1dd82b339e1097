import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, apiUrl } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Icon } from '../../ui/Icon.tsx'
import { StepButton } from '../../ui/StepButton.tsx'
import { toast } from '../../ui/toast.ts'
import { slipLanguage } from '../fulfillment/SlipLink.tsx'
import { CancelTransferForm } from './CancelTransferForm.tsx'
import { CloseTransferForm } from './CloseTransferForm.tsx'
import { ShipTransferForm } from './ShipTransferForm.tsx'
import { reasonWords } from './transfer-words.ts'
import { type Transfer, useTransferStep } from './useTransfers.ts'

/** The steps of one's own side: what the role lacks is not there, what the moment forbids says why. */
export function TransferActions({ transfer }: { transfer: Transfer }) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const step = useTransferStep()
  const [open, setOpen] = useState<'ship' | 'close' | 'cancel'>()
  const { id, number, can, state } = transfer
  const why = (name: string) => {
    const reason = can[name] === true ? undefined : String(can[name])
    const words = reason && reasonWords[reason]
    return words ? i18n._(words) : reason
  }
  const take = (done: string, asked: Promise<Transfer>) => void step(asked, done).catch(toast.problem)
  const clone = () =>
    step(api('POST /transfers/:id/clone', { params: { id } })).then(
      (made) => navigate(paths.transfer(made.id)),
      toast.problem,
    )
  const params = { id }
  const close = () => setOpen(undefined)
  const next = ['announce', 'ship', 'deliver', 'receive'].find((name) => can[name] === true)
  const look = (name: string) => (name === next ? ({ variant: 'filled' } as const) : {})
  return (
    <>
      {can.print === true && (
        <Button
          component="a"
          variant="default"
          target="_blank"
          rel="noreferrer"
          href={apiUrl('GET /transfers/:id/sheet', { params, query: { language: slipLanguage(i18n.locale) } })}
          leftSection={<Icon name="print" size={14} />}
        >
          {t`Print`}
        </Button>
      )}
      {can.clone === true && <StepButton onClick={() => void clone()}>{t`Clone`}</StepButton>}
      {can.cancel === true && <StepButton onClick={() => setOpen('cancel')}>{t`Cancel transfer`}</StepButton>}
      {can.close === true && <StepButton onClick={() => setOpen('close')}>{t`Close short`}</StepButton>}
      {can.confirm === true && (
        <StepButton
          onClick={() => take(t`The differences are confirmed.`, api('POST /transfers/:id/confirm', { params }))}
        >
          {t`Confirm the differences`}
        </StepButton>
      )}
      {can.verify === true && (
        <StepButton onClick={() => void navigate(paths.receiveTransfer(id))}>{t`Verify the count`}</StepButton>
      )}
      {can.announce === true && (
        <StepButton
          {...look('announce')}
          onClick={() => take(t`${number} is announced.`, api('POST /transfers/:id/announce', { params }))}
        >
          {t`Announce`}
        </StepButton>
      )}
      {can.ship === true && (
        <StepButton {...look('ship')} onClick={() => setOpen('ship')}>
          {t`Ship`}
        </StepButton>
      )}
      {can.arrive === true && (
        <StepButton
          onClick={() => take(t`The arrival of ${number} is recorded.`, api('POST /transfers/:id/arrive', { params }))}
        >
          {t`Record the arrival`}
        </StepButton>
      )}
      {can.deliver === true && (
        <StepButton
          {...look('deliver')}
          onClick={() => take(t`${number} was delivered.`, api('POST /transfers/:id/deliver', { params }))}
        >
          {t`Delivered`}
        </StepButton>
      )}
      {can.receive !== undefined && state !== 'received' && state !== 'cancelled' && state !== 'closed_short' && (
        <StepButton
          {...(next === 'deliver' ? {} : look('receive'))}
          why={why('receive')}
          onClick={() => void navigate(paths.receiveTransfer(id))}
        >
          {t`Receive`}
        </StepButton>
      )}
      {open === 'ship' && <ShipTransferForm transfer={transfer} onClose={close} />}
      {open === 'close' && <CloseTransferForm transfer={transfer} onClose={close} />}
      {open === 'cancel' && <CancelTransferForm transfer={transfer} onClose={close} />}
    </>
  )
}
