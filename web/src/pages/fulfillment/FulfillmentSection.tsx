import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { useCan } from '../../me.ts'
import { Section } from '../../ui/Section.tsx'
import { ProblemNote, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { AssignDialog } from './AssignDialog.tsx'
import classes from './Fulfillment.module.css'
import { FulfillmentCard } from './FulfillmentCard.tsx'
import { HandOrders } from './HandOrders.tsx'
import { LineList } from './LineList.tsx'
import { StepDialog } from './StepDialog.tsx'
import { type Fulfillment, fulfillmentQuery, useRefreshOrders } from './useFulfillment.ts'

type Order = Pick<ResponseOf<'GET /orders/:id'>, 'id' | 'number' | 'can'>

/** Who has which lines of an order, how far they are, what left under which tracking; and the next steps. */
export function FulfillmentSection({ order }: { order: Order }) {
  return useCan()('fulfillment:read') ? <Parts order={order} /> : null
}

function Parts({ order }: { order: Order }) {
  const { t } = useLingui()
  const refresh = useRefreshOrders()
  const [dialog, setDialog] = useState<'assign' | 'ship' | null>(null)
  const { data, error, isError } = useQuery(fulfillmentQuery(order.id))
  const free = data?.unassigned ?? []
  const ours = oursToShip(data)
  const ship = async ({ lines, ...body }: Parameters<Parameters<typeof StepDialog>[0]['send']>[0]) => {
    await api('POST /orders/:id/ship', { params: { id: order.id }, body: { ...body, carrier: body.carrier!, lines } })
    toast.done(t`Order ${order.number} is marked as shipped.`)
    await refresh()
  }
  return (
    <Section
      title={t`Fulfillment`}
      action={
        <span className={classes.actions}>
          {order.can.assign === true && free.length > 0 && (
            <Button variant="default" size="xs" onClick={() => setDialog('assign')}>
              {t`Assign`}
            </Button>
          )}
          {data?.items.some((item) => item.can.hand === true) && <HandOrders orderIds={[order.id]} size="xs" />}
          {order.can.ship === true && ours.length > 0 && (
            <Button variant="default" size="xs" onClick={() => setDialog('ship')}>
              {t`Mark as shipped`}
            </Button>
          )}
        </span>
      }
    >
      {isError && !data && <ProblemNote problem={error} />}
      {!data && !isError && <Skeleton lines={3} />}
      {data?.items.map((item) => (
        <FulfillmentCard key={item.id} item={item} />
      ))}
      {free.length > 0 && (
        <div className={classes.card}>
          <div className={classes.head}>
            <strong>{t`Not assigned`}</strong>
          </div>
          <LineList lines={free.map((line) => ({ ...nothing, ...line, id: line.orderLineId }))} />
        </div>
      )}
      {data && data.items.length === 0 && free.length === 0 && (
        <p className={classes.quiet}>{t`Nothing of it is to be shipped.`}</p>
      )}
      {dialog === 'assign' && <AssignDialog order={order} lines={free} onClose={() => setDialog(null)} />}
      {dialog === 'ship' && (
        <StepDialog step="ship" number={order.number} lines={ours} send={ship} onClose={() => setDialog(null)} />
      )}
    </Section>
  )
}

const nothing = { accepted: 0, rejected: 0, cancelled: 0, shipped: 0, rejectReason: '' }

/** What may be marked as shipped by hand: what nobody has, and what is with the own warehouse; by line of the order. */
function oursToShip(data: Fulfillment | undefined) {
  const lines = new Map<string, { id: string; sku: string; name: string; quantity: number } & typeof nothing>()
  const add = (id: string, { sku, name }: { sku: string; name: string }, quantity: number) => {
    const before = lines.get(id)?.quantity ?? 0
    if (quantity > 0) lines.set(id, { ...nothing, id, sku, name, quantity: before + quantity })
  }
  for (const line of data?.unassigned ?? []) add(line.orderLineId, line, line.quantity)
  for (const item of data?.items ?? []) {
    if (item.fulfiller !== 'warehouse' || item.can.ship !== true) continue
    for (const line of item.lines)
      add(line.orderLineId, line, line.quantity - line.rejected - line.cancelled - line.shipped)
  }
  return [...lines.values()]
}
