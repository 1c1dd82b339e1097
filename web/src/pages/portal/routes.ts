import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { meQuery } from '../../me.ts'
import { paths } from '../../paths.ts'
import { nowhereRoute } from '../access/routes.ts'
import { assistRoutes } from '../assist/routes.ts'
import { colleagueRoutes } from '../clients/routes.ts'
import { importRoutes } from '../imports/routes.ts'
import { myRoutes } from '../people/routes.ts'
import { productRoutes } from '../products/routes.ts'
import { statementRoutes } from '../statements/routes.ts'
import { ledgerRoute, stockRoute } from '../stock/routes.ts'
import { transferRoutes } from '../transfers/routes.ts'
import { portalOrderRoutes } from './orders/routes.ts'

/** The first page of a client: how his company stands, or else what he may see most of. */
const portalHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery)
    if (me?.permissions.includes('portal:dashboard')) return
    throw redirect(me?.permissions.includes('orders:read') ? paths.orders() : paths.myAccount())
  },
  component: lazyRouteComponent(() => import('./HomePage.tsx')),
})

/** The pages of a client, all there are under a portal's address: one line a slice. */
export const portalRoutes = [
  portalHomeRoute,
  nowhereRoute,
  ...productRoutes,
  ...importRoutes,
  stockRoute,
  ledgerRoute,
  ...transferRoutes,
  ...portalOrderRoutes,
  ...colleagueRoutes,
  ...assistRoutes,
  ...statementRoutes,
  ...myRoutes,
] as const
