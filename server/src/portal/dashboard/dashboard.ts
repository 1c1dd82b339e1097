import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { expectClient } from '../orders/for-clients.ts'

/** What counts as open; the page links to the list of orders with these. */
export const openStatuses = [
  'awaiting_payment',
  'awaiting_shipment',
  'pending_fulfillment',
  'partially_shipped',
] as const
/** What counts as under way; the page links to the list of transfers with these. */
export const underWay = ['to_ship', 'shipped', 'delivered', 'partially_received'] as const

interface Store {
  id: string
  name: string
  open: number
  onHold: number
}
type Figures = Record<'shippedLately' | 'waiting' | 'lowStock' | 'unread', number | null>

/** The figures of the caller's own company, of what he may see. @throws Problem not_permitted for anybody but a client */
export async function readDashboard(tx: Tx) {
  const [stores, transfers, figures] = await tx.all(
    sql<Store>`
      select s.id, s.name, count(o.id) filter (where o.status <> 'on_hold') as open, count(o.id) filter (where o.status = 'on_hold') as "onHold"
        from channels.stores s
        left join orders.orders o on o.account_id = s.account_id and o.store_id = s.id and o.status = any (${texts([...openStatuses, 'on_hold'])})
       group by s.id, s.name order by lower(s.name), s.id`,
    sql<{ count: number }>`select count(*) as count from transfers.transfers where state = any (${texts(underWay)})`,
    sql<Figures>`
      select shipped_lately as "shippedLately", waiting, low_stock as "lowStock", unread from portal.my_figures()`,
  )
  expectClient(tx)
  const may = (permission: 'orders:read' | 'transfers:read') => tx.who.permissions.includes(permission)
  const sum = (of: 'open' | 'onHold') => (may('orders:read') ? stores.reduce((all, store) => all + store[of], 0) : null)
  return {
    open: sum('open'),
    onHold: sum('onHold'),
    transfers: may('transfers:read') ? transfers[0]!.count : null,
    ...figures[0]!,
    stores: may('orders:read') ? stores : [],
  }
}
