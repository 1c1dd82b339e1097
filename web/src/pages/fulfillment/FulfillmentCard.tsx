import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { useState } from 'react'
import { api, apiUrl } from '../../api.ts'
import { FulfillmentStateDot, OrderStatusDot } from '../../components/StatusDot.tsx'
import { useCan } from '../../me.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './Fulfillment.module.css'
import { HandDialog } from './HandDialog.tsx'
import { LineList } from './LineList.tsx'
import { Shipments } from './Shipments.tsx'
import { slipLanguage } from './SlipLink.tsx'
import { type StepBody, StepDialog, type StepKind } from './StepDialog.tsx'
import { type FulfillmentOrder, useRefreshOrders } from './useFulfillment.ts'
import { useProblemToast } from './useProblemToast.ts'

/** The part of an order that one fulfiller has, with what the house may do about it. */
export function FulfillmentCard({ item }: { item: FulfillmentOrder }) {
  const { t, i18n } = useLingui()
  const refresh = useRefreshOrders()
  const failed = useProblemToast()
  const [step, setStep] = useState<StepKind | null>(null)
  const can = useCan()
  const [isHanding, setHanding] = useState(false)
  const may = (name: string) => item.can[name] === true
  const bySupplier = item.fulfiller === 'supplier'
  const unassign = async () => {
    const sure = await confirm({
      title: t`Take ${item.number} back?`,
      body: t`${item.fulfillerName} loses sight of it at once. What has left already stays.`,
      action: t`Take back`,
    })
    if (!sure) return
    try {
      await api('POST /fulfillment-orders/:id/unassign', { params: { id: item.id } })
      toast.done(t`${item.number} was taken back.`)
    } catch (error) {
      failed(error)
    }
    await refresh()
  }
  const send = async ({ reason, carrier, lines, ...departure }: StepBody) => {
    const params = { id: item.id }
    if (step === 'accept') await api('POST /fulfillment-orders/:id/accept', { params, body: { lines } })
    if (step === 'reject')
      await api('POST /fulfillment-orders/:id/reject', { params, body: { reason: reason!, lines } })
    if (step === 'ship')
      await api('POST /fulfillment-orders/:id/ship', { params, body: { carrier: carrier!, lines, ...departure } })
    await refresh()
  }
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <Icon name={bySupplier ? 'suppliers' : 'products'} />
        <strong>{item.fulfillerName}</strong>
        <span className={classes.quiet}>{item.number}</span>
        {item.onHold && item.state !== 'shipped' ? (
          <OrderStatusDot status="on_hold" />
        ) : (
          <FulfillmentStateDot state={item.state} />
        )}
        {Object.values(item.can).includes(true) && (
          <Menu position="bottom-end">
            <Menu.Target>
              <button
                type="button"
                className={classes.menu}
                aria-label={t`Actions: ${item.number}, ${item.fulfillerName}`}
              >
                <Icon name="more" />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {may('accept') && <Menu.Item onClick={() => setStep('accept')}>{t`Accept on their behalf`}</Menu.Item>}
              {may('reject') && bySupplier && (
                <Menu.Item onClick={() => setStep('reject')}>{t`Reject on their behalf`}</Menu.Item>
              )}
              {may('ship') && <Menu.Item onClick={() => setStep('ship')}>{t`Mark as shipped`}</Menu.Item>}
              {may('hand') && <Menu.Item onClick={() => setHanding(true)}>{t`Give to a person`}</Menu.Item>}
              {may('unassign') && <Menu.Item onClick={() => void unassign()}>{t`Take back`}</Menu.Item>}
              {may('print') && (
                <Menu.Item
                  component="a"
                  target="_blank"
                  rel="noreferrer"
                  href={apiUrl('GET /fulfillment-orders/:id/slip', {
                    params: { id: item.id },
                    query: { language: slipLanguage(i18n.locale) },
                  })}
                >
                  {t`Print the slip`}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {item.assignee && <p className={classes.quiet}>{t`With ${item.assignee.name}`}</p>}
      <LineList lines={item.lines} />
      <Shipments shipments={item.shipments} costs={can('shipping-costs:read')} />
      {isHanding && (
        <HandDialog
          ids={[item.id]}
          supplierId={bySupplier ? item.fulfillerId : null}
          assigneeId={item.assignee?.id}
          onClose={() => setHanding(false)}
          onDone={refresh}
        />
      )}
      {step && (
        <StepDialog step={step} number={item.number} lines={item.lines} send={send} onClose={() => setStep(null)} />
      )}
    </div>
  )
}
