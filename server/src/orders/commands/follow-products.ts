import { sql, uuids } from '#kernel/db/sql.ts'
import { on } from '#kernel/events.ts'

/** Order lines follow their products: one whose SKU had no product gets it, and the tags carried on lines are made anew. */
on('products.tagged', async (tx, { productIds }) => {
  await tx.rows(sql`select orders.follow_products(${uuids(productIds)})`)
})
