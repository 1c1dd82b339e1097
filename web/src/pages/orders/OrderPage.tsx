import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { OrderStatusDot } from '../../components/StatusDot.tsx'
import { paths } from '../../paths.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
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

const route = getRouteApi('/in/orders/$orderId')

export default function OrderPage() {
  const { t } = useLingui()
  const { data: order, error, isError, refetch } = useQuery(orderQuery(route.useParams().orderId))
  if (isError && !order) return <ProblemState problem={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHeader
        back={
          <Link {...paths.orders()} className={classes.back}>
            {t`Orders`}
          </Link>
        }
        title={order ? t`Order ${order.number}` : t`Order`}
        explanation={order ? <OrderStatusDot status={order.status} /> : ' '}
        action={order && <OrderActions order={order} />}
      />
      {order ? (
        <div className={classes.columns}>
          <div>
            <OrderNotices order={order} />
            <OrderRequests orderId={order.id} />
            <OrderLines order={order} />
            <FulfillmentSection order={order} />
            <OrderComments order={order} />
            <RuleTraces orderId={order.id} />
            <OrderHistory order={order} />
            <RecordHistory kind="order" id={order.id} />
          </div>
          <div>
            <OrderRecipient order={order} />
            <OrderFacts order={order} />
          </div>
        </div>
      ) : (
        <div className={classes.columns}>
          <Skeleton lines={10} />
        </div>
      )}
    </>
  )
}
