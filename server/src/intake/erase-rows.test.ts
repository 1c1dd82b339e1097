import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainFormat } from '../testing/plain-format.ts'
import { eraseRows } from './erase-rows.ts'
import type { Format } from './reading/index.ts'

const mapping = { order_number: 0, sku: 2 }

describe('rows of one person in a kept file', () => {
  let filesDir: string
  beforeAll(async () => {
    filesDir = await mkdtemp(join(tmpdir(), 'crossdock-erase-'))
  })
  afterAll(() => rm(filesDir, { recursive: true }))

  const erase = async (text: string | Buffer, change: Partial<Format> = {}, begun = true) => {
    await writeFile(join(filesDir, 'f'), text)
    const file = { fileId: 'f', format: { ...plainFormat, ...change }, mapping, begun }
    const erased = await eraseRows({ filesDir }, file, (cells) => cells.some((cell) => cell.includes('Zoe')))
    return { erased, after: await readFile(join(filesDir, 'f')) }
  }

  it('are emptied but for number and SKU; every other byte stays, whatever the line ends and quotation marks', async () => {
    const text = '\ufeffNo,Name,SKU\r\n1,"Bob ""the"" B,\r\n2nd line",S\r\n2,"Zoe\r\nCanary",T\r\n\r\n3,Bo"b,U'
    const { erased, after } = await erase(text)
    expect(after.toString()).toBe(text.replace('"Zoe\r\nCanary"', ''))
    expect(erased).toMatchObject({ lines: [4], bytes: after.length })
  })

  it('go whole where nothing of the file is in yet', async () => {
    expect((await erase('No,Name,SKU\n1,Zoe,S\n2,Bob,T\n', {}, false)).after.toString()).toBe(
      'No,Name,SKU\n,,\n2,Bob,T\n',
    )
  })

  it('are found in every encoding and with every separator', async () => {
    const text = 'No;Name;SKU\n1;Zoé Zoe;é\n2;Bób;é\n'
    for (const encoding of ['utf-16le', 'windows-1252'] as const) {
      const { after } = await erase(iconv.encode(text, encoding), { encoding, delimiter: ';' })
      expect(iconv.decode(after, encoding)).toBe(
        iconv.decode(iconv.encode(text, encoding), encoding).replace('Zoé Zoe', ''),
      )
    }
  })

  it('leave a file alone that has none of them, and one that is gone', async () => {
    const { erased, after } = await erase('No,Name,SKU\n1,Bob,S')
    expect(erased).toBeUndefined()
    expect(after.toString()).toBe('No,Name,SKU\n1,Bob,S')
    const gone = { fileId: 'gone', format: plainFormat, mapping, begun: true }
    expect(await eraseRows({ filesDir }, gone, () => true)).toBeUndefined()
  })
})
