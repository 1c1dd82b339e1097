import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { accounts, parties } from '../testing/cast.ts'
import { importAll, upload } from '../testing/upload.ts'
import { at, useWorld } from '../testing/world.ts'

const csv = (...rows: string[]) => `${rows.join('\n')}\n`

describe('a client imports products', () => {
  const world = useWorld(async (world) => {
    await world.owner.query(
      "insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, uuidv7(), $2, 'CUP', 'Cup of Rivet')",
      [accounts.one.id, parties.P2.id],
    )
  })
  const one = async (query: string, values: unknown[] = []) => (await world.owner.query(query, values)).rows[0]
  const productOf = (owner: string, sku: string) =>
    one('select * from catalog.products where account_id = $1 and owner_party_id = $2 and sku = $3', [
      accounts.one.id,
      owner,
      sku,
    ])

  it('S2.19 they land under his company alone, with what is his to say, and again update by SKU', async () => {
    const first = csv(
      'SKU,Name,Barcode,Weight (g)',
      'CUP,Cup,4006381333931,350',
      'TEA,Tea,,120',
      ',No code,,1',
      'BAD,Bad,,heavy',
    )
    const { done, checked } = await importAll(world, 'P1', 'products', first)
    expect(checked.survey).toMatchObject({ created: 2, rejected: 2 })
    expect(done).toMatchObject({ state: 'done', created: 2, rejected: 2 })
    expect(await productOf(parties.P1.id, 'CUP')).toMatchObject({ name: 'Cup', weight_grams: 350, weighed_at: null })
    expect(await productOf(parties.P2.id, 'CUP')).toMatchObject({ name: 'Cup of Rivet', weight_grams: null })
    const reasons = await world.as('P1', `GET /imports/${done.id}/rejections`)
    expect(reasons.body.items).toMatchObject([
      { line: 4, heading: 'SKU', code: 'required' },
      { line: 5, heading: 'Weight (g)', value: 'heavy' },
    ])
    const again = await importAll(
      world,
      'P1',
      'products',
      csv('SKU,Name,Weight (kg)', 'CUP,"Cup, blue",0.4', 'TEA,Tea,0.12'),
    )
    expect(again.done).toMatchObject({ created: 0, changed: 1, unchanged: 1 })
    expect(await productOf(parties.P1.id, 'CUP')).toMatchObject({ name: 'Cup, blue', weight_grams: 400 })
    const { items } = (await world.as('P1', 'GET /products')).body
    expect(items.map((product: { sku: string }) => product.sku)).toEqual(['CUP', 'TEA'])
  })

  it('S2.19 what the host measured stays, and the check says so', async () => {
    await importAll(world, 'P1', 'products', csv('SKU,Name,Weight (g)', 'BOX,Box,900'))
    const { id } = await productOf(parties.P1.id, 'BOX')
    expect((await world.as('A1', `PATCH /products/${id}`, { weightGrams: 1000 }, at(1))).status).toBe(200)
    const { checked } = await importAll(world, 'P1', 'products', csv('SKU,Name,Weight (g)', 'BOX,Box of oak,900'))
    expect(checked.survey.warnings).toMatchObject([{ code: 'warn_weighed', params: { value: 'BOX', line: 2 } }])
    expect(await productOf(parties.P1.id, 'BOX')).toMatchObject({ name: 'Box of oak', weight_grams: 1000 })
  })

  it('S2.19 what the host measured stays whatever statement the client’s login runs', async () => {
    await importAll(world, 'P1', 'products', csv('SKU,Name,Weight (g)', 'PIN,Pin,9'))
    const { id } = await productOf(parties.P1.id, 'PIN')
    const write = (who: 'P1' | 'A1', grams: number) =>
      world.work(who, (tx) => tx.rows(sql`update catalog.products set weight_grams = ${grams} where id = ${id}`))
    await write('P1', 8)
    expect(await productOf(parties.P1.id, 'PIN')).toMatchObject({ weight_grams: 8, weighed_at: null })
    await world.as('A1', `PATCH /products/${id}`, { weightGrams: 7 }, at(1))
    expect(await productOf(parties.P1.id, 'PIN')).toMatchObject({ weight_grams: 7 })
    await expect(write('P1', 8)).rejects.toThrow()
    await write('P1', 7)
    await write('A1', 6)
    expect(await productOf(parties.P1.id, 'PIN')).toMatchObject({ weight_grams: 6 })
  })

  it('55, S2.20 a stock column is named and ignored, prices are the host’s, and no movement is written', async () => {
    const movements = async () => (await one('select count(*) as many from stock.movements')).many
    const before = await movements()
    for (const heading of ['Stock', 'Quantity', 'On hand', 'Stock physique', 'Qté']) {
      const { checked } = await importAll(world, 'P1', 'products', csv(`SKU,Name,${heading},Price`, `S-1,One,500,9.50`))
      expect(checked.survey.warnings, heading).toMatchObject([
        { code: 'warn_stock_ignored', params: { column: heading } },
        { code: 'warn_column_hosts', params: { column: 'Price' } },
      ])
    }
    expect(await movements()).toBe(before)
    expect(await one('select count(*) as many from stock.levels where on_hand > 0')).toEqual({ many: 0 })
    expect(await one('select count(*) as many from catalog.product_prices')).toEqual({ many: 0 })
  })

  it('S2.19 he brings in no orders, maps nothing that is the host’s, and sees no import but his own', async () => {
    const mine = await upload(world, 'P1', 'products', csv('SKU,Name,Price', 'T-1,T,1'))
    expect(mine.status).toBe(201)
    expect(mine.body.fields.map(({ key }: { key: string }) => key)).toEqual([
      'sku',
      'name',
      'quantity_per_unit',
      'barcode',
      'discontinued',
      'weight',
    ])
    const priced = await world.as(
      'P1',
      `PATCH /imports/${mine.body.id}`,
      { columns: [{ index: 2, field: 'unit_price' }] },
      at(1),
    )
    expect(priced.status).toBe(400)
    for (const other of ['P2', 'A1'] as const)
      expect((await world.as(other, `GET /imports/${mine.body.id}`)).status).toBe(404)
    const orders = await upload(world, 'P1', 'orders', csv('Order number,SKU,Quantity,Country', '1,A,1,FR'))
    expect([orders.status, orders.body.permission]).toEqual([403, 'orders:import'])
    for (const call of ['POST /products', 'POST /stock/adjustments'])
      expect((await world.as('P1', call, {})).status, call).toBe(403)
  })

  it('S2.12 he downloads his products with their stock in his warehouses, and no spreadsheet runs what stands in them', async () => {
    await importAll(world, 'P1', 'products', csv('SKU,Name', 'F-1,"\'=HYPERLINK(1)"'))
    await world.owner.query("update catalog.products set name = '=HYPERLINK(1)' where sku = 'F-1'")
    await world.owner.query(
      `insert into stock.levels (account_id, warehouse_id, product_id, owner_party_id, on_hand, allocated)
       select p.account_id, w.id, p.id, p.owner_party_id, 9, 2 from catalog.products p join stock.warehouses w on w.account_id = p.account_id
        where p.sku in ('F-1', 'CUP') and p.account_id = $1`,
      [accounts.one.id],
    )
    const file = await world.as('P1', 'GET /stock/export?language=fr')
    expect(file.status).toBe(200)
    const lines = String(file.text ?? file.body).split('\n')
    expect(lines[0]).toContain('Référence;Nom;Code-barres')
    // One of two warehouses is his; the cup of another client is nobody's business.
    expect(lines.filter((line) => line.startsWith('F-1;'))).toEqual(["F-1;'=HYPERLINK(1);;;Main warehouse;9;2;7;0;0;0"])
    expect(lines.join()).not.toContain('Rivet')
  })
})
