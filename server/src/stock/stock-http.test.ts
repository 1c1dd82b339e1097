import { describe, expect, it } from 'vitest'
import { parties, stores, warehouses } from '../testing/cast.ts'
import { line } from '../testing/scene.ts'
import { useStock } from '../testing/stock-scene.ts'
import { at } from '../testing/world.ts'

type Row = { product: { sku: string } }
const skus = (body: { items: Row[] }) => body.items.map(({ product }) => product.sku)

describe('stock, told through HTTP', () => {
  const { world, product, adjust, order } = useStock()

  it('S1.3 the list shows each product in each warehouse, and the totals are the sums of the ledger', async () => {
    const tea = await product('H-TEA')
    await adjust(tea, 10)
    await adjust(tea, 4, warehouses.north)
    await order('H-1', [line('H-TEA', 3, 0)])
    const { body } = await world.as('V1', 'GET /stock?q=h-tea')
    expect(body.items.map((row: { onHand: number; available: number }) => [row.onHand, row.available]).sort()).toEqual([
      [10, 7],
      [4, 4],
    ])
    const one = (await world.as('V1', `GET /stock/products/${tea}`)).body
    expect(one.total).toMatchObject({ onHand: 14, allocated: 3, available: 11, backordered: 0 })
    const ledger = (await world.as('V1', `GET /stock/movements?productId=${tea}`)).body.items
    expect(ledger.reduce((sum: number, { onHand }: { onHand: number }) => sum + onHand, 0)).toBe(14)
    expect(ledger[0]).toMatchObject({ kind: 'allocated', document: { kind: 'order', number: 'H-1' } })
    const first = (await world.as('V1', 'GET /stock?limit=1')).body
    const rest = (await world.as('V1', `GET /stock?limit=200&cursor=${first.nextCursor}`)).body
    expect([...skus(first), ...skus(rest)].filter((sku) => sku === 'H-TEA')).toHaveLength(2)
  })

  it('S2.12, S2.20 a client sees his own goods in granted warehouses, no cost and no people, and changes nothing', async () => {
    const mine = await product('H-MINE', parties.P1.id)
    await world.as(
      'A1',
      `PATCH /products/${mine}`,
      { cost: { micros: 1, currency: 'EUR' }, tags: ['supplier:x'] },
      at(1),
    )
    await adjust(mine, 5)
    await adjust(mine, 7, warehouses.north)
    const theirs = await product('H-THEIRS', parties.P2.id)
    await adjust(theirs, 9)
    const list = (await world.as('P1', 'GET /stock?q=h-')).body
    expect(list.items).toHaveLength(1)
    expect(list.items[0]).toMatchObject({ onHand: 5, product: { sku: 'H-MINE' }, warehouse: { id: warehouses.main } })
    expect('lowLevel' in list.items[0]).toBe(false)
    const [row] = (await world.as('P1', 'GET /products?q=h-')).body.items
    expect([row.sku, row.tags, 'cost' in row]).toEqual(['H-MINE', [], false])
    const [entry] = (await world.as('P1', 'GET /stock/movements')).body.items
    expect([entry.onHand, 'actor' in entry]).toEqual([5, false])
    expect((await world.as('P1', `GET /stock/products/${theirs}`)).status).toBe(404)
    expect((await world.as('P1', 'GET /stock?low=true')).body.items).toEqual([])
    const goods = { warehouseId: warehouses.main, productId: mine }
    for (const [call, body] of [
      ['POST /stock/adjustments', { ...goods, by: 1, reason: 'more' }],
      ['POST /stock/counts', { ...goods, expected: 5, counted: 50 }],
      ['PUT /stock/low-levels', { ...goods, level: 3 }],
      ['POST /warehouses', { name: 'Mine' }],
      [`PATCH /products/${mine}`, { name: 'Mine' }],
    ] as const)
      expect((await world.as('P1', call, body, at(2))).status).toBe(403)
  })

  it('S2.27 a count by the warehouse waits above the threshold, and is answered once', async () => {
    const cup = await product('H-CUP')
    await adjust(cup, 40)
    const goods = { warehouseId: warehouses.main, productId: cup }
    expect((await world.as('W1', 'POST /stock/counts', { ...goods, expected: 40, counted: 38 })).body.state).toBe(
      'applied',
    )
    const stale = await world.as('W1', 'POST /stock/counts', { ...goods, expected: 40, counted: 39 })
    expect([stale.body.code, stale.body.onHand]).toEqual(['changed_meanwhile', 38])
    const waits = (await world.as('W1', 'POST /stock/counts', { ...goods, expected: 38, counted: 8 })).body
    expect(waits.state).toBe('waiting')
    const [pending] = (await world.as('F1', 'GET /stock/counts?state=waiting')).body.items
    expect(pending).toMatchObject({ id: waits.id, expected: 38, counted: 8, countedBy: 'W1', version: 1 })
    expect((await world.as('W1', `POST /stock/counts/${waits.id}/answer`, { approve: true }, at(1))).status).toBe(403)
    expect((await world.as('F1', `POST /stock/counts/${waits.id}/answer`, { approve: true }, at(1))).body.state).toBe(
      'applied',
    )
    expect((await world.as('F1', `POST /stock/counts/${waits.id}/answer`, { approve: false }, at(1))).body.code).toBe(
      'changed_meanwhile',
    )
    expect((await world.as('F1', `GET /stock/products/${cup}`)).body.total.onHand).toBe(8)
  })

  it('S1.5, S1.23 an order that waits stands in the queue, and its lines say so: to customer service in a word, with the day to who sees stock', async () => {
    const pen = await product('H-PEN')
    await adjust(pen, 1)
    const { id, lines } = await order('H-2', [line('H-PEN', 3, 0)])
    const supplier = (await world.as('A1', 'POST /suppliers', { name: 'Pens' })).body.id
    const inbound = { warehouseId: warehouses.main, supplierId: supplier, expectedOn: '2030-01-05' }
    expect(
      (await world.as('A1', 'POST /transfers', { ...inbound, lines: [{ sku: 'H-PEN', quantity: 2 }] })).status,
    ).toBe(201)
    expect((await world.as('C1', `GET /orders/${id}/stock`)).body.lines).toEqual([{ lineId: lines[0], inStock: false }])
    expect((await world.as('F1', `GET /orders/${id}/stock`)).body.lines).toEqual([
      { lineId: lines[0], inStock: false, allocated: 1, backordered: 2, promisedOn: '2030-01-05' },
    ])
    expect(
      (await world.as('C1', 'GET /orders?issue=backordered')).body.items.map((row: { number: string }) => row.number),
    ).toEqual(['H-2'])
    expect((await world.as('C1', 'GET /orders/counts')).body.issues.backordered).toBe(1)
    await adjust(pen, 5)
    expect((await world.as('C1', `GET /orders/${id}/stock`)).body.lines[0].inStock).toBe(true)
    expect((await world.as('C1', 'GET /orders/counts')).body.issues.backordered).toBe(0)
  })

  it('says by how many a count may differ, based on what was said before, and for the whole account', async () => {
    const gum = await product('H-GUM')
    await adjust(gum, 100)
    const count = async (expected: number, counted: number) =>
      (
        await world.as('W1', 'POST /stock/counts', {
          ...{ warehouseId: warehouses.main, productId: gum },
          ...{ expected, counted },
        })
      ).body.state
    expect(await count(100, 90)).toBe('applied')
    expect((await world.as('W1', 'GET /stock/settings')).body).toEqual({ countThreshold: 10, version: 1 })
    const say = (countThreshold: number, version: number, who: 'A1' | 'W1' | 'Ka' = 'A1') =>
      world.as(who, 'PATCH /stock/settings', { countThreshold }, at(version))
    expect((await say(3, 1)).body).toEqual({ countThreshold: 3, version: 2 })
    expect((await say(4, 1)).body).toMatchObject({ version: 2, fields: { countThreshold: { yours: 4, theirs: 3 } } })
    expect(await count(90, 86)).toBe('waiting')
    expect((await say(500, 2, 'W1')).status).toBe(403)
    // A key of one store says nothing for all of them.
    expect((await say(500, 2, 'Ka')).status).toBe(403)
    expect((await say(10, 2)).status).toBe(200)
  })

  it('finds in the ledger what is asked for: goods, document, who did it', async () => {
    const jam = await product('H-JAM', parties.P1.id)
    await adjust(jam, 5)
    await adjust(await product('H-JUG'), 7)
    await order('H-9', [line('H-JAM', 2, 0)], undefined, stores.a)
    const found = async (query: string, who: 'A1' | 'P1' | 'P2' = 'A1') => {
      const { status, body } = await world.as(who, `GET /stock/movements?${query}`)
      return status === 200 ? body.items.map((one: { kind: string }) => one.kind) : status
    }
    expect(await found('q=h-jam')).toEqual(['allocated', 'adjusted'])
    expect(await found('q=h-jam&kind=adjusted')).toEqual(['adjusted'])
    expect(await found('q=h-jug')).toEqual(['adjusted'])
    expect(await found('document=h-9')).toEqual(['allocated'])
    expect(await found('document=h-9', 'P1')).toEqual(['allocated'])
    expect(await found('document=h-9', 'P2')).toEqual([])
    expect((await found('q=h-jam&actor=a1')).length).toBeGreaterThan(0)
    expect(await found('q=h-jam&actor=nobody')).toEqual([])
    expect(await found('actor=a1', 'P1')).toBe(403)
  })

  it('finds what is low, and keeps watch over what never moved', async () => {
    const ink = await product('H-INK')
    const said = (level: number | null) => ({ warehouseId: warehouses.main, productId: ink, level })
    const low = (level: number | null, version: number) =>
      world.as('A1', 'PUT /stock/low-levels', said(level), at(version))
    expect((await low(5, 1)).body).toEqual({ level: 5, version: 2 })
    expect(skus((await world.as('V1', 'GET /stock?low=true')).body)).toEqual(['H-INK'])
    await adjust(ink, 5)
    expect(skus((await world.as('V1', 'GET /stock?low=true')).body)).toEqual([])
    await low(6, 2)
    expect(skus((await world.as('V1', 'GET /stock?low=true')).body)).toEqual(['H-INK'])
    expect((await low(null, 3)).body).toEqual({ level: null, version: 4 })
    expect(skus((await world.as('V1', 'GET /stock?low=true')).body)).toEqual([])
    const { levels } = (await world.as('F1', `GET /stock/products/${ink}`)).body
    expect(levels.map((one: { lowLevelVersion: number }) => one.lowLevelVersion).sort()).toEqual([1, 4])
    expect((await world.as('W1', 'PUT /stock/low-levels', said(1), at(4))).status).toBe(403)
  })

  it('a low level and the order of a store’s warehouses are not overwritten by who looked before: both values are shown', async () => {
    const jar = await product('H-JAR')
    const low = (level: number | null, version: number) =>
      world.as('A1', 'PUT /stock/low-levels', { warehouseId: warehouses.main, productId: jar, level }, at(version))
    expect((await low(7, 1)).status).toBe(200)
    expect([(await low(9, 1)).status, (await low(9, 1)).body.fields]).toEqual([412, { level: { yours: 9, theirs: 7 } }])
    // Taken away and said again it is not what it was.
    expect((await low(null, 2)).body.version).toBe(3)
    expect((await low(7, 3)).body.version).toBe(4)
    expect((await low(9, 2)).body).toMatchObject({ code: 'changed_meanwhile', version: 4 })

    const ask = (warehouseIds: string[], version: number) =>
      world.as('A1', `PUT /stores/${stores.a}/warehouses`, { warehouseIds }, at(version))
    expect((await ask([warehouses.north], 1)).body).toMatchObject({ warehouseIds: [warehouses.north], version: 2 })
    expect((await ask([warehouses.main], 1)).body).toMatchObject({
      code: 'changed_meanwhile',
      version: 2,
      fields: { warehouseIds: { yours: [warehouses.main], theirs: [warehouses.north] } },
    })
    const { items } = (await world.as('A1', 'GET /stores/warehouses')).body
    const listed = items.find(({ store }: { store: { id: string } }) => store.id === stores.a)
    expect(listed).toMatchObject({ warehouseIds: [warehouses.north], version: 2 })
    expect((await ask([], 2)).body).toMatchObject({ warehouseIds: [], version: 3 })
  })

  it('keeps warehouses: one default, names once, and only what is empty is archived', async () => {
    const made = (await world.as('A1', 'POST /warehouses', { name: 'Lyon', city: 'Lyon', country: 'FR' })).body
    expect((await world.as('A1', 'POST /warehouses', { name: 'LYON' })).body.code).toBe('already_exists')
    const change = (body: object, version: number) => world.as('A1', `PATCH /warehouses/${made.id}`, body, at(version))
    expect((await change({ isDefault: true }, 1)).body).toMatchObject({ isDefault: true, version: 2 })
    expect((await change({ archived: true }, 2)).body.code).toBe('wrong_state')
    const main = (await world.as('A1', 'GET /warehouses')).body.items.find(
      (one: { id: string }) => one.id === warehouses.main,
    )
    await world.as('A1', `PATCH /warehouses/${warehouses.main}`, { isDefault: true }, at(main.details.version))
    expect((await change({ archived: true }, 3)).body).toMatchObject({ archived: true })
    const there = (await world.as('A1', 'GET /warehouses?archived=true')).body.items
    expect(there.map(({ name }: { name: string }) => name)).toEqual(['Lyon'])
    const bag = await product('H-BAG')
    await adjust(bag, 1, warehouses.north)
    expect((await world.as('A1', `PATCH /warehouses/${warehouses.north}`, { archived: true }, at(1))).body.code).toBe(
      'wrong_state',
    )
    expect((await world.as('W1', 'POST /warehouses', { name: 'No' })).status).toBe(403)
  })

  it('asks the warehouses of a store in the order that was said', async () => {
    const ids = [warehouses.north, warehouses.main]
    expect(
      (await world.as('A1', `PUT /stores/${stores.b}/warehouses`, { warehouseIds: ids }, at(1))).body.warehouseIds,
    ).toEqual(ids)
    const hat = await product('H-HAT', parties.P2.id)
    await adjust(hat, 5)
    await adjust(hat, 5, warehouses.north)
    await order('H-3', [line('H-HAT', 2, 0)], undefined, stores.b)
    const { levels } = (await world.as('A1', `GET /stock/products/${hat}`)).body
    const kept = levels.map((one: { warehouse: { id: string }; allocated: number }) => [
      one.warehouse.id,
      one.allocated,
    ])
    expect(kept).toContainEqual([warehouses.north, 2])
  })

  it('a product has several barcodes, each with its quantity; a code means one product of its owner', async () => {
    const barcodes = [
      { code: '4006381333931', quantity: 1 },
      { code: '14006381333938', quantity: 12 },
    ]
    const made = (await world.as('A1', 'POST /products', { sku: 'H-BOX', name: 'Box', barcodes, weightGrams: 250 }))
      .body
    expect(made).toMatchObject({ barcodes, weightGrams: 250, weighed: true })
    const found = (await world.as('W1', 'GET /products/by-code?code=14006381333938')).body.items
    expect(found).toMatchObject([{ productId: made.id, quantity: 12 }])
    expect((await world.as('W1', 'GET /products/by-code?code=H-BOX')).body.items).toMatchObject([{ quantity: 1 }])
    const twice = await world.as('A1', 'POST /products', { sku: 'H-BOX-2', name: 'Box', barcodes: [barcodes[0]] })
    expect([twice.body.code, twice.body.detail]).toEqual([
      'already_exists',
      'The barcode 4006381333931 is on the product H-BOX already.',
    ])
    const ofClient = { sku: 'H-BOX', name: 'Box', clientId: parties.P1.id, barcodes: [barcodes[0]] }
    expect((await world.as('A1', 'POST /products', ofClient)).status).toBe(201)
    expect((await world.as('P1', 'GET /products/by-code?code=4006381333931')).body.items).toMatchObject([
      { sku: 'H-BOX', clientId: parties.P1.id },
    ])
    const fewer = await world.as('A1', `PATCH /products/${made.id}`, { barcodes: [barcodes[1]] }, at(made.version))
    expect(fewer.body.barcodes).toEqual([barcodes[1]])
  })
})
