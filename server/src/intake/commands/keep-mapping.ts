import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { invalid, notFound } from '#kernel/problem.ts'
import { findImport } from '../import-row.ts'
import { readHead } from '../queries/file-head.ts'
import { keepMapping as byHeading } from '../reading/index.ts'
import { asRefusal } from './create-import.ts'

/** Keeps what an import's columns fill under a name; the same name again replaces what was kept. */
export async function keepMapping(tx: Tx, deps: Deps, { importId, name: given }: { importId: string; name: string }) {
  const name = given.trim()
  if (name === '') throw invalid('name', 'is required')
  const row = await findImport(tx, importId)
  const { headings } = await readHead(deps, row.fileId, row.format).catch((error) => {
    throw asRefusal(error)
  })
  const columns = byHeading(headings, row.mapping)
  const kept = (await tx.first(sql<{ id: string }>`
    insert into intake.mappings (account_id, id, kind, name, columns, format)
    values (app.account_id(), ${uuidv7()}, ${row.kind}, ${name}, ${json(columns)}, ${json(row.format)})
    on conflict (account_id, kind, lower(name) collate "C") do update set name = excluded.name, columns = excluded.columns, format = excluded.format
    returning id`))!
  await audit(tx, 'mapping.kept', { kind: 'mapping', id: kept.id }, { name, kind: row.kind })
  return { id: kept.id, kind: row.kind, name, fields: columns.map(({ field }) => field) }
}

export async function removeMapping(tx: Tx, id: string) {
  const gone = await tx.first(sql<{ name: string }>`delete from intake.mappings where id = ${id} returning name`)
  if (!gone) throw notFound()
  await audit(tx, 'mapping.removed', { kind: 'mapping', id }, { name: gone.name })
  return {}
}
