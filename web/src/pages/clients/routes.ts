import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { monthOf } from '../statements/months.ts'

export const clientTabs = ['stores', 'users', 'requests', 'statement'] as const
export type ClientTab = (typeof clientTabs)[number]

const clientsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clients',
  beforeLoad: needs('clients:read'),
  component: lazyRouteComponent(() => import('./ClientsPage.tsx')),
})

const clientRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clients/$clientId',
  beforeLoad: needs('clients:read'),
  validateSearch: (search: Record<string, unknown>): { tab?: ClientTab; month?: string } => {
    const tab = clientTabs.find((one) => one === search.tab)
    return { ...(tab && { tab }), ...monthOf(search) }
  },
  component: lazyRouteComponent(() => import('./ClientPage.tsx')),
})

/** A client's own page: whom he asks the host to add. */
const colleaguesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/colleagues',
  beforeLoad: needs('portal-users:ask'),
  component: lazyRouteComponent(() => import('./ColleaguesPage.tsx')),
})

export const clientRoutes = [clientsRoute, clientRoute] as const
export const colleagueRoutes = [colleaguesRoute] as const
