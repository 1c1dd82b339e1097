import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'

const assistRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/assist',
  beforeLoad: needs('assist:grant'),
  component: lazyRouteComponent(() => import('./AssistPage.tsx')),
})

export const assistRoutes = [assistRoute] as const
