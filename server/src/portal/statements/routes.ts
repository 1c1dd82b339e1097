import type { Handlers } from '#kernel/routes.ts'
import type { statementsContract } from './contract.ts'
import { statementAsCsv } from './csv.ts'
import { readStatement } from './statement.ts'

export const statementsHandlers: Handlers<typeof statementsContract> = {
  async getStatement({ tx, query }) {
    const statement = await readStatement(tx, query)
    return { ...statement, products: statement.products.slice(0, 500), productCount: statement.products.length }
  },
  async exportStatement({ tx, query, reply }) {
    const statement = await readStatement(tx, query)
    reply.header('content-disposition', `attachment; filename="statement-${statement.month}.csv"`)
    return statementAsCsv(statement, query.language)
  },
}
