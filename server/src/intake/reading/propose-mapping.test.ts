import { describe, expect, test } from 'vitest'
import { plainFormat } from '../../testing/plain-format.ts'
import {
  type Format,
  type Kind,
  keepMapping,
  mappingFaults,
  proposedMapping,
  proposeMapping,
  recallMapping,
} from './index.ts'

const format: Format = { ...plainFormat, dateOrder: 'mdy' }

/** Each row of `table`: a heading and its values; gives what each heading is proposed to fill. */
function propose(kind: Kind, table: Record<string, string[]>) {
  const headings = Object.keys(table)
  const rows = [0, 1, 2, 3, 4].map((row) => headings.map((heading) => table[heading]![row] ?? ''))
  const columns = proposeMapping(kind, headings, rows, format)
  return Object.fromEntries(columns.map(({ heading, field, ignored }) => [heading, field ?? ignored]))
}

describe('headings of other programs find their fields', () => {
  test('Shopify: its “Name” is the order, its “Shipping Name” the person', () => {
    expect(
      propose('orders', {
        Name: ['#1001', '#1001', '#1002'],
        Email: ['a@b.example'],
        'Financial Status': ['paid', '', 'pending'],
        'Paid at': ['2026-11-20 09:07:00 +0100'],
        'Fulfillment Status': ['unfulfilled'],
        Currency: ['EUR'],
        Shipping: ['4.90'],
        'Discount Amount': ['0.00'],
        'Created at': ['2026-11-20 09:07:00 +0100'],
        'Lineitem quantity': ['1', '2', '1'],
        'Lineitem name': ['Mug', 'Cup', 'Mug'],
        'Lineitem price': ['10.00', '8.00', '10.00'],
        'Lineitem sku': ['M-1', 'C-1', 'M-1'],
        'Billing Country': ['FR'],
        'Shipping Name': ['Zoé Durand'],
        'Shipping Address1': ['1 rue X'],
        'Shipping Zip': ["'75001"],
        'Shipping Country': ['FR'],
        'Cancelled at': [],
        'Lineitem discount': ['0', '1.5', '0'],
      }),
    ).toEqual({
      Name: 'order_number',
      Email: 'email',
      'Financial Status': 'paid',
      'Paid at': 'paid_on',
      'Fulfillment Status': 'status',
      Currency: 'currency',
      Shipping: 'shipping_paid',
      'Discount Amount': 'unknown',
      'Created at': 'placed_on',
      'Lineitem quantity': 'quantity',
      'Lineitem name': 'product_name',
      'Lineitem price': 'unit_price',
      'Lineitem sku': 'sku',
      'Billing Country': 'unknown',
      'Shipping Name': 'recipient_name',
      'Shipping Address1': 'line1',
      'Shipping Zip': 'postcode',
      'Shipping Country': 'country',
      'Cancelled at': 'cancelled_on',
      'Lineitem discount': 'discount_amount',
    })
  })

  test('Amazon: the price, tax and shipping it gives are those of the line', () => {
    expect(
      propose('orders', {
        'order-id': ['302-1', '302-2'],
        'order-item-id': ['1', '2'],
        'purchase-date': ['2026-11-20T09:07:00+00:00'],
        'buyer-email': ['a@b.example'],
        sku: ['A', 'B'],
        'product-name': ['Mug', 'Cup'],
        'quantity-purchased': ['1', '2'],
        'item-price': ['10.00', '16.00'],
        'item-tax': ['2.00', '3.20'],
        'shipping-price': ['4.90', '0.00'],
        'ship-service-level': ['Standard'],
        'recipient-name': ['Zoé'],
        'ship-address-1': ['1 rue X'],
        'ship-country': ['FR'],
      }),
    ).toEqual({
      'order-id': 'order_number',
      'order-item-id': 'unknown',
      'purchase-date': 'placed_on',
      'buyer-email': 'email',
      sku: 'sku',
      'product-name': 'product_name',
      'quantity-purchased': 'quantity',
      'item-price': 'line_total',
      'item-tax': 'line_tax',
      'shipping-price': 'line_shipping',
      'ship-service-level': 'service',
      'recipient-name': 'recipient_name',
      'ship-address-1': 'line1',
      'ship-country': 'country',
    })
  })

  test('ShipStation, in and out', () => {
    expect(
      propose('orders', {
        'Order - Number': ['1'],
        'Date - Order Date': ['12/31/2026'],
        'Bill To - Name': ['Zoé'],
        'Ship To - Name': ['Léa'],
        'Ship To - Country': ['FR'],
        'Item - SKU': ['A'],
        'Item - Qty': ['1'],
        'Item - Price': ['2.5'],
        'Amount - Order Shipping': ['4.9'],
        'Amount - Shipping Cost': ['3.9'],
        'Market - Markeplace Name': ['x'],
        'Tracking Number': ['Z1'],
      }),
    ).toMatchObject({
      'Order - Number': 'order_number',
      'Bill To - Name': 'buyer_name',
      'Ship To - Name': 'recipient_name',
      'Item - Price': 'unit_price',
      'Amount - Order Shipping': 'shipping_paid',
      'Amount - Shipping Cost': 'carrier_cost',
      'Market - Markeplace Name': 'store',
      'Tracking Number': 'tracking',
    })
    expect(propose('orders', { 'Order #': ['1'], 'Address Line 1': ['x'], 'Item Unit Price': ['1'] })).toEqual({
      'Order #': 'order_number',
      'Address Line 1': 'line1',
      'Item Unit Price': 'unit_price',
    })
  })

  test('French headings, with or without accents', () => {
    expect(
      propose('orders', {
        'N° de commande': ['1'],
        'COMMANDÉ LE': ['12/31/2026'],
        Destinataire: ['Zoé'],
        'Code postal': ['01000'],
        Pays: ['Suède'],
        'Ref article': ['A'],
        'Qté *': ['2'],
        'Prix unitaire HT (EUR)': ['12.5'],
        'Remise %': ['10'],
        'Frais de port': ['4.9'],
      }),
    ).toEqual({
      'N° de commande': 'order_number',
      'COMMANDÉ LE': 'placed_on',
      Destinataire: 'recipient_name',
      'Code postal': 'postcode',
      Pays: 'country',
      'Ref article': 'sku',
      'Qté *': 'quantity',
      'Prix unitaire HT (EUR)': 'unit_price',
      'Remise %': 'discount_percent',
      'Frais de port': 'shipping_paid',
    })
  })
})

describe('what a column holds decides with its heading', () => {
  test.each([
    [['0', '0.15', '0.25'], 'discount_rate'],
    [['0%', '15%', '25%'], 'discount_percent'],
    [['0', '1.50', '4.25'], 'discount_amount'],
  ])('a discount of %j', (values, field) =>
    expect(propose('orders', { Discount: values })).toEqual({ Discount: field }),
  )

  test('a price full of words is doubtful, one column fills one field, the likelier heading wins', () => {
    const words = ['cheap', 'dear', 'free', 'low', 'high']
    expect(propose('products', { Price: words, SKU: ['A', 'B', 'C'], 'Product SKU': ['A', 'B', 'C'] })).toEqual({
      Price: 'doubtful',
      SKU: 'sku',
      'Product SKU': 'taken',
    })
  })

  test('a known heading is believed against a few bad values, which are told at their rows', () => {
    expect(propose('orders', { Phone: ['a@b.example'], Qty: ['-2'], Country: ['Atlantis'] })).toEqual({
      Phone: 'phone',
      Qty: 'quantity',
      Country: 'country',
    })
  })

  test('columns show five distinct samples; empty ones are told apart', () => {
    const rows = ['a', 'a', 'b', 'c', 'd', 'e', 'f', ''].map((value) => [value, ''])
    expect(proposeMapping('orders', ['Colour', ''], rows, format)).toMatchObject([
      { samples: ['a', 'b', 'c', 'd', 'e'], field: null, ignored: 'unknown' },
      { samples: [], field: null, ignored: 'empty' },
    ])
  })
})

describe('a mapping', () => {
  const headings = ['SKU', 'Name', 'Price', '__proto__']

  test('is whole with every required field, and says every fault it has', () => {
    expect(mappingFaults('products', headings, { sku: 0, name: 1, unit_price: 2 })).toEqual([])
    const codes = (mapping: Record<string, number>, kind: Kind = 'products') =>
      mappingFaults(kind, headings, mapping).map(({ code, params }) => [code, params.field])
    expect(codes({ sku: 0 })).toEqual([['mapping_field_missing', 'Name']])
    expect(codes({ sku: 0, name: 0 })).toEqual([['mapping_column_twice', 'Name']])
    expect(codes({ sku: 0, name: 9, cost: 2, in_stock: 2 })).toEqual([
      ['mapping_column_unknown', 'Name'],
      ['mapping_field_unknown', 'cost'],
      ['mapping_field_later', 'In stock'],
    ])
    expect(codes({ sku: 0, name: 1, constructor: 2 })).toEqual([['mapping_field_unknown', 'constructor']])
    const discounts = { order_number: 0, sku: 1, quantity: 2, country: 3, discount_rate: 0, discount_amount: 1 }
    expect(codes(discounts, 'orders').map(([code]) => code)).toContain('mapping_fields_clash')
  })

  test('is kept by heading and fits a file whose columns stand elsewhere', () => {
    const kept = keepMapping(headings, { sku: 0, name: 1, unit_price: 2 })
    expect(recallMapping(['price', 'Colour', 'NAME'], kept)).toEqual({ unit_price: 0, name: 2 })
  })

  test('a proposal amounts to one', () => {
    const columns = proposeMapping('products', ['SKU', 'In stock', 'Name'], [['A', '3', 'Mug']], format)
    expect(proposedMapping(columns)).toEqual({ sku: 0, name: 2 })
  })
})
