import iconv from 'iconv-lite'
import { FileRefused, type ReasonCode } from './reasons.ts'

/** The largest file taken, in bytes (2 GB). */
export const largestFile = 2_000_000_000

// How files that are no CSV begin, as Latin-1 text.
const signatures: [ReasonCode, string[]][] = [
  [
    'file_image',
    ['\x89PNG', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'RIFF', 'II*\0', 'MM\0*', '\0\0\x01\0', '\0\0\0\x18ftyphei'],
  ],
  ['file_pdf', ['%PDF-']],
  ['file_spreadsheet', ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
  ['file_archive', ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b', '7z\xbc\xaf', 'Rar!\x1a', '\x28\xb5\x2f\xfd']],
]

const workbook = /\[Content_Types\]\.xml|xl\/|application\/vnd\.oasis\.opendocument\.spreadsheet/

const markup: [ReasonCode, RegExp][] = [
  ['file_html', /^<(!doctype\s+html|html|head|body|table|script|meta|title|div|svg|!--)/i],
  ['file_xml', /^<\?xml|^<[a-z][\w:-]*[\s>]/i],
  ['file_json', /^(\{\s*["}]|\[\s*[[{\]])/],
]

/**
 * Refuses what cannot be a CSV file, judged by its size in bytes and its head (the first `headSize` bytes), whatever its
 * name says. Throws a FileRefused.
 */
export function refuseWrongFile(head: Buffer, size: number): void {
  if (size === 0 || head.length === 0) throw new FileRefused('file_empty')
  if (size > largestFile) throw new FileRefused('file_too_big', { size, limit: largestFile })
  const bytes = head.toString('latin1')
  for (const [code, starts] of signatures) {
    if (!starts.some((start) => bytes.startsWith(start))) continue
    throw new FileRefused(code === 'file_archive' && workbook.test(bytes) ? 'file_spreadsheet' : code)
  }
  const wide = bytes.startsWith('\xff\xfe') || bytes.startsWith('\xfe\xff') || isWide(head)
  if (!wide && isBinary(head)) throw new FileRefused('file_binary')
  const text = iconv.decode(head.subarray(0, 4096), wide ? 'utf-16' : 'utf-8').trimStart()
  if (text === '' && head.length === size) throw new FileRefused('file_empty')
  for (const [code, start] of markup) if (start.test(text)) throw new FileRefused(code)
}

/** UTF-16 without a mark: nearly every second byte is zero, and none of the others. */
function isWide(head: Buffer): boolean {
  const sample = head.subarray(0, 4096)
  const zeros = [0, 0]
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]!++
  return Math.max(...zeros) > sample.length * 0.35 && Math.min(...zeros) === 0
}

/** Text has no NUL, and hardly any other control character than TAB, line ends and the form feed. */
function isBinary(head: Buffer): boolean {
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return true
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) controls++
  }
  return controls > head.length * 0.01 + 1
}
