import { Readable } from 'node:stream'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { plainFormat } from '../../testing/plain-format.ts'
import { type Format, readTable } from './index.ts'

/** One byte at a time: nothing may depend on where a chunk ends. */
function read(content: string | Buffer, format: Partial<Format> = {}) {
  const bytes = Buffer.from(content as string)
  return readAll(Readable.from(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1))), format)
}

async function readAll(source: Readable, format: Partial<Format> = {}) {
  const { headings, rows } = await readTable(source, { ...plainFormat, ...format })
  const all = []
  for await (const { line, cells, cutOff } of rows) all.push([line, ...cells, ...(cutOff ? ['cut off'] : [])])
  return { headings, rows: all }
}

describe('rows are read with the line on which they start', () => {
  test.each(['\n', '\r\n', '\r'])('whatever the line ends: %j', async (end) => {
    const content = ['A,B', '1,"x', 'y"', '', '2,z', ''].join(end)
    expect(await read(content)).toEqual({
      headings: ['A', 'B'],
      rows: [
        [2, '1', 'x\ny'],
        [5, '2', 'z'],
      ],
    })
  })

  test('lines above the headings are dropped and counted', async () => {
    const { headings, rows } = await read('sep=;\n"Mixed, un"closed\nA;B\n1;2\n', { headerRow: 2, delimiter: ';' })
    expect(headings).toEqual(['A', 'B'])
    expect(rows).toEqual([[4, '1', '2']])
  })

  test.each(['utf-16le', 'utf-16be', 'windows-1252', 'macintosh'] as const)('in %s', async (encoding) => {
    const { rows } = await read(iconv.encode('Nom,Ville\nZoé,Besançon\n', encoding, { addBOM: true }), { encoding })
    expect(rows).toEqual([[2, 'Zoé', 'Besançon']])
  })

  test('a byte order mark is no part of the first heading', async () => {
    expect((await read('\ufeffA,B\n1,2\n')).headings).toEqual(['A', 'B'])
  })

  test('short and long rows come as they are; doubled and empty headings too', async () => {
    const { headings, rows } = await read('A,A,,__proto__\n1\n1,2,3,4,5\n,,,\n')
    expect(headings).toEqual(['A', 'A', '', '__proto__'])
    expect(rows).toEqual([
      [2, '1'],
      [3, '1', '2', '3', '4', '5'],
    ])
  })

  test('the last row is marked where the file ends without a line end', async () => {
    expect((await read('A,B\n1,2\n3')).rows).toEqual([
      [2, '1', '2'],
      [3, '3', 'cut off'],
    ])
    expect((await read('A,B\r1,2\r')).rows).toEqual([[2, '1', '2']])
  })

  test('stray quotation marks are characters', async () => {
    expect((await read('A,B\n5" nail,"5"" nail"\n')).rows).toEqual([[2, '5" nail', '5" nail']])
    expect((await read('A\tB\n"x\ty\n', { delimiter: '\t', quote: '' })).rows).toEqual([[2, '"x', 'y']])
  })

  test('guards against formulas are taken off, apostrophes of names stay', async () => {
    const { rows } = await read(`A\n'=1+1\n'-5 %\n"'\t x"\n="00123"\n't Hart\n'＝x\n`)
    expect(rows.map((row) => row[1])).toEqual(['=1+1', '-5 %', '\t x', '00123', "'t Hart", '＝x'])
  })

  test('the closing lines of an eBay report are no rows', async () => {
    const { rows } = await read('A,B,C\n1,2,3\n\n12,record(s) downloaded\nSeller ID : me\n')
    expect(rows).toEqual([[2, '1', '2', '3']])
  })
})

describe('a file that cannot be read to its end', () => {
  test('an open quotation mark is named by the line where its row starts', async () => {
    const content = 'A,B\n1,"2\n2"\n3,"cut\noff, for'
    const refused = { code: 'file_cut_off', params: { line: 4 } }
    await expect(read(content)).rejects.toMatchObject(refused)
    await expect(readAll(Readable.from([Buffer.from(content)]))).rejects.toMatchObject(refused)
  })

  test('a row without end is refused before it fills the memory', async () => {
    const endless = Readable.from(
      ['A,B\n1,"', ...Array.from({ length: 30 }, () => 'x'.repeat(50_000))].map(Buffer.from),
    )
    await expect(readAll(endless)).rejects.toMatchObject({ code: 'file_row_too_large', params: { line: 2 } })
  })

  test('a trouble of the source itself comes through', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('A\n1\n')
        throw new Error('disk gone')
      })(),
    )
    await expect(readAll(broken)).rejects.toThrow('disk gone')
  })
})
