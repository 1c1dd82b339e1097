import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'

const ordersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders',
  component: lazyRouteComponent(() => import('./OrdersPage.tsx')),
})

const orderRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./OrdersPage.tsx')),
})

export const orderRoutes = [ordersRoute, orderRoute] as const
