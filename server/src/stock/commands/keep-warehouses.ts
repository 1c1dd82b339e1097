import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { explainConstraints } from '#kernel/db/errors.ts'
import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { getWarehouse, type StoreOrder, storeOrders, type Warehouse } from '../queries/warehouses.ts'
import type { warehousesContract } from '../warehouses-contract.ts'

explainConstraints({
  warehouses_by_name: () =>
    new Problem('already_exists', 'There is a warehouse of that name already.', {
      errors: [{ field: 'name', message: 'is taken' }],
    }),
})

/** @throws Problem already_exists */
export async function createWarehouse(tx: Tx, body: BodyOf<(typeof warehousesContract)['createWarehouse']>) {
  const id = uuidv7()
  const name = trimmedName(body.name)
  const part = (key: 'line1' | 'line2' | 'city' | 'region' | 'postcode' | 'country') => (body[key] ?? '').trim()
  await tx.rows(sql`
    insert into stock.warehouses (account_id, id, name, line1, line2, city, region, postcode, country)
    values (app.account_id(), ${id}, ${name}, ${part('line1')}, ${part('line2')}, ${part('city')}, ${part('region')}, ${part('postcode')}, ${part('country')})`)
  await audit(tx, 'warehouse.created', { kind: 'warehouse', id }, { name })
  return await getWarehouse(tx, id)
}

/**
 * Changes what is named, leaves the rest. There is always one default warehouse; only what is empty is archived.
 * @throws Problem not_found, changed_meanwhile, already_exists, wrong_state
 */
export async function changeWarehouse(
  tx: Tx,
  id: string,
  version: number,
  change: BodyOf<(typeof warehousesContract)['changeWarehouse']>,
) {
  await tx.rows(sql`select from stock.warehouses where id = ${id} or is_default order by id for update`)
  const before = await getWarehouse(tx, id)
  if (before.version !== version) throw changedMeanwhile(before, change)
  const after: Warehouse = { ...before, ...change, name: trimmedName(change.name ?? before.name) }
  if (after.archived && after.isDefault)
    throw new Problem('wrong_state', 'The default warehouse stays. Make another one the default first.')
  if (after.archived && !before.archived) await expectEmpty(tx, id)
  if (after.isDefault && !before.isDefault)
    await tx.rows(
      sql`update stock.warehouses set is_default = false, version = version + 1 where is_default and id <> ${id}`,
    )
  await tx.rows(sql`
    update stock.warehouses w
       set name = ${after.name}, is_default = ${after.isDefault}, line1 = ${after.line1.trim()}, line2 = ${after.line2.trim()},
           city = ${after.city.trim()}, region = ${after.region.trim()}, postcode = ${after.postcode.trim()}, country = ${after.country},
           archived_at = case when ${after.archived} then coalesce(w.archived_at, app.now()) end, version = w.version + 1
     where w.id = ${id}`)
  await audit(tx, 'warehouse.changed', { kind: 'warehouse', id }, { ...change })
  return await getWarehouse(tx, id)
}

/** @throws Problem wrong_state where something is there, on its way or waited for */
async function expectEmpty(tx: Tx, id: string): Promise<void> {
  const found = await tx.first(sql`
    select from stock.levels l where l.warehouse_id = ${id}
       and l.on_hand + l.quarantine + l.unverified + l.announced + l.in_transit + l.backordered > 0 limit 1`)
  if (found)
    throw new Problem(
      'wrong_state',
      'There is stock in this warehouse, on its way to it, or waited for in it. Move or adjust that first.',
    )
}

/**
 * Says which warehouses are asked for the orders of a store that come from now on, in this order; none: the default alone.
 * What came before keeps the warehouse it was given.
 * @throws Problem not_found for a store or a warehouse that he does not see, changed_meanwhile
 */
export async function orderStoreWarehouses(
  tx: Tx,
  storeId: string,
  version: number,
  warehouseIds: string[],
): Promise<StoreOrder> {
  const [store, known] = await tx.all(
    sql`select from channels.stores where id = ${storeId}`,
    sql`select from stock.warehouses where id = any (${uuids(warehouseIds)}) and archived_at is null`,
  )
  if (!store[0] || known.length < warehouseIds.length) throw notFound()
  // There is a row to be locked from the first edit on.
  await tx.rows(sql`
    insert into stock.store_orders (account_id, store_id) values (app.account_id(), ${storeId}) on conflict do nothing`)
  await tx.rows(sql`select from stock.store_orders where store_id = ${storeId} for update`)
  const before = await storeOrderOf(tx, storeId)
  if (before.version !== version) throw changedMeanwhile(before, { warehouseIds })
  await tx.rows(sql`update stock.store_orders set version = version + 1 where store_id = ${storeId}`)
  await tx.rows(sql`delete from stock.store_warehouses where store_id = ${storeId}`)
  await tx.rows(sql`
    insert into stock.store_warehouses (account_id, store_id, warehouse_id, position)
    select app.account_id(), ${storeId}, x.id, x.position from unnest(${uuids(warehouseIds)}) with ordinality as x (id, position)`)
  await audit(tx, 'store.warehouses_ordered', { kind: 'store', id: storeId }, { warehouses: warehouseIds })
  return await storeOrderOf(tx, storeId)
}

const storeOrderOf = async (tx: Tx, storeId: string): Promise<StoreOrder> => (await tx.first(storeOrders(storeId)))!

function trimmedName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw invalid('name', 'must not be blank')
  return trimmed
}
