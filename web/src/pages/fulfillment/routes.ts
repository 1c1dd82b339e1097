import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'

const queueRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/queue',
  component: lazyRouteComponent(() => import('./QueuePage.tsx')),
})

export const fulfillmentRoutes = [queueRoute] as const
