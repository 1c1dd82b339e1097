import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { readQueueSearch } from './useQueue.ts'

const queueRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/queue',
  beforeLoad: needs('queue:read'),
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(() => import('./QueuePage.tsx')),
})

export const fulfillmentRoutes = [queueRoute] as const
