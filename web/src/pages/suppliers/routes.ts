import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'

const suppliersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/suppliers',
  beforeLoad: needs('suppliers:read'),
  component: lazyRouteComponent(() => import('./SuppliersPage.tsx')),
})

export const supplierRoutes = [suppliersRoute] as const
