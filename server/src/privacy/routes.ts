import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Handlers } from '#kernel/routes.ts'
import { askErasure } from './commands/ask-erasure.ts'
import { keepRetention, removeRetention } from './commands/retention.ts'
import type { privacyContract, retained } from './contract.ts'
import { exportBuyer } from './queries/export-buyer.ts'
import { findBuyer } from './queries/find-buyer.ts'
import { identityOf } from './queries/identity.ts'

type Named = { id: string; name: string }

export const privacyHandlers: Handlers<typeof privacyContract> = {
  async listRetention({ tx }) {
    const [items, stores, suppliers] = await tx.all(
      sql<{
        id: string
        what: (typeof retained)[number]
        supplier: Named | null
        store: Named | null
        days: number
        updatedBy: string
        updatedAt: string
      }>`
        select r.id, r.what, r.days, r.updated_by as "updatedBy", r.updated_at as "updatedAt",
               case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as supplier,
               case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as store
          from privacy.retention r
          left join access.parties p on p.account_id = r.account_id and p.id = r.supplier_id
          left join channels.stores s on s.account_id = r.account_id and s.id = r.store_id
         order by r.what, p.name nulls first, s.name nulls first, r.id`,
      sql<Named>`select id, name from channels.stores order by name, id`,
      sql<Named>`select id, name from access.parties where kind = 'supplier' and archived_at is null order by name, id`,
    )
    return { items, stores, suppliers }
  },
  keepRetention: ({ tx, body }) => keepRetention(tx, body),
  removeRetention: ({ tx, params }) => removeRetention(tx, params.id),
  findBuyer,
  async exportBuyer({ tx, body, reply }) {
    await identityOf(tx, body.orderIds) // all of them, or none
    await audit(tx, 'buyer.exported', { kind: 'account', id: tx.who.accountId }, { orders: body.orderIds.length })
    reply.header('content-disposition', 'attachment; filename="buyer.json"')
    return Buffer.from(await exportBuyer(tx, body.orderIds))
  },
  eraseBuyer: ({ tx, body }) => askErasure(tx, body.orderIds, body.open ?? 'refuse'),
  async listErasures({ tx }) {
    const [items, waiting] = await tx.all(
      sql<{ id: string; at: string; actor: string; orders: string[] }>`
        select e.id, e.at, e.actor, array(select o.number from orders.orders o where o.id = any (e.order_ids) order by o.number) as orders
          from privacy.erasures e order by e.at desc, e.id desc limit 200`,
      sql<{ orderId: string; number: string; askedAt: string }>`
        select w.order_id as "orderId", o.number, w.asked_at as "askedAt" from privacy.awaiting w
          join orders.orders o on o.account_id = w.account_id and o.id = w.order_id order by w.asked_at desc limit 200`,
    )
    return { items, waiting }
  },
}
