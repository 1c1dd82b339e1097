import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { readOrdersSearch } from './search.ts'

const ordersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders',
  validateSearch: readOrdersSearch,
  component: lazyRouteComponent(() => import('./OrdersPage.tsx')),
})

const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./OrderPage.tsx')),
})

export const orderRoutes = [ordersRoute, orderRoute] as const
