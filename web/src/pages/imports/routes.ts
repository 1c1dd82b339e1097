import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { oneOf } from '../../search.ts'
import { isStep, type Step } from './steps.ts'

const importsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/imports',
  beforeLoad: needs('orders:import', 'products:import'),
  component: lazyRouteComponent(() => import('./ImportsPage.tsx')),
})

const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/imports/$importId',
  beforeLoad: needs('orders:import', 'products:import'),
  validateSearch: (search: Record<string, unknown>): { step?: Step } => {
    const step = oneOf(search.step)
    return { step: isStep(step) ? step : undefined }
  },
  component: lazyRouteComponent(() => import('./ImportPage.tsx')),
})

export const importRoutes = [importsRoute, importRoute] as const
