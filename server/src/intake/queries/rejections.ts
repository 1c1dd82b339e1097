import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { guardedCell } from '#kernel/db/guarded.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { Call } from '#kernel/routes.ts'
import { asRefusal } from '../commands/create-import.ts'
import type { intakeContract } from '../contract.ts'
import { findImport, type ImportRow } from '../import-row.ts'
import { kindsOfImport } from '../jobs/kinds.ts'
import { type Params, type ReasonCode, type Refusal, readTable, sentence } from '../reading/index.ts'
import { fileOf } from './file-head.ts'

interface Rejection {
  line: number
  ordinal: number
  heading: string
  value: string
  code: ReasonCode
  params: Params
}

/** A page of what the check of an import refused, by line. */
export async function listRejections({ tx, params, query, pages }: Call<(typeof intakeContract)['listRejections']>) {
  await findImport(tx, params.id)
  const limit = query.limit ?? 50
  const filter = { id: params.id, code: query.code }
  const [line, ordinal] = (pages.open(query.cursor, filter) ?? [-1, -1]) as [number, number]
  const found = await tx.rows(sql<Rejection>`
    select line, ordinal, heading, value, code, params from intake.rejections
     where import_id = ${params.id} and (${query.code ?? null}::text is null or code = ${query.code ?? null}) and (line, ordinal) > (${line}, ${ordinal})
     order by line, ordinal limit ${limit + 1}`)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ ordinal: _, ...item }) => ({ ...item, message: sentence(item.code, item.params) })),
    nextCursor: found.length > limit ? pages.seal([last!.line, last!.ordinal], filter) : null,
  }
}

/** The refusals kept of an import, for the command line. */
export const keptRejections = (tx: Tx, importId: string) =>
  tx.rows(sql<Rejection>`
    select line, ordinal, heading, value, code, params from intake.rejections where import_id = ${importId} order by line, ordinal`)

/**
 * The refused rows as they stood in the file, all of them, with line and reason: to be corrected and imported again. The
 * file is checked anew while they are sent, so that a million of them take no more memory than one.
 */
export async function rejectedRows(tx: Tx, deps: Deps, importId: string): Promise<Readable> {
  const row = await findImport(tx, importId)
  const { headings, results } = await openAgain(deps, row).catch((error) => {
    throw asRefusal(error)
  })
  async function* refused() {
    yield [...headings.map(guardedCell), 'Line', 'Error']
    for await (const { rows, refusals } of results) {
      if (refusals.length === 0) continue
      const reasonsOf = Map.groupBy(refusals, ({ line }) => line)
      for (const { line, cells } of rows) {
        const reasons = (reasonsOf.get(line) ?? []).map(told).join(' ')
        const whole = headings.map((_, i) => guardedCell(cells[i] ?? ''))
        yield [...whole, ...cells.slice(headings.length).map(guardedCell), String(line), guardedCell(reasons)]
      }
    }
  }
  return Readable.from(refused()).pipe(stringify({ bom: true, delimiter: row.format.delimiter }))
}

const told = ({ column, code, params }: Refusal) => `${column ? `${column}: ` : ''}${sentence(code, params)}`

async function openAgain(deps: Deps, row: ImportRow) {
  const source = createReadStream(await fileOf(deps, row.fileId))
  const { headings, rows } = await readTable(source, row.format)
  await rows.return()
  const refusedAny = (row.survey?.rejected ?? 0) > 0
  return { headings, results: refusedAny ? (await kindsOfImport[row.kind].open(deps, row)).results : [] }
}
