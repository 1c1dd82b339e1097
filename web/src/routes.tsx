import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { ApiProblem, onRefusal } from './api.ts'
import { plainRoute, rootRoute, signedInRoute } from './layout.tsx'
import { meQuery } from './me.ts'
import { accessRoutes, homeRoute, nowhereRoute } from './pages/access/routes.ts'
import { auditRoutes } from './pages/audit/routes.ts'
import { clientRoutes } from './pages/clients/routes.ts'
import { fulfillmentRoutes } from './pages/fulfillment/routes.ts'
import { importRoutes } from './pages/imports/routes.ts'
import { jobRoutes } from './pages/jobs/routes.ts'
import { keyRoutes } from './pages/keys/routes.ts'
import { orderRoutes } from './pages/orders/routes.ts'
import { outboxRoutes } from './pages/outbox/routes.ts'
import { peopleRoutes } from './pages/people/routes.ts'
import { viewIsOver } from './pages/people/view.ts'
import { portalRoutes } from './pages/portal/routes.ts'
import { portalSettingsRoutes } from './pages/portal-settings/routes.ts'
import { privacyRoutes } from './pages/privacy/routes.ts'
import { productRoutes } from './pages/products/routes.ts'
import { roleRoutes } from './pages/roles/routes.ts'
import { ruleRoutes } from './pages/rules/routes.ts'
import { signInRoutes } from './pages/sign-in/routes.ts'
import { stockRoutes } from './pages/stock/routes.ts'
import { storeRoutes } from './pages/stores/routes.ts'
import { supplierRoutes } from './pages/suppliers/routes.ts'
import { transferRoutes } from './pages/transfers/routes.ts'
import { paths } from './paths.ts'
import { base, portal } from './portal.ts'
import { readSearch, writeSearch } from './search.ts'
import { PageSkeleton } from './shell/PageSkeleton.tsx'
import { ProblemState, Refused } from './ui/states.tsx'

// One line a slice: its pages stand in pages/<slice>/routes.ts. Those of a client in pages/portal/routes.ts.
const deskRoutes = [
  homeRoute,
  nowhereRoute,
  ...orderRoutes,
  ...productRoutes,
  ...stockRoutes,
  ...supplierRoutes,
  ...transferRoutes,
  ...clientRoutes,
  ...ruleRoutes,
  ...fulfillmentRoutes,
  ...importRoutes,
  ...peopleRoutes,
  ...roleRoutes,
  ...keyRoutes,
  ...signInRoutes,
  ...outboxRoutes,
  ...jobRoutes,
  ...privacyRoutes,
  ...auditRoutes,
  ...portalSettingsRoutes,
  ...storeRoutes,
] as const
type Routes = readonly [...typeof deskRoutes, ...typeof portalRoutes]

const tree = rootRoute.addChildren([
  plainRoute.addChildren(accessRoutes),
  signedInRoute.addChildren((portal ? portalRoutes : deskRoutes) as unknown as Routes),
])

export const client = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiProblem) || error.status >= 500),
    },
  },
})

export const router = createRouter({
  routeTree: tree,
  basepath: base || '/',
  context: { client },
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPendingComponent: PageSkeleton,
  defaultNotFoundComponent: () => <Refused />,
  defaultErrorComponent: ({ error, reset }) => <ProblemState problem={error} onRetry={reset} />,
  scrollRestoration: true,
})

/** A session that ended meanwhile shows at the next answer, on whatever page: back to the sign-in, then back here. */
function leaveWhenSignedOut(error: unknown) {
  if (!(error instanceof ApiProblem) || error.status !== 401 || error.code === 'view_ended') return
  client.setQueryData(meQuery.queryKey, null)
  void router.navigate(paths.signIn(router.state.location.href, 'yes'))
}

/** Rights count from the next request on, and the page follows without an error: what it may show is asked again. */
onRefusal((problem) => {
  if (problem.code === 'view_ended') viewIsOver()
  if (problem.code === 'not_permitted') void followRights()
})
let followed = 0
async function followRights() {
  if (Date.now() - followed < 1_000) return
  followed = Date.now()
  const before = client.getQueryData(meQuery.queryKey)?.permissions
  const now = (await client.fetchQuery({ ...meQuery, staleTime: 0 }))?.permissions
  if (String(before) !== String(now)) await router.invalidate()
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
