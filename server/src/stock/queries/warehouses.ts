import { audienceOf } from '#kernel/audience.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

export interface Warehouse {
  id: string
  name: string
  isDefault: boolean
  archived: boolean
  line1: string
  line2: string
  city: string
  region: string
  postcode: string
  country: string
  version: number
}
const columns = sql`w.id, w.name, w.is_default as "isDefault", w.archived_at is not null as archived, w.line1, w.line2, w.city, w.region,
  w.postcode, w.country, w.version`

/** Those the caller may see; a client learns their names. */
export async function listWarehouses(tx: Tx, archived = false) {
  const which = archived ? sql`w.archived_at is not null` : sql`w.archived_at is null`
  if ((await audienceOf(tx)) !== 'staff') {
    return {
      items: await tx.rows(sql<{ id: string; name: string }>`
        select w.id, w.name from stock.warehouses w where ${which} order by lower(w.name), w.id`),
    }
  }
  const rows = await tx.rows(sql<Warehouse>`
    select ${columns} from stock.warehouses w where ${which} order by lower(w.name), w.id`)
  return { items: rows.map((details) => ({ id: details.id, name: details.name, details })) }
}

/** @throws Problem not_found */
export async function getWarehouse(tx: Tx, id: string): Promise<Warehouse> {
  const row = await tx.first(sql<Warehouse>`select ${columns} from stock.warehouses w where w.id = ${id}`)
  if (!row) throw notFound()
  return row
}

export interface StoreOrder {
  store: { id: string; name: string }
  warehouseIds: string[]
  version: number
}
/** In which order each store asks the warehouses, or the one. */
export const storeOrders = (storeId?: string) => sql<StoreOrder>`
  select json_build_object('id', s.id, 'name', s.name) as store,
         array(select x.warehouse_id from stock.store_warehouses x where x.account_id = s.account_id and x.store_id = s.id
                order by x.position, x.warehouse_id) as "warehouseIds",
         coalesce((select x.version from stock.store_orders x where x.account_id = s.account_id and x.store_id = s.id), 1) as version
    from channels.stores s where ${storeId ? sql`s.id = ${storeId}` : sql`true`} order by lower(s.name), s.id limit 1000`
