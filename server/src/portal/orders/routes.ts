import type { Handlers } from '#kernel/routes.ts'
import type { portalOrdersContract } from './contract.ts'
import { getPortalOrder } from './get.ts'
import { listPortalOrders } from './list.ts'

export const portalOrdersHandlers: Handlers<typeof portalOrdersContract> = {
  listPortalOrders,
  getPortalOrder: ({ tx, params }) => getPortalOrder(tx, params.id),
}
