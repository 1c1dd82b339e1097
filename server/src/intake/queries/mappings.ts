import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { type KeptMapping, type Kind, recallMapping } from '../reading/index.ts'

interface Kept {
  id: string
  kind: Kind
  name: string
  columns: KeptMapping
}

const keptMappings = (tx: Tx, kind: Kind | undefined) =>
  tx.rows(sql<Kept>`
    select id, kind, name, columns from intake.mappings where ${kind ?? null}::text is null or kind = ${kind ?? null} order by lower(name), id`)

/** @param kind of one kind only */
export async function listMappings(tx: Tx, kind: Kind | undefined) {
  const kept = await keptMappings(tx, kind)
  return { items: kept.map(({ columns, ...mapping }) => ({ ...mapping, fields: columns.map(({ field }) => field) })) }
}

/** The kept mappings all of whose headings stand in a file. */
export async function fittingMappings(tx: Tx, kind: Kind, headings: string[]): Promise<{ id: string; name: string }[]> {
  return (await keptMappings(tx, kind))
    .filter(({ columns }) => Object.keys(recallMapping(headings, columns)).length === columns.length)
    .map(({ id, name }) => ({ id, name }))
}
