import { existsSync } from 'node:fs'
import { readdir, utimes } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { sweepFiles } from '#intake'
import { pathOf } from '#kernel/upload.ts'
import { accounts, parties, warehouses } from '../testing/cast.ts'
import { pdfText } from '../testing/pdf-text.ts'
import { form } from '../testing/upload.ts'
import { at, useWorld } from '../testing/world.ts'
import { code128 } from './code128.ts'
import { sheetOf } from './queries/sheet.ts'
import { printSheet } from './sheet.ts'

describe('what comes with a transfer', () => {
  const world = useWorld(async (w) => {
    await w.owner.query(
      `insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, 'TEA', 'Green tea')`,
      [accounts.one.id, parties.P1.id],
    )
    await w.owner.query(
      `insert into catalog.product_barcodes (account_id, owner_party_id, code, product_id)
       select account_id, owner_party_id, '4006381333931', id from catalog.products where sku = 'TEA'`,
    )
    await w.owner.query(
      "update stock.warehouses set line1 = 'Kai 7', postcode = '20457', city = 'Hamburg', country = 'DE'",
    )
  })
  const announce = async () =>
    (
      await world.as('P1', 'POST /transfers', {
        warehouseId: warehouses.main,
        lines: [{ sku: 'TEA', quantity: 1200 }],
        note: 'Fragile',
        expectedOn: '2026-12-01',
      })
    ).body
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const send = (who: 'P1' | 'P2' | 'W1', id: string, content: Buffer, name = 'photo.png') => {
    const { body, headers } = form({}, { name, content })
    return world.as(who, `POST /transfers/${id}/photos`, body, headers)
  }

  it('S2.35 both sides print its sheet in their language: number, lines, barcodes, addresses, no price', async () => {
    const { id, number } = await announce()
    for (const who of ['P1', 'W1'] as const) {
      const { status, headers, text } = await world.as(who, `GET /transfers/${id}/sheet?language=fr`)
      expect([status, headers['content-type'], text.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-'])
    }
    const sheet = await world.work('P1', (tx) => sheetOf(tx, id))
    const read = async (language: 'en' | 'fr') =>
      pdfText(await buffer(await printSheet(sheet, language, { compress: false })))
    const english = await read('en')
    for (const word of [
      number,
      'Client Petit',
      'TEA · 4006381333931',
      'Green tea',
      '1,200',
      'Kai 7',
      '20457 Hamburg',
      'GERMANY',
      'Fragile',
    ])
      expect(english).toContain(word)
    const french = await read('fr')
    for (const word of ['Transfert de stock', 'ALLEMAGNE', '1 décembre 2026', 'Déclaré']) expect(french).toContain(word)
    expect((await world.as('P1', `GET /transfers/${id}`)).body.lines[0].barcodes).toEqual([
      { code: '4006381333931', quantity: 1 },
    ])
  })

  it('a carton’s barcode stands for as many as the carton holds, and the sheet says how many', async () => {
    const codes = [
      { code: '14006381333938', quantity: 24 },
      { code: '24006381333935', quantity: 6 },
    ]
    await world.as('A1', 'POST /products', { sku: 'CUP', name: 'Cup', clientId: parties.P1.id, barcodes: codes })
    const lines = [{ sku: 'CUP', quantity: 48 }]
    const { body } = await world.as('P1', 'POST /transfers', { warehouseId: warehouses.main, lines })
    expect(body.lines[0].barcodes).toEqual([codes[1], codes[0]])
    const sheet = await world.work('P1', (tx) => sheetOf(tx, body.id))
    expect(pdfText(await buffer(await printSheet(sheet, 'en', { compress: false })))).toContain('24006381333935 × 6')
  })

  it('draws Code 128: every sign eleven modules wide, the last one ends it, with the check sign before', () => {
    // "PJJ123C" is the worked example of the standard's description: check value 55.
    const widths = code128('PJJ123C')
    expect(widths.length).toBe(9 * 6 + 7)
    expect(widths.slice(8 * 6, 9 * 6).join('')).toBe('311321')
    expect(widths.slice(-7).join('')).toBe('2331112')
    expect(widths.reduce((sum, one) => sum + one, 0)).toBe(9 * 11 + 13)
    expect(() => code128('é')).toThrow(RangeError)
  })

  it('19 221 photos are taken by what they are, and given back as a file to be saved, to who sees the transfer', async () => {
    const { id } = await announce()
    const added = await send('P1', id, png)
    expect([added.status, added.body.photos]).toMatchObject([
      200,
      [{ mediaType: 'image/png', side: 'client', actor: 'P1' }],
    ])
    const photo = `/transfers/${id}/photos/${added.body.photos[0].id}`
    for (const who of ['P1', 'W1'] as const) {
      const got = await world.as(who, `GET ${photo}`)
      expect([got.status, got.headers['content-type'], got.headers['x-content-type-options']]).toEqual([
        200,
        'application/octet-stream',
        'nosniff',
      ])
      expect(got.headers['content-disposition']).toBe('attachment; filename="photo.png"')
    }
    const never = `/transfers/${id}/photos/${id}`
    expect((await world.as('P2', `GET ${photo}`)).bare).toBe((await world.as('P2', `GET ${never}`)).bare)
    expect((await world.as('P2', `GET ${photo}`)).status).toBe(404)
    expect((await send('P2', id, png)).status).toBe(404)
    const before = await readdir(world.deps.filesDir)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    for (const bad of [svg, Buffer.from('GIF89a----------'), Buffer.from('PNG'), Buffer.alloc(0)])
      expect((await send('P1', id, bad, 'x.png')).body.code).toBe('file_refused')
    expect((await send('P1', id, Buffer.concat([png, Buffer.alloc(10_000_001)]))).status).toBe(413)
    expect(await readdir(world.deps.filesDir)).toEqual(before)
    // 221: nobody fills the disk with them, however many transfers he announces.
    const other = (await announce()).id
    await world.owner.query('update transfers.photos set bytes = 2000000000 - $1', [png.length - 1])
    expect((await send('P1', other, png)).body.code).toBe('too_large')
    await world.owner.query('update transfers.photos set bytes = 2000000000 - $1', [png.length])
    expect((await send('P1', other, png)).status).toBe(200)
    const file = pathOf(world.deps, added.body.photos[0].id)
    const longAgo = new Date(Date.now() - 7_200_000)
    await utimes(file, longAgo, longAgo)
    await sweepFiles(world.deps)
    expect(existsSync(file)).toBe(true)
  })

  it('D7 both sides confirm what was counted otherwise than declared, each once, when nothing can change any more', async () => {
    const made = await announce()
    await world.as('P1', `POST /transfers/${made.id}/ship`, {})
    expect((await world.as('P1', `POST /transfers/${made.id}/confirm`)).status).toBe(409)
    const lines = [{ lineId: made.lines[0].id, good: 1190, damaged: 10 }]
    const got = await world.as('W1', `POST /transfers/${made.id}/receive`, { lines }, at(2))
    expect(got.body).toMatchObject({ state: 'received', differs: true, can: { confirm: true } })
    expect((await world.as('W1', `POST /transfers/${made.id}/confirm`)).body.can.confirm).not.toBe(true)
    expect((await world.as('A1', `POST /transfers/${made.id}/confirm`)).status).toBe(409)
    const both = await world.as('P1', `POST /transfers/${made.id}/confirm`)
    expect(both.body.confirmations.map(({ side, actor }: { side: string; actor: string }) => [side, actor])).toEqual([
      ['host', accounts.one.name],
      ['client', 'P1'],
    ])
  })
})
