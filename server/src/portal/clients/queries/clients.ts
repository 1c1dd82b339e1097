import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

export interface Named {
  id: string
  name: string
}
export interface ClientRow {
  id: string
  name: string
  email: string | null
  locale: 'en' | 'fr'
  archived: boolean
  version: number
  stores: Named[]
  products: number
  users: number
  invited: number
  asked: number
  strictWarehouses: boolean
  mayAsk: boolean
  receiptsUnverified: boolean
}

/** Stores and products are those the caller may see. */
const clientRows = (condition: Statement<unknown>) => sql<ClientRow>`
  select p.id, p.name, p.email, p.locale, p.archived_at is not null as archived, p.version,
         (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) order by lower(s.name), s.id), '[]')
            from channels.stores s where s.account_id = p.account_id and s.client_party_id = p.id) as stores,
         (select count(*) from catalog.products x where x.account_id = p.account_id and x.owner_party_id = p.id) as products,
         u.users, u.invited, u.asked, c.strict_warehouses as "strictWarehouses", c.may_ask as "mayAsk",
         c.receipts_unverified as "receiptsUnverified"
    from access.parties p
    join portal.clients c on c.account_id = p.account_id and c.client_id = p.id
    join portal.count_users() u on u.client_id = p.id
   where p.kind = 'client' and ${condition}
   order by lower(p.name), p.id`

export async function listClients(tx: Tx, archived: boolean) {
  return {
    items: await tx.rows(clientRows(archived ? sql`p.archived_at is not null` : sql`p.archived_at is null`)),
  }
}

/** One client, for who reads more in the same round trip. */
export const clientById = (id: string) => clientRows(sql`p.id = ${id}`)

/** @throws Problem not_found */
export async function getClient(tx: Tx, id: string) {
  const row = await tx.first(clientById(id))
  if (!row) throw notFound()
  return row
}

/** What a portal user of this client can be given by the caller: nothing that would be refused as more than he has himself. */
export async function listPortalChoices(tx: Tx, id: string) {
  const given = sql`id = any ((select portal.stores_to_give())::uuid[])`
  const [clients, roles, stores, warehouses, freeStores] = await tx.all(
    sql`select 1 from access.parties where id = ${id} and kind = 'client'`,
    sql<{ slug: string; name: string }>`
      select slug, name from access.roles where audience = 'client' and archived_at is null order by built_in desc, slug`,
    sql<Named>`select id, name from channels.stores where client_party_id = ${id} and ${given} order by lower(name), id`,
    sql<Named>`select id, name 
       from stock.warehouses where archived_at is null and ((select app.all_warehouses()) or id = any ((select app.warehouses())::uuid[])) order by lower(name), id`,
    sql<Named>`select id, name from channels.stores where client_party_id is null and ${given} order by lower(name), id`,
  )
  if (clients.length === 0) throw notFound()
  return { roles, stores, warehouses, freeStores }
}
