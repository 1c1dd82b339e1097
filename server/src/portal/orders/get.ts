import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { getOrder } from '#orders'
import { expectClient } from './for-clients.ts'

interface Entry {
  id: string
  at: string
  kind: string
  side: 'host' | 'client'
  actor: string
  data: Record<string, unknown>
}
interface Comment {
  id: string
  side: 'host' | 'client'
  author: string
  text: string
  createdAt: string
}
interface Gone {
  shipment_id: string
  state: string
  carrier: string
  service: string
  shipped_on: string
  tracking_number: string
  warehouse: string | null
  order_line_id: string
  quantity: number
}

/**
 * An order as its client sees it: what is his of it, what left, and the story in the host's name.
 * @throws Problem not_found, the same for another's order and for none; not_permitted for anybody but a client
 */
export async function getPortalOrder(tx: Tx, id: string) {
  const { clientTags, can, asks, ...order } = await getOrder(tx, id)
  expectClient(tx)
  const [timeline, comments, unread, gone, asking] = await tx.all(
    sql<Entry>`select * from orders.story_for_client(${id})`,
    sql<Comment>`select id, side, author, text, created_at as "createdAt" from orders.comments_for_client(${id})`,
    sql<{ unread: number }>`select unread from orders.unread_for_client(array[${id}]::uuid[])`,
    sql<Gone>`select * from orders.shipped_for_client(array[${id}]::uuid[])`,
    sql<{ may: boolean }>`select orders.client_may_ask() as may`,
  )
  const mayAsk = asking[0]?.may === true
  const { hold, ...others } = can
  return {
    ...order,
    tags: clientTags,
    timeline,
    ...(tx.who.permissions.includes('orders:comment') ? { comments, unread: unread[0]?.unread ?? 0 } : {}),
    shipments: shipmentsOf(gone),
    can: { ...others, ...(hold && mayAsk ? { hold } : {}) },
    asks: mayAsk ? asks : [],
  }
}

function shipmentsOf(rows: Gone[]) {
  const ids = [...new Set(rows.map((row) => row.shipment_id))]
  return ids.map((id) => {
    const parts = rows.filter((row) => row.shipment_id === id)
    const { state, carrier, service, shipped_on, warehouse } = parts[0]!
    return {
      id,
      state,
      carrier,
      service,
      shippedOn: shipped_on,
      warehouse,
      trackingNumbers: [...new Set(parts.map((part) => part.tracking_number).filter((number) => number !== ''))],
      lines: parts.map((part) => ({ orderLineId: part.order_line_id, quantity: part.quantity })),
    }
  })
}
