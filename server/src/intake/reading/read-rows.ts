import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { CsvError, type Options, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { csvOptions } from './formats.ts'
import { FileRefused } from './reasons.ts'
import type { Format, Row } from './types.ts'

const longestRow = 1_000_000
const mostRows = 5_000_000

/** The headings of a file and its rows, each read once, in constant memory. */
export type Table = { headings: string[]; rows: AsyncGenerator<Row, void, undefined> }

/**
 * Reads a CSV file from its bytes. Empty rows and the closing lines of eBay's reports are left out; short and long rows
 * come as they are. Throws a FileRefused for a file that ends inside quotation marks, has no row, or too long a one.
 */
export async function readTable(source: Readable, format: Format): Promise<Table> {
  const rows = readRows(source, format)
  const first = await rows.next()
  if (first.done) throw new FileRefused('file_empty')
  return { headings: first.value.cells.map((heading) => heading.trim()), rows }
}

async function* readRows(source: Readable, format: Format): AsyncGenerator<Row, void, undefined> {
  const text = { endsOpen: false }
  let line = format.headerRow + 1
  // Rows are made inside the parser, so that `line` is right when an error comes: the stream then drops what it still holds.
  const toRow = (cells: string[]): Row | null => {
    const row: Row = { line, cells, cutOff: false }
    line++
    let empty = true
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!
      if (cell === '') continue
      empty = false
      if (cell.includes('\n')) line += cell.split('\n').length - 1
      const mark = cell.charCodeAt(0)
      if (mark === apostrophe || mark === equals) cells[i] = unguarded(cell)
    }
    return empty || isFooter(cells) ? null : row
  }
  const parser = parse({
    ...csvOptions(format.delimiter, format.quote),
    max_record_size: longestRow,
    // The parser's types know arrays alone.
    on_record: toRow as unknown as Options['on_record'],
  })
  // Errors of any stage reach the loop below through the parser.
  pipeline(
    source,
    (bytes: AsyncIterable<Buffer>) => plainText(bytes, format, text),
    parser,
    () => {},
  )
  let held: Row | undefined
  let count = 0
  try {
    for await (const row of parser as AsyncIterable<Row>) {
      if (held) yield held
      held = row
      if (++count > mostRows) throw new FileRefused('file_too_many_rows', { limit: mostRows })
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw new FileRefused('file_cut_off', { line })
    throw new FileRefused('file_row_too_large', { line, limit: longestRow })
  }
  // One row is held back, since only the end of the file tells whether its last line is whole.
  if (held) yield { ...held, cutOff: text.endsOpen }
}

/** Decodes, drops the lines above the headings, and makes every line end a plain one, so that lines can be counted. */
async function* plainText(bytes: AsyncIterable<Buffer>, format: Format, text: { endsOpen: boolean }) {
  const decoder = iconv.getDecoder(format.encoding)
  let toSkip = format.headerRow
  let rest = ''
  const plain = (chunk: string) => {
    let whole = rest + chunk
    // A CR at the very end may be the first half of CR LF.
    rest = whole.endsWith('\r') ? '\r' : ''
    if (rest) whole = whole.slice(0, -1)
    if (whole.includes('\r')) whole = whole.replace(/\r\n?/g, '\n')
    while (toSkip > 0 && whole !== '') {
      const end = whole.indexOf('\n')
      whole = end < 0 ? '' : whole.slice(end + 1)
      if (end >= 0) toSkip--
    }
    if (whole !== '') text.endsOpen = !whole.endsWith('\n')
    return whole
  }
  for await (const chunk of bytes) {
    const out = plain(decoder.write(chunk))
    if (out !== '') yield out
  }
  const last = plain(`${decoder.end() ?? ''}`)
  if (rest) text.endsOpen = false
  if (last !== '') yield last
}

const apostrophe = "'".charCodeAt(0)
const equals = '='.charCodeAt(0)

/** Takes off what exports put before a cell so that a spreadsheet does not run it: `'=1+1` and `="00123"`. */
const unguarded = (cell: string) =>
  /^'[=+\-@\t\n＝＋－＠]/.test(cell) ? cell.slice(1) : (/^="([^"]*)"$/.exec(cell)?.[1] ?? cell)

const footer = /^(\d+,? ?(record\(s\) downloaded|enregistrement\(s\) téléchargé\(s\))|seller id ?:|id du vendeur ?:)/i

/** eBay ends its reports with "12,record(s) downloaded" and "Seller ID : name". */
const isFooter = (cells: string[]) => cells.length <= 2 && footer.test(cells.join(','))
