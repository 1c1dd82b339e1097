import type { Pool } from 'pg'
import { asProblem } from '#kernel/db/errors.ts'
import { compile, type Statement } from '#kernel/db/sql.ts'

/** The identity login's handle: users, sessions and one-time tokens, and the few doors of access/functions.sql. Nobody is asking yet. */
export interface Identity {
  rows<Row>(statement: Statement<Row>): Promise<Row[]>
  first<Row>(statement: Statement<Row>): Promise<Row | undefined>
}

/** Runs in one transaction of the identity login. */
export async function asIdentity<T>(pool: Pool, work: (identity: Identity) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error) => {
    throw asProblem(error)
  })
  const rows = async <Row>(statement: Statement<Row>): Promise<Row[]> => {
    const { text, values } = compile(statement)
    return (await client.query(text, values as unknown[])).rows
  }
  try {
    await client.query('begin')
    const result = await work({ rows, first: async (statement) => (await rows(statement))[0] })
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw asProblem(error)
  } finally {
    client.release()
  }
}
