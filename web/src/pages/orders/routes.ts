import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { readOrdersSearch } from './search.ts'

const ordersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders',
  beforeLoad: needs('orders:read'),
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import('./OrdersPage.tsx')),
})

const requestsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders/requests',
  beforeLoad: needs('orders:propose'),
  validateSearch: ({ view }: Record<string, unknown>): { view?: 'mine' | 'all' } =>
    view === 'mine' || view === 'all' ? { view } : {},
  component: lazyRouteComponent(() => import('./requests/RequestsPage.tsx')),
})

const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders/$orderId',
  beforeLoad: needs('orders:read'),
  component: lazyRouteComponent(() => import('./OrderPage.tsx')),
})

export const orderRoutes = [ordersRoute, requestsRoute, orderRoute] as const
