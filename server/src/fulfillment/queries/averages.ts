import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'

interface Row {
  month: string
  measure: 'cost' | 'handling'
  currency: string
  dimension: 'overall' | 'channel' | 'store' | 'carrier' | 'service'
  name: string
  value: string
}

/**
 * The averages that are final: of the whole account for who sees all of it, else of his stores alone. Cost in minor units,
 * handling in days, to one place.
 */
export async function listAverages(tx: Tx) {
  const [rows, [calendar]] = await tx.all(
    sql<Row>`
      select a.month, a.measure, a.currency, a.dimension, coalesce(s.name, a.key) as name, a.value::text as value
        from fulfillment.averages a
        left join channels.stores s on s.account_id = a.account_id and s.id = a.store_id
       order by a.month desc, a.dimension, name, a.currency`,
    sql<{ months: string[] }>`
      select array(select (date_trunc('month', app.now() at time zone a.timezone) - n * interval '1 month')::date::text from generate_series(1, 3) n) as months
        from access.accounts a where a.id = app.account_id()`,
  )
  return {
    leastOrders: 10,
    months: calendar!.months.map((month) => {
      const of = rows.filter((row) => row.month === month)
      return {
        month,
        cost: of.flatMap(({ measure, dimension, name, currency, value }) =>
          measure === 'cost' ? [{ dimension, name, average: { amount: Math.round(Number(value)), currency } }] : [],
        ),
        handling: of.flatMap(({ measure, dimension, name, value }) =>
          measure === 'handling' ? [{ dimension, name, days: Math.round(Number(value) * 10) / 10 }] : [],
        ),
      }
    }),
  }
}
