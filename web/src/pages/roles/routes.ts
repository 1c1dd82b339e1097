import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { readNewRoleSearch, readRolesSearch } from './search.ts'

const rolesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/roles',
  beforeLoad: needs('users:read'),
  validateSearch: readRolesSearch,
  component: lazyRouteComponent(() => import('./RolesPage.tsx')),
})

const guideRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/roles/guide',
  beforeLoad: needs('users:read'),
  component: lazyRouteComponent(() => import('./GuidePage.tsx')),
})

const newRoleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/roles/new',
  beforeLoad: needs('roles:manage'),
  validateSearch: readNewRoleSearch,
  component: lazyRouteComponent(() => import('./NewRolePage.tsx')),
})

const roleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/roles/$roleId',
  beforeLoad: needs('users:read'),
  component: lazyRouteComponent(() => import('./RolePage.tsx')),
})

export const roleRoutes = [rolesRoute, guideRoute, newRoleRoute, roleRoute] as const
