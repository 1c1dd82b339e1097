import { Trans } from '@lingui/react/macro'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { meQuery, useMe } from './me.ts'
import view from './pages/people/ViewBanner.module.css'
import { ViewBanner } from './pages/people/ViewBanner.tsx'
import { sayViewIsOver } from './pages/people/view.ts'
import { paths } from './paths.ts'
import { base } from './portal.ts'
import { useKeptAppearance } from './shell/appearance.ts'
import { DeskShell } from './shell/DeskShell.tsx'
import { PageSkeleton } from './shell/PageSkeleton.tsx'
import { PlainShell } from './shell/PlainShell.tsx'
import { PortalShell } from './shell/PortalShell.tsx'
import { ProveDialog } from './shell/ProveDialog.tsx'
import { SupplierShell } from './shell/SupplierShell.tsx'
import { ProblemState, Refused } from './ui/states.tsx'

export const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <ProveDialog />
    </>
  ),
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
  component: () => (
    <Face>
      <Outlet />
    </Face>
  ),
  notFoundComponent: () => (
    <Face>
      <Refused action={<HomeLink />} />
    </Face>
  ),
  // He is not let in at all, outside of his hours for instance: there is no face of his to show it in.
  errorComponent: ({ error }) => (
    <PlainShell>
      <ProblemState problem={error} onRetry={() => location.reload()} />
    </PlainShell>
  ),
  pendingComponent: PageSkeleton,
})

const shells = { staff: DeskShell, client: PortalShell, supplier: SupplierShell }

/** Each audience has its own face around the page. */
function Face({ children }: { children: ReactNode }) {
  useKeptAppearance()
  useEffect(sayViewIsOver, [])
  const me = useMe()
  const Shell = shells[me.audience]
  if (!me.viewing) return <Shell>{children}</Shell>
  return (
    <div className={view.face}>
      <ViewBanner />
      <Shell>{children}</Shell>
    </div>
  )
}

function HomeLink() {
  return (
    <a href={`${base}/`}>
      <Trans>Go to the first page</Trans>
    </a>
  )
}
