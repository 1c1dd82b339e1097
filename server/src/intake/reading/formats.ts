import chardet from 'chardet'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { delimiters, encodings } from './choices.ts'
import type { Delimiter, Encoding, Format, FormatGuess } from './types.ts'

/** How much of a file the guesses look at, in bytes. */
export const headSize = 256 * 1024

/**
 * Guesses how a file is written from its first `headSize` bytes. Always answers: every guess is shown to a person, who can
 * change it.
 */
export function guessFormat(head: Buffer): FormatGuess {
  const encoding = guessEncoding(head)
  const lines = iconv.decode(head, encoding).split(/\r\n?|\n/)
  const told = /^sep=(.)$/i.exec(lines[0] ?? '')?.[1] as Delimiter | undefined
  const body = (told ? lines.slice(1) : lines).join('\n')
  const delimiter = told && delimiters.includes(told) ? told : guessDelimiter(body)
  const quote = delimiter === '\t' && !/(^|\t)"[^\t]*"(\t|$)/m.test(body) ? '' : '"'
  const rows = sampleRows(body, delimiter, quote)
  const header = headerIndex(rows)
  const cells = rows.slice(header + 1).flat()
  const comma = guessDecimalComma(cells)
  const order = guessDateOrder(cells, delimiter === ';' || comma.value)
  return {
    format: {
      encoding,
      delimiter,
      headerRow: (told ? 1 : 0) + lineOf(rows, header),
      quote,
      decimalComma: comma.value,
      dateOrder: order.value,
    },
    sure: { decimalComma: comma.sure, dateOrder: order.sure },
  } satisfies { format: Format; sure: FormatGuess['sure'] }
}

function guessEncoding(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  // Plain Latin text in UTF-16 has a zero in every second byte.
  const zeros = [0, 0]
  for (let i = 0; i < Math.min(head.length, 4096); i++) if (head[i] === 0) zeros[i % 2]!++
  if (zeros[0]! + zeros[1]! > 0) return zeros[1]! >= zeros[0]! ? 'utf-16le' : 'utf-16be'
  if (isUtf8(head)) return 'utf-8'
  const guess = chardet.detect(head)?.toLowerCase()
  const found = encodings.find((encoding) => encoding === guess)
  if (found && !found.startsWith('utf') && found !== 'windows-1252') return found
  // Five bytes are not used by Windows-1252; é, è, ê and ç of the old Mac are among them.
  return head.some((byte) => byte === 0x8d || byte === 0x8f || byte === 0x90) ? 'macintosh' : 'windows-1252'
}

/** The last character may be cut by the end of the head. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The first sixty rows; a row cut by the end of the head is left out. */
function sampleRows(body: string, delimiter: Delimiter, quote: Format['quote']): string[][] {
  const rows: string[][] = []
  const keep = (row: string[]) => {
    rows.push(row)
    return null
  }
  try {
    parse(body, { ...csvOptions(delimiter, quote), to: 60, on_record: keep })
  } catch {
    // What was read before the trouble is sample enough; reading the whole file will name its line.
  }
  return rows
}

/** How every CSV file is read: line ends are made plain before, ragged rows and stray quotation marks are let through. */
export const csvOptions = (delimiter: Delimiter, quote: Format['quote']) => ({
  delimiter,
  quote: quote || null,
  record_delimiter: '\n',
  relax_column_count: true,
  relax_quotes: true,
})

const filled = (row: string[]) => row.filter((cell) => cell.trim() !== '').length

/** The delimiter that cuts most rows into the same number of cells, and into the most of them. */
function guessDelimiter(body: string): Delimiter {
  let best: Delimiter = ','
  let bestScore = 0
  for (const delimiter of delimiters) {
    const rows = sampleRows(body, delimiter, '"').filter((row) => filled(row) > 0)
    const widths = new Map<number, number>()
    for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    const score = width > 1 ? Math.log2(width) * (count / rows.length) : 0
    if (score > bestScore) [best, bestScore] = [delimiter, score]
  }
  return best
}

/** The first row that fills at least half of the cells of the widest: titles and empty lines above it are not headings. */
function headerIndex(rows: string[][]): number {
  const width = Math.max(1, ...rows.map(filled))
  return Math.max(
    0,
    rows.findIndex((row) => filled(row) * 2 >= width),
  )
}

/** The physical line, from 0, on which a row starts: cells may hold line ends of their own. */
const lineOf = (rows: string[][], index: number) =>
  rows.slice(0, index).reduce((line, row) => line + 1 + row.join('').split('\n').length - 1, 0)

function guessDecimalComma(cells: string[]): { value: boolean; sure: boolean } {
  let comma = 0
  let point = 0
  for (const cell of cells) {
    const number = cell.replace(/[$€£¥\s\u00a0\u202f]|\b[A-Z]{3}\b/g, '')
    if (/^-?(\d+|\d{1,3}(\.\d{3})+),(\d{1,2}|\d{4,})$/.test(number)) comma++
    else if (/^-?(\d*|\d{1,3}(,\d{3})+)\.(\d{1,2}|\d{4,})$/.test(number)) point++
  }
  return { value: comma > point, sure: comma > 0 !== point > 0 }
}

function guessDateOrder(cells: string[], continental: boolean): { value: Format['dateOrder']; sure: boolean } {
  const seen = { ymd: 0, dmy: 0, mdy: 0, either: 0 }
  for (const cell of cells) {
    const parts = /^\s*(\d{4}|\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d|[-/.])/.exec(cell)
    if (!parts) continue
    const [first, second] = [Number(parts[1]), Number(parts[3])]
    if (parts[1]!.length === 4) seen.ymd++
    else if (first > 12 && first <= 31 && second <= 12) seen.dmy++
    else if (second > 12 && second <= 31 && first <= 12) seen.mdy++
    else if (parts[2] === '.') seen.dmy++
    else seen.either++
  }
  if (seen.dmy + seen.mdy > 0) {
    return { value: seen.dmy >= seen.mdy ? 'dmy' : 'mdy', sure: seen.dmy === 0 || seen.mdy === 0 }
  }
  if (seen.either > 0) return { value: continental ? 'dmy' : 'mdy', sure: false }
  return { value: 'ymd', sure: true }
}
