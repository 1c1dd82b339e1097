import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { accounts, stores } from '../testing/cast.ts'
import { form, importAll, newStore, upload } from '../testing/upload.ts'
import { at, useWorld } from '../testing/world.ts'

const fixture = (kind: string) => readFile(new URL(`reading/fixtures/northwind/${kind}-flat.csv`, import.meta.url))

describe('Northwind, from its two files', () => {
  const world = useWorld()
  const count = async (query: string) => (await world.owner.query(query)).rows[0]

  it('brings 77 products with their tags, one of them with a comma', async () => {
    const { draft, checked, done } = await importAll(world, 'A1', 'products', await fixture('products'))
    const later = draft.columns.filter((column: { ignored: string }) => column.ignored === 'later')
    expect(later.map((column: { heading: string }) => column.heading)).toEqual(['In stock', 'Reorder level'])
    expect(checked.survey).toMatchObject({ created: 77, changed: 0, unchanged: 0, rejected: 0 })
    expect(checked.survey.warnings).toMatchObject([
      { code: 'warn_column_later', params: { column: 'In stock' } },
      { code: 'warn_column_later', params: { column: 'Reorder level' } },
    ])
    expect(done).toMatchObject({ state: 'done', created: 77, rejected: 0, rows: 77, rowsDone: 77 })
    const tags = await count(
      "select count(*), count(distinct tag) as suppliers, count(*) filter (where tag = 'supplier:Pavlova, Ltd.') as pavlova from catalog.product_tags",
    )
    expect(tags).toEqual({ count: 77, suppliers: 29, pavlova: 5 })
    const again = await importAll(world, 'A1', 'products', await fixture('products'))
    expect(again.done).toMatchObject({ created: 0, changed: 0, unchanged: 77 })
  })

  it('brings 830 orders with 2,155 lines and the totals to the last cent', async () => {
    const { draft, checked, done } = await importAll(world, 'A1', 'orders', await fixture('orders'), {
      currency: 'USD',
    })
    expect(draft.preview).toHaveLength(5)
    expect(draft.faults).toEqual([])
    expect(checked.survey).toMatchObject({
      rows: 2155,
      created: 830,
      rejected: 0,
      lines: 2155,
      amounts: [
        {
          gross: { amount: 135_445_859, currency: 'USD' },
          net: { amount: 126_579_304, currency: 'USD' },
          shipping: { amount: 6_494_269, currency: 'USD' },
        },
      ],
    })
    expect(done).toMatchObject({ state: 'done', created: 830, unchanged: 0, rejected: 0, rowsDone: 2155 })
    const orders = await count(
      `select count(*), count(*) filter (where payment = 'payable') as payable, count(*) filter (where status = 'awaiting_shipment') as awaiting,
              sum(line_count) as lines, min(placed_on) as first, bool_and(placed_precision = 'day') as days from orders.orders`,
    )
    expect(orders).toEqual({ count: 830, payable: 830, awaiting: 830, lines: 2155, first: '1996-07-04', days: true })
    const lines = await count(
      `select sum(quantity * unit_price_micros) as gross, sum(quantity * unit_price_micros * (1 - discount_rate)) as net
         from orders.lines l join orders.line_amounts a on a.line_id = l.id`,
    )
    expect(Number(lines.gross)).toBe(1_354_458_590_000)
    expect(Number(lines.net)).toBe(1_265_793_039_500)
    const amounts = await count(
      'select sum(lines_total) as gross, sum(lines_total - discount_total) as net, sum(shipping_total) as freight from orders.order_amounts',
    )
    expect(Number(amounts.gross)).toBe(135_445_859)
    expect(Math.abs(Number(amounts.net) - 126_579_304)).toBeLessThan(10)
    expect(Number(amounts.freight)).toBe(6_494_269)
    const found = await world.as('A1', 'GET /orders?q=10248')
    const order = await world.as('A1', `GET /orders/${found.body.items[0].id}`)
    expect(order.body.recipient).toMatchObject({
      buyerName: 'Vins et alcools Chevalier',
      name: 'Paul Henriot',
      company: 'Vins et alcools Chevalier',
      line1: "59 rue de l'Abbaye",
    })
    expect(order.body.timeline[0]).toMatchObject({ kind: 'order.created', via: 'import' })
  })

  it('adds nothing when the same file comes again', async () => {
    const { checked, done } = await importAll(world, 'A1', 'orders', await fixture('orders'), { currency: 'USD' })
    expect(checked.survey).toMatchObject({ created: 0, unchanged: 830 })
    expect(done).toMatchObject({ created: 0, unchanged: 830, rejected: 0 })
    expect(await count('select count(*) from orders.orders')).toEqual({ count: 830 })
  })

  it('takes a known number in another store for another order, and says so before', async () => {
    const head = (await fixture('orders')).toString().split('\n').slice(0, 4).join('\n')
    const { checked, done } = await importAll(world, 'A1', 'orders', `${head}\n`, { storeId: stores.b })
    expect(checked.survey.warnings).toContainEqual(
      expect.objectContaining({ code: 'warn_numbers_elsewhere', params: { count: 1, value: '10248', line: 2 } }),
    )
    expect(done).toMatchObject({ created: 1, unchanged: 0 })
  })

  it('F81 the same file twice in parallel is one import: the second is told of the first, and then has nothing to add', async () => {
    const storeId = await newStore(world, 'twice')
    const ids: string[] = []
    for (const _ of [1, 2]) {
      const { body } = await upload(world, 'A1', 'orders', await fixture('orders'))
      await world.as('A1', `PATCH /imports/${body.id}`, { storeId }, at(1))
      await world.as('A1', `POST /imports/${body.id}/check`)
      ids.push(body.id)
    }
    await world.drain()
    const [first, second] = ids as [string, string]
    expect((await world.as('A1', `POST /imports/${first}/run`)).status).toBe(202)
    const told = await world.as('A1', `POST /imports/${second}/run`)
    expect([told.status, told.body.code, told.body.importId]).toEqual([409, 'wrong_state', first])
    await world.drain()
    expect((await world.as('A1', `POST /imports/${second}/run`)).status).toBe(202)
    await world.drain()
    const [one, two] = await Promise.all(ids.map(async (id) => (await world.as('A1', `GET /imports/${id}`)).body))
    expect([one.created, two.created]).toEqual([830, 0])
    expect([one.unchanged, two.unchanged]).toEqual([0, 830])
  })
})

describe('a file that is not good', () => {
  const world = useWorld()
  const heading = 'Order number,SKU,Quantity,Country,Phone,Unit price'
  const rows = [
    heading,
    '1,TEA-01,2,FR,,9.50',
    '2,TEA-01,-1,FR,,9.50',
    '3,=cmd(),1,Atlantis,,9.50',
    '4,00123,1,DE,zoe@example.com,9.50',
    '5,4.00638E+12,1,DE,,9.50',
    '6,00123,1,DE,030 1234,9.50',
    '7,"=HYPERLINK(""x"")",1,DE,,x',
  ]

  it('brings the good rows and lists the bad ones with line, column, value and reason', async () => {
    const { checked, done } = await importAll(world, 'A1', 'orders', `${rows.join('\n')}\n`)
    expect(checked.survey).toMatchObject({ created: 2, rejected: 5, rejectedRows: 5, listed: 7 })
    expect(done).toMatchObject({ state: 'done', created: 2, rejected: 5 })
    const list = await world.as('A1', `GET /imports/${done.id}/rejections?limit=3`)
    expect(list.body.items).toMatchObject([
      { line: 3, heading: 'Quantity', value: '-1', code: 'negative', message: '“-1” is less than zero.' },
      { line: 4, heading: 'Country', value: 'Atlantis', code: 'country_unknown' },
      { line: 4, heading: 'SKU', value: '=cmd()', code: 'formula' },
    ])
    const rest = await world.as('A1', `GET /imports/${done.id}/rejections?limit=3&cursor=${list.body.nextCursor}`)
    expect(rest.body.items.map((item: { line: number; code: string }) => [item.line, item.code])).toEqual([
      [5, 'phone_is_email'],
      [6, 'damaged_number'],
      [8, 'formula'],
    ])
    const skus = await world.owner.query('select sku from orders.lines order by sku')
    expect(skus.rows.map(({ sku }) => sku)).toEqual(['00123', 'TEA-01'])
  })

  it('F80 gives the bad rows back as a file, harmless and importable once corrected', async () => {
    const { items } = (await world.as('A1', 'GET /imports')).body
    const file = await world.as('A1', `GET /imports/${items[0].id}/rejections.csv`)
    expect(file.headers['content-disposition']).toContain('rejected-rows.csv')
    const lines = file.text
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\n')
    expect(lines[0]).toBe(`${heading},Line,Error`)
    expect(lines).toHaveLength(6)
    expect(lines[2]).toContain("3,'=cmd(),1,Atlantis,,9.50,4,")
    const corrected = file.text.replace("'=cmd()", 'CMD').replace('Atlantis', 'France').replace('-1', '1')
    const { done } = await importAll(world, 'A1', 'orders', corrected)
    expect(done).toMatchObject({ created: 2, rejected: 3 })
  })

  it('refuses what is no CSV file, clearly, and keeps nothing of it', async () => {
    const before = await readdir(world.deps.filesDir)
    const wrong: [string, string | Buffer][] = [
      ['file_image', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1')],
      ['file_html', '<!doctype html><html><body>Sign in</body></html>'],
      ['file_spreadsheet', Buffer.from('PK\x03\x04....[Content_Types].xml', 'latin1')],
      ['file_empty', ''],
      ['file_no_rows', `${heading}\n`],
      ['file_cut_off', `${heading}\n1,"TEA-01,2,FR,,9.50\n2,TEA-01,1,FR,,1\n`],
      ['file_binary', Buffer.from([1, 2, 0, 4, 5])],
    ]
    for (const [reason, content] of wrong) {
      const answer = await upload(world, 'A1', 'orders', content)
      expect([answer.status, answer.body.code, answer.body.reason]).toEqual([400, 'file_refused', reason])
    }
    expect(await readdir(world.deps.filesDir)).toEqual(before)
  })

  it('F79 an upload that breaks off leaves nothing', async () => {
    const before = await readdir(world.deps.filesDir)
    const answer = await upload(world, 'A1', 'orders', await fixture('orders'), { cut: true })
    expect([answer.status, answer.body.code]).toEqual([400, 'file_refused'])
    expect(await readdir(world.deps.filesDir)).toEqual(before)
  })

  it('refuses a form without a file, with a wrong kind or with unknown fields', async () => {
    const file = { name: 'a.csv', content: `${rows.join('\n')}\n` }
    const wrong = form({ kind: 'customers' }, file)
    expect((await world.as('A1', 'POST /imports', wrong.body, wrong.headers)).body.errors[0].field).toBe('kind')
    const extra = form({ kind: 'orders', account_id: accounts.two.id }, file)
    expect((await world.as('A1', 'POST /imports', extra.body, extra.headers)).body.errors).toEqual([
      { field: 'account_id', message: 'is not a field of this request' },
    ])
    expect((await world.as('A1', 'POST /imports', { kind: 'orders' })).status).toBe(415)
  })

  it('keeps a file under a name of its own, whatever it was called', async () => {
    const answer = await upload(world, 'A1', 'orders', `${rows.join('\n')}\n`, { name: '../../etc/\u202epasswd.csv' })
    expect(answer.body.fileName).toBe('passwd.csv')
    expect((await readdir(world.deps.filesDir)).every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true)
  })
})
