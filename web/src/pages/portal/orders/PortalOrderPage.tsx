import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { OrderStatusDot } from '../../../components/StatusDot.tsx'
import { paths } from '../../../paths.ts'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { ProblemState, Skeleton } from '../../../ui/states.tsx'
import { OrderRecipient } from '../../orders/OrderFacts.tsx'
import { OrderHistory } from '../../orders/OrderHistory.tsx'
import { OrderLines } from '../../orders/OrderLines.tsx'
import { Holds } from '../../orders/OrderNotices.tsx'
import page from '../../orders/OrderPage.module.css'
import { OrderRequests } from '../../orders/requests/OrderRequests.tsx'
import { PortalActions } from './PortalActions.tsx'
import { PortalComments } from './PortalComments.tsx'
import { PortalFacts } from './PortalFacts.tsx'
import { PortalShipments } from './PortalShipments.tsx'
import { portalOrderQuery } from './usePortalOrders.ts'

const route = getRouteApi('/in/orders/$orderId')

/** One order as its client sees it. */
export default function PortalOrderPage() {
  const { t } = useLingui()
  const { data: order, error, isError, refetch } = useQuery(portalOrderQuery(route.useParams().orderId))
  if (isError && !order) return <ProblemState problem={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHeader
        back={
          <Link {...paths.orders()} className={page.back}>
            {t`Orders`}
          </Link>
        }
        title={order ? t`Order ${order.number}` : t`Order`}
        explanation={order ? <OrderStatusDot status={order.status} /> : ' '}
        action={order && <PortalActions order={order} />}
      />
      {order ? (
        <div className={page.columns}>
          <div>
            <Holds holds={order.holds} />
            <OrderRequests orderId={order.id} />
            <OrderLines order={order} />
            <PortalShipments order={order} />
            <PortalComments order={order} />
            <OrderHistory order={order} />
          </div>
          <div>
            <OrderRecipient order={order} />
            <PortalFacts order={order} />
          </div>
        </div>
      ) : (
        <div className={page.columns}>
          <Skeleton lines={10} />
        </div>
      )}
    </>
  )
}
