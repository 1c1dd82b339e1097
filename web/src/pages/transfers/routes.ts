import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../../layout.tsx'
import { needs } from '../../needs.ts'
import { listOf, oneOf } from '../../search.ts'
import { transferStates } from './transfer-words.ts'
import type { TransferState } from './useTransfers.ts'

/** What the address of the list says. `portalUser`: ids of those who announced them, or `none`. */
export type TransfersSearch = { q?: string; state?: TransferState[]; warehouse?: string; portalUser?: string[] }

const isState = (word: string): word is TransferState => word in transferStates

const transfersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/transfers',
  beforeLoad: needs('transfers:read'),
  validateSearch: (search: Record<string, unknown>): TransfersSearch => {
    const states = listOf(search.state)?.filter(isState)
    return {
      q: oneOf(search.q),
      state: states?.length ? states : undefined,
      warehouse: oneOf(search.warehouse),
      portalUser: listOf(search.portalUser),
    }
  },
  component: lazyRouteComponent(() => import('./TransfersPage.tsx')),
})

const newTransferRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/transfers/new',
  beforeLoad: needs('transfers:create'),
  component: lazyRouteComponent(() => import('./NewTransferPage.tsx')),
})

const transferRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/transfers/$transferId',
  beforeLoad: needs('transfers:read'),
  component: lazyRouteComponent(() => import('./TransferPage.tsx')),
})

const receiveRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/transfers/$transferId/receive',
  beforeLoad: needs('transfers:receive'),
  component: lazyRouteComponent(() => import('./ReceivePage.tsx')),
})

/** The same pages for the house and for its clients; each side is offered its own steps. */
export const transferRoutes = [transfersRoute, newTransferRoute, transferRoute, receiveRoute] as const
