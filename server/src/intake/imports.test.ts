import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { runJob } from '#kernel/jobs.ts'
import type { Name } from '../testing/cast.ts'
import { accounts, stores } from '../testing/cast.ts'
import { form, upload } from '../testing/upload.ts'
import { useWorld, type World } from '../testing/world.ts'

const fixture = (kind: string) => readFile(new URL(`reading/fixtures/northwind/${kind}-flat.csv`, import.meta.url))

/** Upload, check and run, as the page does it; returns the import at its end. */
async function importAll(world: World, who: Name, kind: string, content: string | Buffer, change: object = {}) {
  const { body: draft } = await upload(world, who, kind, content)
  if (Object.keys(change).length > 0)
    expect((await world.as(who, `PATCH /imports/${draft.id}`, change)).status).toBe(200)
  expect((await world.as(who, `POST /imports/${draft.id}/check`)).status).toBe(202)
  await world.drain()
  const checked = await world.as(who, `GET /imports/${draft.id}`)
  expect(checked.body.state).toBe('checked')
  expect((await world.as(who, `POST /imports/${draft.id}/run`)).status).toBe(202)
  await world.drain()
  return { draft, checked: checked.body, done: (await world.as(who, `GET /imports/${draft.id}`)).body }
}

async function newStore(world: World, name: string): Promise<string> {
  const { rows } = await world.owner.query(
    "insert into channels.stores (account_id, id, name, currency) values ($1, gen_random_uuid(), $2, 'EUR') returning id",
    [accounts.one.id, name],
  )
  return rows[0].id
}

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

  it('F81 the same file twice at once makes one set of orders', async () => {
    const storeId = await newStore(world, 'twice')
    const ids: string[] = []
    for (const _ of [1, 2]) {
      const { body } = await upload(world, 'A1', 'orders', await fixture('orders'))
      await world.as('A1', `PATCH /imports/${body.id}`, { storeId })
      await world.as('A1', `POST /imports/${body.id}/check`)
      ids.push(body.id)
    }
    await world.drain()
    for (const id of ids) await world.as('A1', `POST /imports/${id}/run`)
    const jobs = await world.owner.query("select id from jobs.jobs where kind = 'intake.run' and state = 'queued'")
    await Promise.all(jobs.rows.map(({ id }) => runJob(world.deps, accounts.one.id, id)))
    const [one, two] = await Promise.all(ids.map(async (id) => (await world.as('A1', `GET /imports/${id}`)).body))
    expect(one.created + two.created).toBe(830)
    expect(one.unchanged + two.unchanged).toBe(830)
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

describe('an import that is stopped', () => {
  const world = useWorld()
  const orders = 1_700
  const file = `Order number,SKU,Quantity,Country\n${Array.from({ length: orders }, (_, i) => `N${i},TEA-01,1,FR`).join('\n')}\n`

  async function checked(storeName: string): Promise<string> {
    const { body } = await upload(world, 'A1', 'orders', file)
    await world.as('A1', `PATCH /imports/${body.id}`, { storeId: await newStore(world, storeName) })
    await world.as('A1', `POST /imports/${body.id}/check`)
    await world.drain()
    await world.as('A1', `POST /imports/${body.id}/run`)
    return body.id
  }
  const runningJob = async (id: string) =>
    (await world.owner.query('select job_id from intake.imports where id = $1', [id])).rows[0].job_id as string
  const inStoreOf = async (id: string) =>
    (
      await world.owner.query(
        'select count(*) from orders.orders o join intake.imports i on i.store_id = o.store_id where i.id = $1',
        [id],
      )
    ).rows[0].count

  /** Lets two batches in, then does something in the place of the third. */
  async function afterTwoBatches(id: string, deed: () => Promise<void>): Promise<void> {
    const jobId = await runningJob(id)
    let batches = 0
    const connect = world.deps.pools.worker.query.bind(world.deps.pools.worker)
    const worker = world.deps.pools.worker as { query: unknown }
    worker.query = async (text: string, values: unknown[]) => {
      if (text.startsWith('update jobs.jobs set done') && ++batches === 2) await deed()
      return connect(text, values)
    }
    try {
      await runJob(world.deps, accounts.one.id, jobId)
    } finally {
      worker.query = connect
    }
  }

  it('is cancelled between two batches and resumed, each order once', async () => {
    const id = await checked('cancelled')
    await afterTwoBatches(id, async () => {
      expect((await world.as('A1', `POST /imports/${id}/cancel`)).status).toBe(200)
    })
    const stopped = (await world.as('A1', `GET /imports/${id}`)).body
    expect(stopped).toMatchObject({ state: 'cancelled', created: 1_000, rowsDone: 1_000, rows: orders })
    expect((await world.as('A1', `POST /imports/${id}/cancel`)).status).toBe(409)
    expect((await world.as('A1', `POST /imports/${id}/resume`)).status).toBe(202)
    await world.drain()
    const done = (await world.as('A1', `GET /imports/${id}`)).body
    expect(done).toMatchObject({ state: 'done', created: orders, unchanged: 0, rowsDone: orders })
    expect(await inStoreOf(id)).toBe(orders)
  })

  it('F1 goes on after a crash with the first batch that is not in, without doubles or gaps', async () => {
    const id = await checked('crashed')
    const crash = afterTwoBatches(id, async () => {
      throw new Error('the power went')
    })
    await expect(crash).rejects.toThrow('the power went')
    expect(await inStoreOf(id)).toBe(1_000)
    expect((await world.as('A1', `GET /imports/${id}`)).body.state).toBe('running')
    await runJob(world.deps, accounts.one.id, await runningJob(id))
    expect((await world.as('A1', `GET /imports/${id}`)).body).toMatchObject({
      state: 'done',
      created: orders,
      unchanged: 0,
    })
    expect(await inStoreOf(id)).toBe(orders)
  })

  it('a job stopped from the job list stops its import, which can be resumed', async () => {
    const id = await checked('from the list')
    expect((await world.as('A1', `POST /jobs/${await runningJob(id)}/cancel`)).status).toBe(200)
    expect((await world.as('A1', `GET /imports/${id}`)).body.state).toBe('cancelled')
    expect((await world.as('A1', `POST /imports/${id}/resume`)).status).toBe(202)
    await world.drain()
    expect((await world.as('A1', `GET /imports/${id}`)).body).toMatchObject({ state: 'done', created: orders })
  })

  it('two workers at one job bring each order in once', async () => {
    const id = await checked('two workers')
    const jobId = await runningJob(id)
    const run = () => runJob(world.deps, accounts.one.id, jobId)
    const results = await Promise.allSettled([run(), run()])
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect((await world.as('A1', `GET /imports/${id}`)).body).toMatchObject({
      state: 'done',
      created: orders,
      rowsDone: orders,
    })
    expect(await inStoreOf(id)).toBe(orders)
  })
})

describe('who may import', () => {
  const world = useWorld()
  const content = 'Order number,SKU,Quantity,Country\n1,TEA-01,1,FR\n'

  it('S1.18 an administrator and full access may; customer service, warehouse, supplier and client may not', async () => {
    for (const who of ['A1', 'F1', 'Ka', 'A2'] as const)
      expect((await upload(world, who, 'orders', content)).status, who).toBe(201)
    for (const who of ['C1', 'C1s', 'W1', '$1', 'V1', 'P1', 'S1', 'S1p'] as const) {
      const refused = await upload(world, who, 'orders', content)
      expect([refused.status, refused.body.permission], who).toEqual([403, 'orders:import'])
    }
    expect((await upload(world, null, 'orders', content)).status).toBe(401)
  })

  it("nobody finds another's import, not even in his own account", async () => {
    const { body } = await upload(world, 'F1', 'orders', content)
    expect((await world.as('F1', `GET /imports/${body.id}`)).status).toBe(200)
    for (const who of ['A1', 'A2'] as const) {
      const hidden = await world.as(who, `GET /imports/${body.id}`)
      const never = await world.as(who, 'GET /imports/01900000-0000-7000-8000-000000000000')
      expect([hidden.status, hidden.bare]).toEqual([404, never.bare])
      expect((await world.as(who, `POST /imports/${body.id}/check`)).status).toBe(404)
      expect((await world.as(who, `GET /imports/${body.id}/rejections.csv`)).status).toBe(404)
    }
  })

  it('whoever has a key on one store imports into that store alone', async () => {
    const { body } = await upload(world, 'Ka', 'orders', content)
    expect(body.storeId).toBe(stores.a)
    expect((await world.as('Ka', `PATCH /imports/${body.id}`, { storeId: stores.a })).status).toBe(200)
    expect((await world.as('Ka', `PATCH /imports/${body.id}`, { storeId: stores.b })).status).toBe(400)
  })
})

describe('what a column fills', () => {
  const world = useWorld()
  const content =
    'Commande;Article;Combien;Pays;Le;Prix\n1;TEA-01;2;France;03/04/2026;12,50\n2;CUP-07;1;Espagne;04/04/2026;3,00\n'

  it('is proposed, changed, kept under a name and offered for the next such file', async () => {
    const { body } = await upload(world, 'A1', 'orders', content)
    expect(body.format).toMatchObject({ delimiter: ';', decimalComma: true, dateOrder: 'dmy' })
    expect(body.certainty.dateOrder).toBe(false)
    expect(body.faults.map((fault: { field: string }) => fault.field)).toEqual(['quantity'])
    const unready = await world.as('A1', `POST /imports/${body.id}/check`)
    expect([unready.status, unready.body.errors[0].field]).toEqual([400, 'columns.quantity'])
    const changed = await world.as('A1', `PATCH /imports/${body.id}`, {
      columns: [
        { index: 2, field: 'quantity' },
        { index: 4, field: 'placed_on' },
      ],
    })
    expect(changed.body.faults).toEqual([])
    expect(changed.body.columns[2]).toMatchObject({ field: 'quantity', confidence: null, samples: ['2', '1'] })
    const kept = await world.as('A1', 'POST /import-mappings', { importId: body.id, name: 'Boutique' })
    expect(kept.status).toBe(201)
    const next = await upload(world, 'F1', 'orders', content)
    expect(next.body.mappings).toEqual([{ id: kept.body.id, name: 'Boutique' }])
    const recalled = await world.as('F1', `PATCH /imports/${next.body.id}`, { mappingId: kept.body.id })
    expect(recalled.body.faults).toEqual([])
    expect((await world.as('F1', `DELETE /import-mappings/${kept.body.id}`)).status).toBe(200)
    expect((await world.as('A1', 'GET /import-mappings')).body.items).toEqual([])
  })

  it('one field takes one column', async () => {
    const { body } = await upload(world, 'A1', 'orders', content)
    const twice = await world.as('A1', `PATCH /imports/${body.id}`, {
      columns: [
        { index: 2, field: 'quantity' },
        { index: 5, field: 'quantity' },
      ],
    })
    expect([twice.status, twice.body.errors[0].field]).toEqual([400, 'columns'])
  })

  it('a change after the check asks for a new check, and none is possible once it runs', async () => {
    const { draft, done } = await importAll(world, 'A1', 'orders', content, {
      columns: [{ index: 2, field: 'quantity' }],
    })
    expect(done.created).toBe(2)
    expect((await world.as('A1', `PATCH /imports/${draft.id}`, { currency: 'USD' })).status).toBe(409)
    expect((await world.as('A1', `POST /imports/${draft.id}/run`)).status).toBe(409)
  })

  it('a local time is the account zone’s, a time with its offset an instant', async () => {
    const dates =
      'Order number,SKU,Quantity,Country,Order date\nD1,T,1,FR,2026-07-01 23:30\nD2,T,1,FR,2026-07-01T23:30:00Z\nD3,T,1,FR,2026-07-01\n'
    await importAll(world, 'A1', 'orders', dates)
    const { rows } = await world.owner.query(
      "select number, placed_at, placed_on, placed_precision from orders.orders where number like 'D_' order by number",
    )
    expect(rows).toEqual([
      { number: 'D1', placed_at: '2026-07-01T21:30:00.000Z', placed_on: '2026-07-01', placed_precision: 'time' },
      { number: 'D2', placed_at: '2026-07-01T23:30:00.000Z', placed_on: '2026-07-02', placed_precision: 'time' },
      { number: 'D3', placed_at: '2026-07-01T00:00:00.000Z', placed_on: '2026-07-01', placed_precision: 'day' },
    ])
  })

  it('the templates need no matching', async () => {
    for (const kind of ['orders', 'products'])
      for (const locale of ['en', 'fr']) {
        const file = await world.as('A1', `GET /imports/template?kind=${kind}&locale=${locale}`)
        const { body } = await upload(world, 'A1', kind, file.text)
        expect(body.exact, `${kind} ${locale}`).toBe(true)
        expect(body.columns.filter((column: { field: null }) => column.field === null)).toEqual([])
        await world.as('A1', `POST /imports/${body.id}/check`)
        await world.drain()
        const { survey } = (await world.as('A1', `GET /imports/${body.id}`)).body
        expect([survey?.rejected, survey?.rows]).toEqual([0, 2])
      }
  })
})
