import { Closed, contract, Day, Id, Locale, Named, Nullable, Type } from '#kernel/endpoint.ts'

const Count = Type.Integer()
/** Eaches; what was counted in a transfer, what left for orders, what is on hand at the end, and the sum of what was at each day's end. */
const goods = { received: Count, damaged: Count, shipped: Count, onHand: Count, storageDays: Count }
/** Of which something left from a warehouse of the house. */
const shipments = { orders: Count, lines: Count }

const asked = {
  /** YYYY-MM, of days in the account's zone. */
  month: Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' }),
  /** Of which client; left out by a client, his own. */
  clientId: Type.Optional(Id),
}

export const statementsContract = contract({
  getStatement: {
    method: 'GET',
    path: '/statements',
    allow: 'statements:read',
    summary: 'What was done for a client in a month: received, shipped and stored, by product and warehouse',
    query: Closed(asked),
    refuses: ['not_found'],
    response: Type.Object({
      client: Type.String(),
      month: Type.String(),
      /** The last day whose end is counted as stored; null: none is over. */
      through: Nullable(Day),
      /** The month is not over. */
      soFar: Type.Boolean(),
      total: Type.Object({ ...goods, ...shipments }),
      warehouses: Type.Array(Type.Object({ warehouse: Named, ...goods, ...shipments })),
      /** The first 500, by warehouse and SKU; the file has them all. */
      products: Type.Array(Type.Object({ warehouse: Named, sku: Type.String(), name: Type.String(), ...goods })),
      productCount: Count,
    }),
  },
  exportStatement: {
    method: 'GET',
    path: '/statements/export',
    allow: 'statements:read',
    reads: 'statement.exported',
    summary: 'The same as CSV: one row a product and warehouse, after one row a warehouse with its orders',
    query: Closed({ ...asked, language: Type.Optional(Locale) }),
    refuses: ['not_found'],
    response: { file: 'text/csv; charset=utf-8' },
  },
})
