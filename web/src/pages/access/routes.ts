import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { plainRoute, signedInRoute } from '../../layout.tsx'
import { meQuery } from '../../me.ts'
import { paths } from '../../paths.ts'
import { oneOf } from '../../search.ts'
import { Refused } from '../../ui/states.tsx'

const signInRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; ended?: 'yes' } => ({
    next: oneOf(search.next),
    ended: search.ended === 'yes' ? 'yes' : undefined,
  }),
  component: lazyRouteComponent(() => import('./SignInPage.tsx')),
})

const invitationRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./InvitationPage.tsx')),
})

const createAccountRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/create-account',
  component: lazyRouteComponent(() => import('./CreateAccountPage.tsx')),
})

export const accessRoutes = [signInRoute, invitationRoute, createAccountRoute] as const

/** The first page: each to his work. */
export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery)
    throw redirect(me?.audience === 'supplier' ? paths.queue() : paths.orders())
  },
})

/** Any address that is no page. */
export const nowhereRoute = createRoute({ getParentRoute: () => signedInRoute, path: '$', component: Refused })
