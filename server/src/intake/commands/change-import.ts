import { audit } from '#kernel/audit.ts'
import { json, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { intakeContract } from '../contract.ts'
import { findImport, type ImportRow } from '../import-row.ts'
import { ownFields, ownMapping } from '../own-fields.ts'
import { readHead } from '../queries/file-head.ts'
import { listStores } from '../queries/stores.ts'
import {
  currencyDecimals,
  FileRefused,
  type Format,
  type KeptMapping,
  type Kind,
  type Mapping,
  proposedMapping,
  proposeMapping,
  recallMapping,
} from '../reading/index.ts'

type Change = BodyOf<(typeof intakeContract)['changeImport']>

/**
 * Changes how an import's file is read and what its columns fill. What was checked is to be checked again.
 * @throws Problem changed_meanwhile, wrong_state once it runs, invalid_request with the field
 */
export async function changeImport(tx: Tx, deps: Deps, id: string, version: number, change: Change): Promise<void> {
  await tx.rows(sql`select from intake.imports where id = ${id} for update`)
  const row = await findImport(tx, id)
  if (row.version !== version) throw changedMeanwhile(asSent(row, change), change)
  const format = { ...row.format, ...change.format }
  const mapping = await mappingAfter(tx, deps, row, format, change)
  const { storeId, currency } = await placeAfter(tx, row, change)
  const changed = await tx.first(sql`
    update intake.imports set format = ${json(mapping.format)}, mapping = ${json(mapping.columns)}, store_id = ${storeId}, currency = ${currency},
           mode = ${change.mode ?? row.mode}, state = 'uploaded', survey = null, error = null, version = version + 1
     where id = ${id} and ${row.state} in ('uploaded', 'checked') returning id`)
  if (!changed)
    throw new Problem(
      'wrong_state',
      'It is being checked or has begun to run. Upload the file again to import it otherwise.',
    )
  await audit(tx, 'import.changed', { kind: 'import', id }, change)
}

/** The import in the words of a change, to be held against it. */
function asSent(row: ImportRow, change: Change) {
  const fieldOf = (index: number) => Object.entries(row.mapping).find(([, column]) => column === index)?.[0] ?? null
  return {
    ...row,
    format: Object.fromEntries(
      Object.keys(change.format ?? {}).map((part) => [part, row.format[part as keyof Format]]),
    ),
    columns: change.columns?.map(({ index }) => ({ index, field: fieldOf(index) })),
  }
}

/** Another format may show other headings: then the proposal is made anew, else what was chosen stays. */
async function mappingAfter(tx: Tx, deps: Deps, row: ImportRow, format: Format, change: Change) {
  const kept = change.mappingId === undefined ? undefined : await findMapping(tx, row, change.mappingId)
  if (kept && !row.sure.dateOrder) format.dateOrder = kept.format.dateOrder
  if (kept && !row.sure.decimalComma) format.decimalComma = kept.format.decimalComma
  const now = await headOrNothing(deps, row.fileId, format)
  const before = change.format ? await headOrNothing(deps, row.fileId, row.format) : now
  const sameHeadings = JSON.stringify(before.headings) === JSON.stringify(now.headings)
  let columns: Mapping = sameHeadings
    ? { ...row.mapping }
    : ownMapping(tx, proposedMapping(proposeMapping(row.kind, now.headings, now.sample, format)))
  if (kept) columns = recallMapping(now.headings, kept.columns)
  if (change.columns) columns = chosen(tx, row.kind, columns, change.columns)
  return { format, columns }
}

/** Each column named fills what is said, or nothing. @throws Problem invalid_request where a field would get two columns */
function chosen(tx: Tx, kind: Kind, mapping: Mapping, choices: NonNullable<Change['columns']>): Mapping {
  const known = new Set(ownFields(tx, kind).map(({ key }) => key))
  const named = new Set(choices.map(({ index }) => index))
  const after: Mapping = Object.fromEntries(Object.entries(mapping).filter(([, column]) => !named.has(column)))
  for (const { index, field } of choices) {
    if (field === null) continue
    if (!known.has(field)) throw invalid('columns', `names ${field}, which is no field of ${kind}`)
    if (Object.hasOwn(after, field))
      throw invalid('columns', `gives the field ${field} two columns: one column fills one field`)
    after[field] = index
  }
  return after
}

async function headOrNothing(deps: Deps, fileId: string, format: Format) {
  try {
    return await readHead(deps, fileId, format)
  } catch (error) {
    if (error instanceof FileRefused) return { headings: [], sample: [] }
    throw error
  }
}

async function findMapping(tx: Tx, row: ImportRow, id: string) {
  const kept = await tx.first(sql<{ columns: KeptMapping; format: Format }>`
    select columns, format from intake.mappings where id = ${id} and kind = ${row.kind}`)
  if (!kept) throw notFound()
  return kept
}

async function placeAfter(tx: Tx, row: ImportRow, change: Change) {
  if (change.currency !== undefined && !isCurrency(change.currency))
    throw invalid('currency', 'is not a currency: write its three letters, such as EUR')
  if (change.storeId === undefined) return { storeId: row.storeId, currency: change.currency ?? row.currency }
  if (row.kind === 'products') throw invalid('storeId', 'is for orders: products belong to the account')
  const store = (await listStores(tx)).find(({ id }) => id === change.storeId)
  if (!store) throw invalid('storeId', 'is not a store of yours')
  return { storeId: store.id, currency: change.currency ?? store.currency }
}

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code) && currencyDecimals(code) <= 6
