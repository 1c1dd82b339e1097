import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'

const storesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/stores',
  beforeLoad: needs('stores:edit'),
  component: lazyRouteComponent(() => import('./StoresPage.tsx')),
})

export const storeRoutes = [storesRoute] as const
