import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { Icon } from '../../ui/Icon.tsx'
import classes from './TransferPage.module.css'
import { TransferStateDot } from './TransferStateDot.tsx'
import { transferStates, way } from './transfer-words.ts'
import type { Transfer } from './useTransfers.ts'

/** Where it is on its way, with the day of each step; where it left the way, the state and the reason. */
export function TransferWay({ transfer }: { transfer: Transfer }) {
  const { t, i18n } = useLingui()
  const { state, createdAt, shippedAt, deliveredAt, receivedAt, reason } = transfer
  const leftIt = state === 'cancelled' || state === 'closed_short'
  const at = { to_ship: state === 'draft' ? null : createdAt, shipped: shippedAt, delivered: deliveredAt }
  const done = { ...at, received: state === 'received' || leftIt ? receivedAt : null }
  const here = state === 'partially_received' ? 'delivered' : state
  return (
    <>
      <ol className={classes.way} aria-label={t`State of the transfer`}>
        {way.map((step, index) => (
          <li key={step} data-done={done[step] ? true : undefined} aria-current={step === here ? 'step' : undefined}>
            <span className={classes.mark} aria-hidden="true">
              {done[step] ? <Icon name="check" size={12} /> : index + 1}
            </span>
            {i18n._(transferStates[step].word)}
            {done[step] && (
              <span className={classes.when}>
                <DateText value={done[step]} />
              </span>
            )}
          </li>
        ))}
        {(leftIt || state === 'partially_received' || state === 'draft') && (
          <li data-done aria-current="step">
            <TransferStateDot state={state} />
          </li>
        )}
      </ol>
      {leftIt && reason && <p className={classes.note}>{t`Reason: ${reason}`}</p>}
    </>
  )
}
