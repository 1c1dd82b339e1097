import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { plainRoute, signedInRoute } from '../../layout.tsx'
import { meQuery } from '../../me.ts'
import { paths } from '../../paths.ts'
import { oneOf } from '../../search.ts'
import { deskNav, isFor, portalMore, portalNav, supplierNav } from '../../shell/nav.ts'
import { Refused } from '../../ui/states.tsx'

const signInRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; ended?: 'yes'; account?: string } => ({
    next: oneOf(search.next),
    ended: search.ended === 'yes' ? 'yes' : undefined,
    account: oneOf(search.account),
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

const providerBackRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/sign-in/back',
  component: lazyRouteComponent(() => import('./ProviderBackPage.tsx')),
})

const secondFactorRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/second-factor',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: oneOf(search.next) }),
  component: lazyRouteComponent(() => import('./SecondFactorPage.tsx')),
})

const forgotPasswordRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./ForgotPasswordPage.tsx')),
})

const resetPasswordRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('./ResetPasswordPage.tsx')),
})

const confirmEmailRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/confirm-email',
  component: lazyRouteComponent(() => import('./EmailLinkPages.tsx'), 'ConfirmEmailPage'),
})

const keepEmailRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: '/keep-email',
  component: lazyRouteComponent(() => import('./EmailLinkPages.tsx'), 'KeepEmailPage'),
})

export const accessRoutes = [
  signInRoute,
  providerBackRoute,
  secondFactorRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  confirmEmailRoute,
  keepEmailRoute,
  invitationRoute,
  createAccountRoute,
] as const

/** The first page: each to the first of his work; who has none yet, to where he can ask for it. */
export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery)
    const entries = { staff: deskNav, client: [...portalNav, ...portalMore], supplier: supplierNav }[
      me?.audience ?? 'staff'
    ]
    throw redirect(entries.find((entry) => isFor(entry, me?.permissions ?? []))?.link ?? paths.myAccess())
  },
})

/** Any address that is no page. */
export const nowhereRoute = createRoute({ getParentRoute: () => signedInRoute, path: '$', component: Refused })
