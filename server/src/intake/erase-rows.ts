import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import iconv from 'iconv-lite'
import type { Deps } from '#kernel/deps.ts'
import { pathOf } from '#kernel/upload.ts'
import { csvOptions } from './reading/formats.ts'
import type { Format, Mapping } from './reading/index.ts'

/** What still stands in a row whose person is erased: enough for a run that goes on to count its orders as before. */
const facts = ['order_number', 'sku', 'quantity']

export interface KeptFile {
  fileId: string
  format: Format
  mapping: Mapping
  /** Some of its rows are in already: their places must stay. Else the row goes whole. */
  begun: boolean
}
export interface ErasedRows {
  /** Physical lines on which the rows begin, from 1. */
  lines: number[]
  bytes: number
  sha256: string
}

/**
 * Takes people out of a kept import file: each row that `isHis` is emptied, all others stay byte for byte. The file is replaced in
 * one step; who reads it at this moment reads the old one to its end. Undefined where no row was his, or no file is there.
 * @param isHis asked with the row's cells and, where a column is mapped to it, its order number
 */
export async function eraseRows(
  deps: Pick<Deps, 'filesDir'>,
  { fileId, format, mapping, begun }: KeptFile,
  isHis: (cells: string[], orderNumber: string | undefined) => boolean,
): Promise<ErasedRows | undefined> {
  const path = pathOf(deps, fileId)
  const lines: number[] = []
  const hash = createHash('sha256')
  let bytes = 0
  async function* rewritten(chunks: AsyncIterable<Buffer>) {
    let line = 1
    for await (const record of records(decoded(chunks, format), format)) {
      const kept = withoutHim(record)
      if (kept !== record) lines.push(line)
      const encoded = iconv.encode(kept, format.encoding)
      hash.update(encoded)
      bytes += encoded.length
      line += record.split(/\r\n?|\n/).length - 1
      yield encoded
    }
  }
  const withoutHim = (record: string): string => {
    const body = record.replace(/[\r\n]+$/, '')
    const cells: string[] | undefined = parse(body, csvOptions(format.delimiter, format.quote))[0]
    if (!cells) return record
    const number = mapping.order_number === undefined ? undefined : cells[mapping.order_number]?.trim()
    if (!isHis(cells, number)) return record
    const columns = begun ? facts.map((field) => mapping[field]) : []
    const blank = cells.map((cell, column) => (columns.includes(column) ? cell : ''))
    return stringify([blank], { delimiter: format.delimiter, record_delimiter: record.slice(body.length) || '\n' })
  }
  // Named like any upload: where the server dies now, it is swept away with those nobody knows.
  const fresh = pathOf(deps, randomUUID())
  try {
    await pipeline(createReadStream(path), rewritten, createWriteStream(fresh, { mode: 0o600, flush: true }))
    if (lines.length > 0) await rename(fresh, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  } finally {
    await rm(fresh, { force: true })
  }
  return lines.length > 0 ? { lines, bytes, sha256: hash.digest('hex') } : undefined
}

async function* decoded(chunks: AsyncIterable<Buffer>, { encoding }: Format) {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false })
  for await (const chunk of chunks) yield decoder.write(chunk)
  yield decoder.end() ?? ''
}

/** Cuts a text into the records of a CSV file, each with its line end: put together again, they are the text. */
async function* records(chunks: AsyncIterable<string>, { delimiter, quote }: Format) {
  let text = ''
  let at = 0
  let quoted = false
  let starts = true // a field begins here
  const cut = (last: boolean): string | undefined => {
    for (; at < text.length; at++) {
      const char = text[at]!
      if (at + 1 === text.length && !last && (char === quote || char === '\r')) return undefined // the next one decides
      if (quoted) {
        if (char !== quote) continue
        if (text[at + 1] === quote) at++
        else quoted = false
      } else if (char === quote && starts) {
        quoted = true
        starts = false
      } else if (char === '\n' || char === '\r') {
        const end = at + (char === '\r' && text[at + 1] === '\n' ? 2 : 1)
        const record = text.slice(0, end)
        text = text.slice(end)
        at = 0
        starts = true
        return record
      } else starts = char === delimiter
    }
    return undefined
  }
  for await (const chunk of chunks) {
    text += chunk
    for (let record = cut(false); record !== undefined; record = cut(false)) yield record
  }
  for (let record = cut(true); record !== undefined; record = cut(true)) yield record
  if (text !== '') yield text
}
