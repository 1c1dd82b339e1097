import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { oneOf } from '../../search.ts'

const outboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/outbox',
  beforeLoad: needs('outbox:read'),
  validateSearch: (search: Record<string, unknown>): { open?: string } => ({ open: oneOf(search.open) }),
  component: lazyRouteComponent(() => import('./OutboxPage.tsx')),
})

export const outboxRoutes = [outboxRoute] as const
