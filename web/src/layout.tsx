import { Trans } from '@lingui/react/macro'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { meQuery, useMe } from './me.ts'
import { paths } from './paths.ts'
import { DeskShell } from './shell/DeskShell.tsx'
import { PageSkeleton } from './shell/PageSkeleton.tsx'
import { PlainShell } from './shell/PlainShell.tsx'
import { SupplierShell } from './shell/SupplierShell.tsx'
import { ProblemState, Refused } from './ui/states.tsx'

export const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => (
    <PlainShell>
      <Refused action={<HomeLink />} />
    </PlainShell>
  ),
  errorComponent: ({ error }) => (
    <PlainShell>
      <ProblemState problem={error} onRetry={() => location.reload()} />
    </PlainShell>
  ),
})

/** Pages for people who are not signed in. */
export const plainRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'plain',
  component: () => (
    <PlainShell>
      <Outlet />
    </PlainShell>
  ),
})

/** Pages for people who are; anybody else signs in first and comes back to where he wanted to go. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'in',
  beforeLoad: async ({ context, location }) => {
    if (!(await context.client.ensureQueryData(meQuery))) {
      throw redirect(paths.signIn(location.href === '/' ? undefined : location.href))
    }
  },
  component: SignedIn,
  notFoundComponent: () => <Refused action={<HomeLink />} />,
  errorComponent: ({ error, reset }) => <ProblemState problem={error} onRetry={reset} />,
  pendingComponent: PageSkeleton,
})

function SignedIn() {
  const Shell = useMe().audience === 'supplier' ? SupplierShell : DeskShell
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}

function HomeLink() {
  return (
    <a href="/">
      <Trans>Go to the first page</Trans>
    </a>
  )
}
