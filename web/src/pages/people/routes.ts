import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { meQuery } from '../../me.ts'
import { needs } from '../../needs.ts'
import { paths } from '../../paths.ts'
import { oneOf } from '../../search.ts'
import type { Permission } from '../../words.ts'
import { readUsersSearch } from './search.ts'

const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery)
    const may = (permission: Permission) => me?.permissions.includes(permission)
    throw redirect(may('users:read') ? paths.users() : may('stores:edit') ? paths.stores() : paths.myAccount())
  },
})

const usersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/users',
  beforeLoad: needs('users:read'),
  validateSearch: readUsersSearch,
  component: lazyRouteComponent(() => import('./UsersPage.tsx')),
})

const myAccountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/me',
  component: lazyRouteComponent(() => import('../me/MyAccountPage.tsx')),
})

const requestsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/access-requests',
  beforeLoad: needs('users:manage'),
  component: lazyRouteComponent(() => import('./RequestsPage.tsx')),
})

const myAccessRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/access',
  validateSearch: (search: Record<string, unknown>): { permission?: string; page?: string } => ({
    ...(oneOf(search.permission) && { permission: oneOf(search.permission)! }),
    ...(oneOf(search.page) && { page: oneOf(search.page)!.slice(0, 200) }),
  }),
  component: lazyRouteComponent(() => import('./MyAccessPage.tsx')),
})

/** What is everybody's own. */
export const myRoutes = [myAccountRoute, myAccessRoute] as const
export const peopleRoutes = [settingsRoute, usersRoute, requestsRoute, ...myRoutes] as const
