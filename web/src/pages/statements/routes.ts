import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { monthOf } from './months.ts'

/** A client's own statement of a month; the house reads it on the client's page. */
const statementsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/statements',
  beforeLoad: needs('statements:read'),
  validateSearch: (search: Record<string, unknown>): { month?: string } => monthOf(search),
  component: lazyRouteComponent(() => import('./StatementsPage.tsx')),
})

export const statementRoutes = [statementsRoute] as const
