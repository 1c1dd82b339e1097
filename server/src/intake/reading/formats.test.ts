import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { FileRefused, guessFormat, refuseWrongFile } from './index.ts'

const french = [
  'N° de commande;Commandé le;Réf article;Qté;Prix unitaire;Pays',
  'F-1;31/12/2026;00123;2;12,50;Allemagne',
  'F-2;01/02/2027;00124;1;1 012,50;Suède',
].join('\r\n')

describe('how a file is written is guessed', () => {
  test('French Excel: Windows-1252, semicolons, decimal comma, day first', () => {
    expect(guessFormat(iconv.encode(french, 'windows-1252'))).toEqual({
      format: {
        encoding: 'windows-1252',
        delimiter: ';',
        headerRow: 0,
        quote: '"',
        decimalComma: true,
        dateOrder: 'dmy',
      },
      sure: { decimalComma: true, dateOrder: true },
    })
  })

  test.each([
    ['utf-8', false],
    ['utf-8', true],
    ['utf-16le', true],
    ['utf-16be', true],
    ['utf-16le', false],
    ['macintosh', false],
  ] as const)('the encoding %s, byte order mark: %s', (encoding, addBOM) => {
    expect(guessFormat(iconv.encode(french, encoding, { addBOM })).format.encoding).toBe(encoding)
  })

  test('UTF-8 is still UTF-8 where the head ends inside a character', () => {
    expect(guessFormat(Buffer.from('SKU,Nom\n1,é').subarray(0, -1)).format.encoding).toBe('utf-8')
  })

  test('tabs without quoting, as Amazon writes them', () => {
    const head = Buffer.from('order-id\tsku\tproduct-name\n1\tA\tRail 19" black\n2\tB\tBolt\n')
    expect(guessFormat(head).format).toMatchObject({ delimiter: '\t', quote: '' })
  })

  test('a line that names the delimiter, empty lines and a title stand above the headings', () => {
    expect(guessFormat(Buffer.from('sep=;\nA;B;C\n1;2;3\n')).format).toMatchObject({ delimiter: ';', headerRow: 1 })
    expect(guessFormat(Buffer.from(',,,\n\nA,B,C,D\n1,2,3,4\n')).format.headerRow).toBe(2)
    expect(guessFormat(Buffer.from('"Orders of\nMay"\n\nA,B,C,D\n1,2,3,4\n')).format.headerRow).toBe(3)
  })

  test('month first where a day beyond 12 shows it; where nothing shows it, the guess says so', () => {
    expect(guessFormat(Buffer.from('A,On\n1,12/31/2026\n'))).toMatchObject({
      format: { dateOrder: 'mdy' },
      sure: { dateOrder: true },
    })
    expect(guessFormat(Buffer.from('A,On\n1,03/04/2026\n')).sure.dateOrder).toBe(false)
  })

  test('the delimiter is the one that cuts the rows alike, not the one met most', () => {
    expect(guessFormat(Buffer.from('Name;Price\nA, b, c, d;1,5\nE;2,5\n')).format.delimiter).toBe(';')
  })
})

describe('a wrong file is refused by what it holds, whatever its name', () => {
  const refusalOf = (head: Buffer, size = head.length) => {
    try {
      refuseWrongFile(head, size)
      return null
    } catch (error) {
      return (error as FileRefused).code
    }
  }

  test('a CSV file passes, in UTF-16 too', () => {
    expect(refusalOf(Buffer.from(french))).toBeNull()
    expect(refusalOf(iconv.encode(french, 'utf-16le', { addBOM: true }))).toBeNull()
    expect(refusalOf(iconv.encode(french, 'utf-16be'))).toBeNull()
    expect(refusalOf(Buffer.from('a;b\n1;<b>x</b>\n'))).toBeNull()
  })

  test.each([
    ['file_image', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['file_image', Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1')],
    ['file_pdf', Buffer.from('%PDF-1.7\n%\xe2\xe3', 'latin1')],
    ['file_html', Buffer.from('\ufeff \n<!DOCTYPE html><html><body>Sign in</body></html>')],
    ['file_xml', Buffer.from('<?xml version="1.0"?><orders/>')],
    ['file_json', Buffer.from('[{"order": 1}]')],
    ['file_spreadsheet', Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'latin1')],
    ['file_spreadsheet', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0', 'latin1')],
    ['file_archive', Buffer.from('PK\x03\x04\x14\0\0\0orders.csv', 'latin1')],
    ['file_archive', Buffer.from('\x1f\x8b\x08\0', 'latin1')],
    ['file_binary', Buffer.from('SQLite format 3\0\x10\0\x01\x01', 'latin1')],
    ['file_empty', Buffer.alloc(0)],
    ['file_empty', Buffer.from('\ufeff\r\n  \n')],
  ])('%s', (code, head) => expect(refusalOf(head)).toBe(code))

  test('a file over the limit names its size', () => {
    expect(refusalOf(Buffer.from(french), 2_000_000_001)).toBe('file_too_big')
    expect(() => refuseWrongFile(Buffer.from(french), 2_000_000_001)).toThrow(/2000000001 bytes/)
    expect(() => refuseWrongFile(Buffer.alloc(0), 0)).toThrow(FileRefused)
  })
})
