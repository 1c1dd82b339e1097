import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { oneOf } from '../../search.ts'

/** Who is open beside the list, or that a key is being made. */
export type KeysSearch = { open?: string; create?: 'yes' }

const keysRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/keys',
  beforeLoad: needs('keys:manage'),
  validateSearch: (search: Record<string, unknown>): KeysSearch => ({
    open: oneOf(search.open),
    create: search.create === 'yes' ? 'yes' : undefined,
  }),
  component: lazyRouteComponent(() => import('./KeysPage.tsx')),
})

export const keyRoutes = [keysRoute] as const
