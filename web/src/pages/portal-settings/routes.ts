import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { meQuery } from '../../me.ts'

const portalSettingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/portal',
  // Who sets the address is not always who chooses the look.
  beforeLoad: async ({ context }) => {
    const held = (await context.client.ensureQueryData(meQuery))?.permissions ?? []
    if (!held.includes('portal:manage') && !held.includes('portal:brand')) throw notFound({ routeId: '/in' })
  },
  component: lazyRouteComponent(() => import('./PortalSettingsPage.tsx')),
})

export const portalSettingsRoutes = [portalSettingsRoute] as const
