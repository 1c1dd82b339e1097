import { createReadStream, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  checkOrders,
  checkProducts,
  guessFormat,
  headSize,
  type Kind,
  lineTotal,
  mappingFaults,
  type OrderDraft,
  proposedMapping,
  proposeMapping,
  readTable,
  surveyOrders,
} from './index.ts'

const path = (kind: Kind) => new URL(`fixtures/northwind/${kind}-flat.csv`, import.meta.url)

async function proposal(kind: Kind) {
  const { format } = guessFormat(readFileSync(path(kind)).subarray(0, headSize))
  const { headings, rows } = await readTable(createReadStream(path(kind)), format)
  const sample: string[][] = []
  for await (const row of rows) sample.push(row.cells)
  const columns = proposeMapping(kind, headings, sample, format)
  return { format, headings, columns, mapping: proposedMapping(columns) }
}

const fieldOf = (columns: { heading: string; field: string | null }[]) =>
  Object.fromEntries(columns.map(({ heading, field }) => [heading, field]))

async function northwindOrders() {
  const { format, mapping } = await proposal('orders')
  const file = { open: () => createReadStream(path('orders')), format, mapping, currency: 'USD', lastDay: '2026-12-31' }
  const survey = await surveyOrders(file)
  const orders: OrderDraft[] = []
  for await (const { draft, refusals } of checkOrders(file, survey)) {
    expect(refusals).toEqual([])
    orders.push(draft!)
  }
  return { survey, orders }
}

describe('the Northwind orders file', () => {
  test('every column finds its field', async () => {
    const { format, headings, columns, mapping } = await proposal('orders')
    expect(format).toEqual({
      encoding: 'utf-8',
      delimiter: ',',
      headerRow: 0,
      quote: '"',
      decimalComma: false,
      dateOrder: 'ymd',
    })
    expect(fieldOf(columns)).toEqual({
      'Order No': 'order_number',
      'Ordered on': 'placed_on',
      'Required by': 'deliver_by',
      Customer: 'buyer_name',
      Contact: 'contact_name',
      Phone: 'phone',
      'Ship to': 'recipient_name',
      Street: 'line1',
      City: 'city',
      Region: 'region',
      Postcode: 'postcode',
      Country: 'country',
      Freight: 'shipping_paid',
      'Ship via': 'service',
      SKU: 'sku',
      Product: 'product_name',
      Qty: 'quantity',
      'Unit price': 'unit_price',
      Discount: 'discount_rate',
    })
    expect(mappingFaults('orders', headings, mapping)).toEqual([])
  })

  test('brings 830 orders with 2,155 lines and its totals to the last digit', async () => {
    const { survey, orders } = await northwindOrders()
    expect(survey.rows).toBe(2155)
    expect(orders).toHaveLength(830)
    const lines = orders.flatMap((order) => order.lines)
    expect(lines).toHaveLength(2155)
    const gross = lines.reduce((sum, line) => sum + BigInt(line.quantity) * line.unitPrice!, 0n)
    expect(gross).toBe(1_354_458_590000n)
    expect(lines.reduce((sum, line) => sum + lineTotal(line), 0n)).toBe(1_265_793_039500000000n)
    expect(orders.reduce((sum, order) => sum + order.shippingPaid!, 0n)).toBe(64_942_690000n)
    expect(new Set(orders.map((order) => order.shipTo.country)).size).toBe(21)
  })

  test('an order keeps its old date, has no payment facts and counts its freight once', async () => {
    const { orders } = await northwindOrders()
    expect(orders[0]).toMatchObject({
      number: '10248',
      placedOn: '1996-07-04',
      placedAt: null,
      deliverBy: '1996-08-01',
      paid: null,
      shippingPaid: 32_380000n,
      currency: 'USD',
      service: 'Federal Shipping',
      shipTo: { name: 'Vins et alcools Chevalier', city: 'Reims', region: null, postcode: '51100', country: 'FR' },
    })
    expect(orders[0]!.lines.map(({ line, sku, quantity }) => [line, sku, quantity])).toEqual([
      [2, 'NW-011', 12],
      [3, 'NW-042', 10],
      [4, 'NW-072', 5],
    ])
  })
})

describe('the Northwind products file', () => {
  test('every column finds its field, and the stock columns are named as kept for later', async () => {
    const { columns, mapping } = await proposal('products')
    expect(fieldOf(columns)).toEqual({
      SKU: 'sku',
      Name: 'name',
      Supplier: 'supplier',
      'Quantity per unit': 'quantity_per_unit',
      'Unit price': 'unit_price',
      'In stock': 'in_stock',
      'Reorder level': 'reorder_level',
      Discontinued: 'discontinued',
      Tags: 'tags',
    })
    const later = columns.filter(({ ignored }) => ignored === 'later').map(({ heading }) => heading)
    expect(later).toEqual(['In stock', 'Reorder level'])
    expect(mapping).not.toHaveProperty('in_stock')
  })

  test('brings 77 products of 29 suppliers; a tag may hold a comma', async () => {
    const { format, mapping } = await proposal('products')
    const products = []
    const source = createReadStream(path('products'))
    for await (const { draft } of checkProducts({ source, format, mapping, currency: 'USD' })) products.push(draft!)
    expect(products).toHaveLength(77)
    expect(new Set(products.map(({ supplier }) => supplier)).size).toBe(29)
    expect(products.find(({ sku }) => sku === 'NW-016')).toMatchObject({
      name: 'Pavlova',
      description: '32 - 500 g boxes',
      price: 17_450000n,
      supplier: 'Pavlova, Ltd.',
      tags: ['supplier:Pavlova, Ltd.'],
      discontinued: false,
    })
  })
})
