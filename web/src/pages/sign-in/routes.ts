import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'

const providersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/sign-in',
  beforeLoad: needs('sign-in:manage'),
  component: lazyRouteComponent(() => import('./ProvidersPage.tsx')),
})

export const signInRoutes = [providersRoute] as const
