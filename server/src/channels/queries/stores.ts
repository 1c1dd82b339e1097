import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

export interface Store {
  id: string
  name: string
  channel: string
  currency: string
  isDefault: boolean
  client: { id: string; name: string } | null
  version: number
}

const stores = (condition: Statement<unknown>) => sql<Store>`
  select s.id, s.name, s.channel, s.currency, s.is_default as "isDefault", s.version,
         case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as client
    from channels.stores s left join access.parties c on c.account_id = s.account_id and c.id = s.client_party_id and c.kind = 'client'
   where ${condition} order by s.is_default desc, lower(s.name), s.id`

export const listStores = async (tx: Tx) => ({ items: await tx.rows(stores(sql`true`)) })

/** @throws Problem not_found */
export async function getStore(tx: Tx, id: string): Promise<Store> {
  const store = await tx.first(stores(sql`s.id = ${id}`))
  if (!store) throw notFound()
  return store
}
