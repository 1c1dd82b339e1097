import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { readLedgerSearch, readStockSearch } from './search.ts'

/** The list of stock: the same page for the house and for a client. */
export const stockRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/stock',
  beforeLoad: needs('stock:read'),
  validateSearch: readStockSearch,
  component: lazyRouteComponent(() => import('./StockPage.tsx')),
})

/** Every movement of stock, for both as well. */
export const ledgerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/stock/ledger',
  beforeLoad: needs('stock:read'),
  validateSearch: readLedgerSearch,
  component: lazyRouteComponent(() => import('./LedgerPage.tsx')),
})

const warehousesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings/warehouses',
  beforeLoad: needs('warehouses:edit'),
  component: lazyRouteComponent(() => import('./WarehousesPage.tsx')),
})

export const stockRoutes = [stockRoute, ledgerRoute, warehousesRoute] as const
