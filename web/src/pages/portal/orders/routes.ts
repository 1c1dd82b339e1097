import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../../layout.tsx'
import { needs } from '../../../needs.ts'
import { readOrdersSearch } from '../../orders/search.ts'

const ordersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders',
  beforeLoad: needs('orders:read'),
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import('./PortalOrdersPage.tsx')),
})

const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders/$orderId',
  beforeLoad: needs('orders:read'),
  component: lazyRouteComponent(() => import('./PortalOrderPage.tsx')),
})

export const portalOrderRoutes = [ordersRoute, orderRoute] as const
