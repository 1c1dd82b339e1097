import type { Pool } from 'pg'
import { patience, transaction } from '#kernel/db/connection.ts'
import { pipeline } from '#kernel/db/pipeline.ts'
import { compile, type Statement } from '#kernel/db/sql.ts'

/** The identity login's handle: users, sessions and one-time tokens, and the few doors of access/functions.sql. Nobody is asking yet. */
export interface Identity {
  rows<Row>(statement: Statement<Row>): Promise<Row[]>
  first<Row>(statement: Statement<Row>): Promise<Row | undefined>
}

/** Runs in one transaction of the identity login (connection.ts): perhaps anew, so its only effects are through `identity`. */
export async function asIdentity<T>(pool: Pool, work: (identity: Identity) => Promise<T>): Promise<T> {
  return await transaction(
    pool,
    [],
    async (client) => {
      const rows = async <Row>(statement: Statement<Row>): Promise<Row[]> =>
        (await pipeline(client, [compile(statement)], patience.request))[0]!.rows
      return await work({ rows, first: async (statement) => (await rows(statement))[0] })
    },
    patience.request,
  )
}
