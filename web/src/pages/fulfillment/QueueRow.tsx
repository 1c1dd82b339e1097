import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { api, apiUrl } from '../../api.ts'
import { FulfillmentStateDot, OrderStatusDot } from '../../components/StatusDot.tsx'
import { useCan } from '../../me.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/toast.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { Due, isOver } from './Due.tsx'
import { HandDialog } from './HandDialog.tsx'
import { LineList } from './LineList.tsx'
import classes from './Queue.module.css'
import { Recipient } from './Recipient.tsx'
import { Shipments } from './Shipments.tsx'
import { ShipRow } from './ShipRow.tsx'
import { slipLanguage } from './SlipLink.tsx'
import { StepDialog, type StepKind } from './StepDialog.tsx'
import { useProblemToast } from './useProblemToast.ts'
import { type QueueItem, type QueueView, useRefreshQueue } from './useQueue.ts'

const changedWords: Record<string, MessageDescriptor> = {
  address: msg`address`,
  note: msg`note`,
  service: msg`service`,
  dates: msg`dates`,
}

type Props = {
  item: QueueItem
  view: QueueView
  /** The one below, to which the typing moves on when this one has left. */
  next: string | undefined
  chosen: boolean
  onChoose: (on: boolean) => void
}

/** One fulfillment order as the supplier works on it: who and when, what, and the next step right beside it. */
export function QueueRow({ item, view, next, chosen, onChoose }: Props) {
  const { t, i18n } = useLingui()
  const refresh = useRefreshQueue()
  const failed = useProblemToast()
  const [step, setStep] = useState<StepKind | null>(null)
  const [shipping, setShipping] = useState(false)
  const [isHanding, setHanding] = useState(false)
  const [hasHistory, setHistory] = useState(false)
  const readsHistory = useCan()('audit:own-records')
  const may = (name: string) => item.can[name] === true
  const accept = async () => {
    try {
      await api('POST /queue/:id/accept', { params: { id: item.id }, body: {} })
      toast.done(t`${item.number} is accepted: it waits under “To ship”.`)
    } catch (error) {
      failed(error)
    }
    await refresh()
  }
  const offered = item.state === 'offered'
  return (
    <li className={classes.row} aria-label={item.number}>
      <input
        type="checkbox"
        className={classes.check}
        checked={chosen}
        aria-label={t`Select ${item.number}`}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div className={classes.head}>
        <span className={classes.number}>
          <strong>{item.number}</strong>
          <CopyButton value={item.number} name={t`the number`} />
        </span>
        {item.onHold && !isOver(item) ? (
          <OrderStatusDot status="on_hold" />
        ) : (
          view === 'all' && <FulfillmentStateDot state={item.state} />
        )}
        <Due item={item} />
        {item.changedAt && !isOver(item) && (
          <span className={classes.changed}>
            <Icon name="warning" size={14} />
            {t`Changed after you accepted`}:{' '}
            {item.changed.map((part) => (changedWords[part] ? i18n._(changedWords[part]) : part)).join(', ')}
          </span>
        )}
      </div>
      <Recipient item={item} />
      <div className={classes.what}>
        {item.assignee && <span className={classes.due}>{t`With ${item.assignee.name}`}</span>}
        <LineList lines={item.lines} />
        <Shipments shipments={item.shipments} />
      </div>
      <div className={classes.actions}>
        {offered && may('accept') && (
          <Button size="lg" variant="outline" onClick={() => void accept()}>{t`Accept`}</Button>
        )}
        {offered && may('reject') && (
          <Button size="lg" variant="default" onClick={() => setStep('reject')}>
            {t`Reject`}
          </Button>
        )}
        {may('ship') && (!offered || shipping) && <ShipRow item={item} next={next} autoFocus={shipping} />}
      </div>
      {(readsHistory || Object.values(item.can).includes(true)) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <button type="button" className={classes.menu} aria-label={t`More about ${item.number}`}>
              <Icon name="more" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {offered && may('ship') && !shipping && (
              <Menu.Item onClick={() => setShipping(true)}>{t`Accept and mark as shipped`}</Menu.Item>
            )}
            {may('accept') && <Menu.Item onClick={() => setStep('accept')}>{t`Accept a part`}</Menu.Item>}
            {may('ship') && (
              <Menu.Item onClick={() => setStep('ship')}>{t`Ship a part, with date and service`}</Menu.Item>
            )}
            {may('reject') && !offered && <Menu.Item onClick={() => setStep('reject')}>{t`Reject`}</Menu.Item>}
            {may('hand') && <Menu.Item onClick={() => setHanding(true)}>{t`Give to a person`}</Menu.Item>}
            {may('print') && (
              <Menu.Item
                component="a"
                target="_blank"
                rel="noreferrer"
                href={apiUrl('GET /queue/:id/slip', {
                  params: { id: item.id },
                  query: { language: slipLanguage(i18n.locale) },
                })}
              >
                {t`Print the slip`}
              </Menu.Item>
            )}
            {readsHistory && !hasHistory && (
              <Menu.Item onClick={() => setHistory(true)}>{t`History of changes`}</Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {hasHistory && (
        <div className={classes.history}>
          <RecordHistory kind="fulfillment_order" id={item.id} shown />
        </div>
      )}
      {isHanding && (
        <HandDialog ids={[item.id]} assigneeId={item.assignee?.id} onClose={() => setHanding(false)} onDone={refresh} />
      )}
      {step && (
        <StepDialog
          step={step}
          number={item.number}
          lines={item.lines}
          onClose={() => setStep(null)}
          send={async (body) => {
            await sendStep(step, item.id, body)
            await refresh()
          }}
        />
      )}
    </li>
  )
}

function sendStep(
  step: StepKind,
  id: string,
  { reason, carrier, lines, ...departure }: Parameters<Parameters<typeof StepDialog>[0]['send']>[0],
) {
  if (step === 'accept') return api('POST /queue/:id/accept', { params: { id }, body: { lines } })
  if (step === 'reject') return api('POST /queue/:id/reject', { params: { id }, body: { reason: reason!, lines } })
  return api('POST /queue/:id/ship', { params: { id }, body: { carrier: carrier!, lines, ...departure } })
}
