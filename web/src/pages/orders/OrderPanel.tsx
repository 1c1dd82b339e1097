import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { OrderStatusDot } from '../../components/StatusDot.tsx'
import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { FulfillmentSection } from '../fulfillment/FulfillmentSection.tsx'
import { RuleTraces } from '../rules/RuleTraces.tsx'
import { OrderActions } from './OrderActions.tsx'
import { OrderComments } from './OrderComments.tsx'
import { OrderFacts, OrderRecipient } from './OrderFacts.tsx'
import { OrderHistory } from './OrderHistory.tsx'
import { OrderLines } from './OrderLines.tsx'
import { OrderNotices } from './OrderNotices.tsx'
import classes from './OrderPage.module.css'
import { OrderRequests } from './requests/OrderRequests.tsx'
import { orderQuery } from './useOrder.ts'

type Props = {
  id: string
  /** As the list knows it, so that the title is there before the rest. */
  number: string | undefined
  onClose: () => void
}

/** One order beside the list. */
export function OrderPanel({ id, number, onClose }: Props) {
  const { t } = useLingui()
  const order = useQuery(orderQuery(id))
  const name = order.data?.number ?? number ?? ''
  return (
    <SidePanel
      label={t`Order ${name}`}
      onClose={onClose}
      title={
        <span className={classes.title}>
          {name}
          {name && <CopyButton value={name} name={t`the order number`} />}
          {order.data && <OrderStatusDot status={order.data.status} />}
        </span>
      }
      tools={
        <Link
          {...paths.order(id)}
          className={classes.tool}
          aria-label={t`Open the whole page`}
          title={t`Open the whole page`}
        >
          <Icon name="external" />
        </Link>
      }
      actions={order.data && <OrderActions order={order.data} />}
    >
      {order.isPending && <Skeleton lines={10} />}
      {order.isError && <ProblemState problem={order.error} onRetry={() => void order.refetch()} />}
      {order.data && (
        <>
          <OrderNotices order={order.data} />
          <OrderRequests orderId={order.data.id} />
          <OrderLines order={order.data} />
          <FulfillmentSection order={order.data} />
          <OrderRecipient order={order.data} />
          <OrderFacts order={order.data} />
          <OrderComments order={order.data} />
          <RuleTraces orderId={order.data.id} />
          <OrderHistory order={order.data} />
          <RecordHistory kind="order" id={order.data.id} />
        </>
      )}
    </SidePanel>
  )
}
