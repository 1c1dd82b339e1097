import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { oneOf } from '../../search.ts'

/** What the address of the product list says. */
export type ProductsSearch = { q?: string; tag?: string; clientId?: string }

const productsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/products',
  beforeLoad: needs('products:read'),
  validateSearch: (search): ProductsSearch => ({
    q: oneOf(search.q),
    tag: oneOf(search.tag),
    clientId: oneOf(search.clientId),
  }),
  component: lazyRouteComponent(() => import('./ProductsPage.tsx')),
})

export const productRoutes = [productsRoute] as const
