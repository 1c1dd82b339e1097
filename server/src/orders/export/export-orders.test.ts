import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { guessFormat, proposeMapping, readTable } from '#intake'
import { parties, stores } from '../../testing/cast.ts'
import { line, orderDraft } from '../../testing/scene.ts'
import { useWorld } from '../../testing/world.ts'
import { addOrders } from '../index.ts'

const tagged = 'supplier:Pavlova, Ltd.'

describe('orders leave as CSV', () => {
  const world = useWorld(async (w) => {
    for (const [sku, tags] of [
      ['PAV', [tagged]],
      ['OWN', ['house']],
    ] as const) {
      for (const clientId of [parties.P1.id, parties.P2.id])
        await w.as('A1', 'POST /products', { sku, name: sku, tags, clientId })
    }
    const draft = (number: string, skus: string[]) =>
      orderDraft(number, { lines: skus.map((sku, index) => line(sku, index + 1, 12_345_678)) })
    const dangerous = { ...draft('danger-1', ['OWN']), buyerNote: '-2+3', giftText: '“Ève; "hugs"”\nx' }
    dangerous.recipient.company = '=cmd()'
    dangerous.contact.phone = '+33 1 02 03'
    await w.work('A1', (tx) =>
      addOrders(tx, {
        storeId: stores.a,
        orders: [draft('mixed', ['PAV', 'OWN']), draft('pavlova', ['PAV']), draft('own', ['OWN', 'OWN']), dangerous],
      }),
    )
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [draft('elsewhere', ['PAV'])] }))
  })
  const records = (text: string, delimiter = ',') =>
    parse(text, { columns: true, bom: true, delimiter }) as Record<string, string>[]
  const asked = async (body: object, who: 'A1' | 'Ka' | '$1' | 'F1' = 'A1') =>
    await world.as(who, 'POST /orders/export', body)

  it('S3.18 honours exactly the filter of the list, one row a line, first column Order Number', async () => {
    for (const filter of [
      {},
      { productTag: tagged },
      { productTag: tagged, productTagLines: 'all' },
      { productTag: tagged, productTagLines: 'none' },
      { q: 'pav', storeId: stores.a },
    ]) {
      const query = new URLSearchParams(filter as Record<string, string>)
      const list = await world.as('A1', `GET /orders?${query}`)
      const answer = await asked({ filter })
      expect(answer.status).toBe(200)
      const rows = records(answer.text)
      expect([...new Set(rows.map((row) => row['Order Number']))]).toEqual(
        list.body.items.map((item: { number: string }) => item.number),
      )
    }
    const { text, headers } = await asked({})
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(text.startsWith('\u{FEFF}Order Number,')).toBe(true)
    expect(records(text)).toHaveLength(7)
  })

  it('S3.17 filters by product tag: any line, all lines, no line', async () => {
    const numbers = async (lines: string) => {
      const query = new URLSearchParams({ productTag: tagged, productTagLines: lines, storeId: stores.a })
      const list = await world.as('A1', `GET /orders?${query}`)
      return list.body.items.map((item: { number: string }) => item.number).sort()
    }
    expect(await numbers('any')).toEqual(['mixed', 'pavlova'])
    expect(await numbers('all')).toEqual(['pavlova'])
    expect(await numbers('none')).toEqual(['danger-1', 'own'])
  })

  it('S3.18 of mixed orders, only the lines that match if wished', async () => {
    const filter = { productTag: tagged, storeId: stores.a }
    const lines = async (onlyMatchingLines: boolean) =>
      records((await asked({ filter, onlyMatchingLines })).text)
        .map((row) => [row['Order Number'], row.SKU].join(' '))
        .sort()
    expect(await lines(false)).toEqual(['mixed OWN', 'mixed PAV', 'pavlova PAV'])
    expect(await lines(true)).toEqual(['mixed PAV', 'pavlova PAV'])
    const senseless = await asked({ onlyMatchingLines: true })
    expect([senseless.status, senseless.body.errors[0].field]).toEqual([400, 'onlyMatchingLines'])
  })

  it('S3.19 takes columns, order and headings as chosen, kept by name', async () => {
    const columns = [{ key: 'sku', heading: 'Réf.' }, { key: 'order_number', heading: '=PO' }, { key: 'quantity' }]
    const kept = await world.as('A1', 'PUT /orders/export-presets', { name: 'Pavlova', columns })
    expect(kept.status).toBe(200)
    const again = await world.as('F1', 'PUT /orders/export-presets', { name: 'PAVLOVA', columns })
    expect(again.body.id).toBe(kept.body.id)
    const { presets } = (await world.as('A1', 'GET /orders/export-presets')).body
    expect(presets).toHaveLength(1)
    const { text } = await asked({ columns: presets[0].columns, filter: { q: 'mixed' } })
    expect(text).toBe("\u{FEFF}Réf.,'=PO,Quantity\nPAV,mixed,1\nOWN,mixed,2\n")
    expect((await world.as('A1', `DELETE /orders/export-presets/${kept.body.id}`)).status).toBe(200)
    expect((await world.as('A1', 'GET /orders/export-presets')).body.presets).toEqual([])
  })

  it('is safe in a spreadsheet: what begins like a formula becomes text, numbers and phone numbers stay', async () => {
    const columns = ['company', 'buyer_note', 'phone', 'gift_message', 'unit_price'].map((key) => ({ key }))
    const [row] = records((await asked({ columns, filter: { q: 'danger-1' } })).text)
    expect(row).toEqual({
      Company: "'=cmd()",
      'Buyer Note': "'-2+3",
      Phone: '+33 1 02 03',
      'Gift Message': '“Ève; "hugs"”\nx',
      'Unit Price': '12.345678',
    })
    const french = await asked({ columns, filter: { q: 'danger-1' }, separator: 'semicolon', language: 'fr' })
    expect(records(french.text, ';')[0]).toMatchObject({
      Société: "'=cmd()",
      'Prix unitaire': '12,345678',
    })
  })

  it('what leaves comes back: our import takes the guard off and knows every column it can fill', async () => {
    const { text } = await asked({})
    const bytes = Buffer.from(text)
    const { format } = guessFormat(bytes)
    const { headings, rows } = await readTable(Readable.from([bytes]), format)
    const cells: string[][] = []
    for await (const row of rows) cells.push(row.cells)
    expect(cells.map((row) => row[headings.indexOf('Company')])).toContain('=cmd()')
    const mapped = new Map(
      proposeMapping('orders', headings, cells, format).map(({ heading, field }) => [heading, field]),
    )
    expect(mapped.get('Order Number')).toBe('order_number')
    for (const heading of [
      'SKU',
      'Quantity',
      'Country',
      'Order Date',
      'Recipient',
      'Address 1',
      'City',
      'Postcode',
      'Email',
      'Phone',
      'Unit Price',
      'Discount Rate',
      'Shipping Paid',
      'Currency',
      'Tags',
    ])
      expect([heading, mapped.get(heading)]).not.toEqual([heading, null])
  })

  it('S1.24 customer service, viewers and suppliers export nothing', async () => {
    expect((await asked({})).status).toBe(200)
    for (const who of ['C1', 'C1s', 'W1', 'V1', 'S1'] as const) {
      const refused = await world.as(who, 'POST /orders/export', {})
      expect([who, refused.status, refused.body.permission]).toEqual([who, 403, 'orders:export'])
      expect((await world.as(who, 'GET /orders/export-presets')).status).toBe(403)
    }
  })

  it('a column the role may not see is neither in the file nor in the list of columns', async () => {
    const admin = (await world.as('A1', 'GET /orders/export-presets')).body.columns.map((c: { key: string }) => c.key)
    expect(admin).toContain('email')
    const accountant = (await world.as('$1', 'GET /orders/export-presets')).body.columns.map(
      (c: { key: string }) => c.key,
    )
    expect(accountant).toContain('order_total')
    for (const key of ['email', 'phone', 'recipient', 'address_1', 'buyer_note']) expect(accountant).not.toContain(key)
    const { text } = await asked({}, '$1')
    expect(records(text)[0]).toMatchObject({ 'Order Total': expect.any(String), Country: 'FR' })
    expect(text).not.toContain('Henriot')
    expect(text).not.toContain('paul@example.com')
    const refused = await asked({ columns: [{ key: 'email' }] }, '$1')
    expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'columns.0.key'])
  })

  it('S3.14 holds only the stores of the caller', async () => {
    const all = records((await asked({})).text).map((row) => row['Order Number'])
    expect(all).toContain('elsewhere')
    const some = records((await asked({}, 'Ka')).text).map((row) => row['Order Number'])
    expect(some).toHaveLength(all.length - 1)
    expect(some).not.toContain('elsewhere')
  })

  it('is recorded with filter and number before the first byte leaves', async () => {
    await asked({ filter: { q: 'mixed' } }, 'F1')
    const { rows } = await world.owner.query(
      "select actor, changes from access.audit a join access.audit_values v on v.audit_id = a.id where action = 'orders.exported' order by id desc limit 1",
    )
    expect(rows[0]).toMatchObject({ actor: 'F1', changes: { filter: { q: 'mixed' }, orders: 1 } })
  })

  it('reads many orders in pieces, none twice and none left out', async () => {
    const many = Array.from({ length: 510 }, (_, index) => orderDraft(`bulk-${index}`))
    for (let from = 0; from < many.length; from += 500)
      await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: many.slice(from, from + 500) }))
    const { text } = await asked({ filter: { q: 'bulk' }, columns: [{ key: 'order_number' }], sort: 'placed' })
    const numbers = text.trim().split('\n').slice(1)
    expect(new Set(numbers).size).toBe(510)
    expect(numbers).toHaveLength(510)
  })
})
