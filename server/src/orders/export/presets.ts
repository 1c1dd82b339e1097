import { uuidv7 } from 'uuidv7'
import { audienceOf } from '#kernel/audience.ts'
import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { typed } from '../step.ts'
import { columnsFor } from './columns.ts'
import { type ChosenColumn, chosenColumns } from './export-orders.ts'

/** Every column there is for the caller, and the choices kept by name, which are the house's: of those, the columns he may have. */
export async function listExportChoices(tx: Tx) {
  const ofHouse = (await audienceOf(tx)) === 'staff'
  const presets = !ofHouse
    ? []
    : await tx.rows(sql<{ id: string; name: string; columns: { key: string; heading: string }[] }>`
    select id, name, columns from orders.export_presets order by lower(name)`)
  const columns = columnsFor(tx.who)
  const mine = new Set(columns.map(({ key }) => key))
  return {
    columns: columns.map(({ key, headings }) => ({ key, headings })),
    presets: presets.map((preset) => ({ ...preset, columns: preset.columns.filter(({ key }) => mine.has(key)) })),
  }
}

/** Keeps a choice of columns by a name, for everybody of the account who exports. @throws Problem invalid_request */
export async function keepExportPreset(tx: Tx, body: { name: string; columns: ChosenColumn[] }) {
  needHouse(tx)
  const name = typed('name', body.name)
  const columns = chosenColumns(tx.who, body.columns).map(({ key, heading }) => ({ key, heading }))
  const row = await tx.first(sql<{ id: string }>`
    insert into orders.export_presets as p (account_id, id, name, columns) values (app.account_id(), ${uuidv7()}, ${name}, ${json(columns)})
    on conflict (account_id, lower(name) collate "C") do update set name = excluded.name, columns = excluded.columns, version = p.version + 1
    returning id`)
  await audit(tx, 'export_preset.kept', { kind: 'export_preset', id: row!.id }, { name, columns })
  return { id: row!.id }
}

/** @throws Problem not_permitted: kept choices are the house's */
function needHouse(tx: Tx): void {
  if (tx.who.audience !== 'staff')
    throw new Problem('not_permitted', 'Kept choices of columns are your host’s. Choose the columns for each file.')
}

/** @throws Problem not_found */
export async function forgetExportPreset(tx: Tx, id: string) {
  needHouse(tx)
  const gone = await tx.first(sql<{ name: string }>`delete from orders.export_presets where id = ${id} returning name`)
  if (!gone) throw notFound()
  await audit(tx, 'export_preset.forgotten', { kind: 'export_preset', id }, { name: gone.name })
  return {}
}
