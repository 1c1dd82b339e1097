import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../../layout.tsx'
import { needs } from '../../../needs.ts'
import { oneOf } from '../../../search.ts'
import { type OrdersSearch, readOrdersSearch } from '../../orders/search.ts'

const ordersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders',
  beforeLoad: needs('orders:read'),
  validateSearch: (search: Record<string, unknown>): OrdersSearch => {
    const only = (['waiting', 'shipped_lately', 'unread'] as const).find((word) => word === oneOf(search.only))
    return { ...readOrdersSearch(search), only }
  },
  component: lazyRouteComponent(() => import('./PortalOrdersPage.tsx')),
})

const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders/$orderId',
  beforeLoad: needs('orders:read'),
  component: lazyRouteComponent(() => import('./PortalOrderPage.tsx')),
})

export const portalOrderRoutes = [ordersRoute, orderRoute] as const
