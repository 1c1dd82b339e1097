import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { parties } from '../testing/cast.ts'
import { houseStore, line, orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { type ProductInput, upsertProducts } from './index.ts'

const product = (sku: string, change: Partial<ProductInput> = {}): ProductInput => ({
  sku,
  name: `Product ${sku}`,
  description: null,
  barcodes: [],
  discontinued: null,
  price: null,
  cost: null,
  tags: [],
  ...change,
})

describe('products, told through HTTP', () => {
  const world = useWorld(async (w) => {
    await w.work('A1', async (tx) =>
      addOrders(tx, {
        storeId: await houseStore(w),
        orders: [orderDraft('1', { lines: [line('NW-011', 1, 1_000_000), line('NW-012', 1, 1_000_000)] })],
      }),
    )
    await w.work('A2', (tx) =>
      upsertProducts(tx, { products: [product('NW-011', { tags: ['theirs'] })], mode: 'both' }),
    )
  })
  const orderLines = async () => {
    const { body } = await world.as('A1', 'GET /orders')
    return (await world.as('A1', `GET /orders/${body.items[0].id}`)).body
  }

  it('S1.19 an administrator creates a product with tags, and order lines follow it', async () => {
    expect((await orderLines()).issues).toHaveLength(2)
    const made = await world.as('A1', 'POST /products', {
      sku: 'NW-011',
      name: ' Queso Cabrales ',
      tags: ['supplier:Pavlova, Ltd.', 'fragile'],
      price: { micros: 21_000_000, currency: 'EUR' },
      cost: { micros: 9_000_000, currency: 'EUR' },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Queso Cabrales', tags: ['fragile', 'supplier:Pavlova, Ltd.'] })
    const order = await orderLines()
    expect(order.lines[0]).toMatchObject({ productId: made.body.id, tags: ['fragile', 'supplier:Pavlova, Ltd.'] })
    expect(order.issues.map((issue: { detail: { sku: string } }) => issue.detail.sku)).toEqual(['NW-012'])
  })

  it('refuses a SKU that is taken, and blank names', async () => {
    const taken = await world.as('A1', 'POST /products', { sku: 'NW-011', name: 'Another' })
    expect([taken.status, taken.body.errors[0].field]).toEqual([409, 'sku'])
    expect((await world.as('A1', 'POST /products', { sku: 'X', name: '  ' })).body.errors[0].field).toBe('name')
  })

  it('shows price and cost to who may see them, and to nobody else', async () => {
    const [seen] = (await world.as('F1', 'GET /products?q=queso')).body.items
    expect(seen).toMatchObject({ price: { micros: 21_000_000, currency: 'EUR' }, cost: { micros: 9_000_000 } })
    const viewer = await world.as('V1', `GET /products/${seen.id}`)
    expect(viewer.status).toBe(200)
    expect(viewer.body.sku).toBe('NW-011')
    expect(viewer.text).not.toMatch(/price|cost|21000000|9000000/)
  })

  it('S1.18 customer service is refused every product route, also with nonsense in it', async () => {
    const id = (await world.as('A1', 'GET /products')).body.items[0].id
    for (const [call, body] of [
      ['GET /products'],
      ['GET /products/tags'],
      [`GET /products/${id}`],
      ['POST /products', { sku: 'C-1', name: 'C' }],
      [`PATCH /products/${id}`, { name: 'Queso' }],
      ['POST /products/tags', { productIds: [id], add: ['t'] }],
    ] as const) {
      expect([call, (await world.as('A1', call, body, at(1))).status < 300]).toEqual([call, true])
      expect([call, (await world.as('C1', call, body, at(1))).status]).toEqual([call, 403])
      expect([call, (await world.as('S1', call, body, at(1))).status]).toEqual([call, 403])
    }
    expect((await world.as('C1', 'POST /products', {})).status).toBe(403)
    expect((await world.as('V1', `PATCH /products/${id}`, { name: 'V' }, at(1))).status).toBe(403)
  })

  it('S3.16 tags are put on many products at once and taken off, and order lines follow', async () => {
    await world.work('A1', (tx) => upsertProducts(tx, { products: [product('NW-012')], mode: 'both' }))
    const { items } = (await world.as('A1', 'GET /products?q=nw-01')).body
    expect(items).toHaveLength(2)
    const productIds = items.map((item: { id: string }) => item.id)
    const done = await world.as('A1', 'POST /products/tags', { productIds, add: ['dropship'], remove: ['fragile'] })
    expect(done.body.changed).toBe(2)
    const order = await orderLines()
    expect(order.lines.map((each: { tags: string[] }) => each.tags.includes('dropship'))).toEqual([true, true])
    expect(order.issues).toEqual([])
    expect((await world.as('A1', 'GET /products/tags')).body.items).toContainEqual({ tag: 'dropship', products: 2 })
    expect((await world.as('A1', 'GET /products?tag=dropship&q=product')).body.items).toHaveLength(1)
    const foreign = (await world.as('A2', 'GET /products')).body.items[0]
    expect(foreign.tags).toEqual(['theirs'])
    const mixed = await world.as('A1', 'POST /products/tags', { productIds: [...productIds, foreign.id], add: ['x'] })
    expect(mixed.status).toBe(404)
    expect((await world.as('A1', 'GET /products?tag=x')).body.items).toEqual([])
  })

  it('does not overwrite what somebody else changed meanwhile, and archives', async () => {
    const { body } = await world.as('A1', 'GET /products?q=NW-012')
    const { id, version } = body.items[0]
    expect((await world.as('F1', `PATCH /products/${id}`, { name: 'New' }, at(version))).body.name).toBe('New')
    const late = await world.as('A1', `PATCH /products/${id}`, { name: 'Mine', barcodes: [] }, at(version))
    expect([late.status, late.body.fields]).toEqual([412, { name: { yours: 'Mine', theirs: 'New' } }])
    expect((await world.as('A1', `PATCH /products/${id}`, { archived: true }, at(version + 1))).body.archived).toBe(
      true,
    )
    expect((await world.as('A1', 'GET /products?q=NW-012')).body.items).toEqual([])
    expect((await world.as('A1', 'GET /products?q=NW-012&archived=true')).body.items).toHaveLength(1)
  })

  it('takes a batch of products: created, changed, unchanged, skipped', async () => {
    const batch = [product('B-1', { price: { micros: 5, currency: 'EUR' }, tags: ['t, u'] }), product('B-2')]
    const outcomes = async (products: ProductInput[], mode: 'create' | 'update' | 'both') =>
      (await world.work('A1', (tx) => upsertProducts(tx, { products, mode }))).map(({ outcome }) => outcome)
    expect(await outcomes(batch, 'update')).toEqual(['skipped', 'skipped'])
    expect(await outcomes(batch, 'both')).toEqual(['created', 'created'])
    expect(await outcomes(batch, 'both')).toEqual(['unchanged', 'unchanged'])
    expect(await outcomes(batch, 'create')).toEqual(['skipped', 'skipped'])
    const dearer = product('B-1', { price: { micros: 6, currency: 'EUR' } })
    expect(await outcomes([dearer, product('B-2', { tags: ['new'] })], 'both')).toEqual(['changed', 'changed'])
    expect((await world.as('A1', 'GET /products?q=B-1')).body.items[0].tags).toEqual(['t, u'])
  })

  it('pages by SKU', async () => {
    const first = await world.as('A1', 'GET /products?limit=2')
    const rest = await world.as('A1', `GET /products?limit=2&cursor=${first.body.nextCursor}`)
    const skus = [...first.body.items, ...rest.body.items].map(({ sku }: { sku: string }) => sku)
    expect(skus).toEqual([...skus].sort())
    expect(new Set(skus).size).toBe(4)
  })

  it('17 a client opens his own product; that of another is byte for byte one that never was', async () => {
    const make = async (clientId: string) =>
      (await world.as('A1', 'POST /products', { sku: 'SHIRT-17', name: 'Shirt', clientId })).body.id as string
    const [mine, theirs] = [await make(parties.P1.id), await make(parties.P2.id)]
    expect((await world.as('P1', `GET /products/${mine}`)).status).toBe(200)
    const never = await world.as('P1', 'GET /products/01900000-0000-7000-8000-000000000000')
    const refused = await world.as('P1', `GET /products/${theirs}`)
    expect([refused.status, refused.bare]).toEqual([404, never.bare])
  })
})
