import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { plainFormat } from '../../testing/plain-format.ts'
import {
  checkOrders,
  checkProducts,
  type Format,
  type Mapping,
  proposedMapping,
  proposeMapping,
  type Refusal,
  sentence,
  surveyOrders,
} from './index.ts'

const format: Format = {
  encoding: 'utf-8',
  delimiter: ';',
  headerRow: 0,
  quote: '"',
  decimalComma: false,
  dateOrder: 'ymd',
}
async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const one of all) list.push(one)
  return list
}

const source = (rows: string[]) => Readable.from([Buffer.from(`${rows.join('\n')}\n`)])
const mappingOf = (kind: 'orders' | 'products', rows: string[]): Mapping => {
  const [headings, ...sample] = rows.map((row) => row.split(';'))
  return proposedMapping(proposeMapping(kind, headings!, sample, format))
}

async function orders(rows: string[], mapping = mappingOf('orders', rows)) {
  const file = { open: () => source(rows), format, mapping, currency: 'EUR', lastDay: '2026-12-31' }
  return collect(checkOrders(file, await surveyOrders(file)))
}
async function refusedOrders(rows: string[], mapping?: Mapping) {
  return (await orders(rows, mapping)).flatMap(({ refusals }) => refusals.map(brief))
}
const brief = ({ line, column, value, code }: Refusal) => [line, column, value, code]

const head = 'Order No;Recipient;Country;SKU;Product;Qty;Unit price'

describe('orders', () => {
  test('come when the last of their rows was read, however the rows lie', async () => {
    const results = await orders([head, '1;Ann;FR;A;;1;1', '2;Bob;DE;B;;2;1', '1;Ann;FR;C;;3;1', '3;Eve;US;A;;1;1'])
    expect(results.map(({ draft }) => [draft!.number, ...draft!.lines.map(({ sku }) => sku)])).toEqual([
      ['2', 'B'],
      ['1', 'A', 'C'],
      ['3', 'A'],
    ])
  })

  test('lie they so far apart that memory would not do, the file is read again, with the same outcome each time', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => String(index))
    const round = (sku: string) => numbers.map((number) => `${number};Ann;FR;${sku};;1;1`)
    const rows = [head, ...round('A'), ';Zoe;;;;;', 'single;Bob;DE;B;;2;1', ...round('B'), ...round('C')]
    const file = {
      open: () => source(rows),
      format,
      mapping: mappingOf('orders', [head, ...round('A')]),
      currency: 'EUR',
      lastDay: '2026-12-31',
    }
    const told = async (limit: number) =>
      (await collect(checkOrders(file, await surveyOrders(file), limit))).map(({ draft, refusals, rows }) => [
        draft?.number ?? refusals[0]!.code,
        draft?.lines.map(({ sku }) => sku).join('') ?? '',
        rows.length,
      ])
    const atOnce = await told(1000)
    expect(atOnce).toHaveLength(42)
    for (const limit of [3, 100]) {
      expect((await told(limit)).sort()).toEqual([...atOnce].sort())
      expect(await told(limit)).toEqual(await told(limit))
    }
  })

  test('a bad row refuses its order whole, and says so at each of its rows; the other orders come', async () => {
    const rows = [head, '1;Ann;FR;A;;1;1', '1;Ann;FR;B;;-2;x', '2;Bob;DE;B;;2;1']
    const [first, second] = await orders(rows)
    expect(first!.refusals.map(brief)).toEqual([
      [2, null, '', 'order_has_bad_row'],
      [3, 'Qty', '-2', 'negative'],
      [3, 'Unit price', 'x', 'not_a_number'],
    ])
    expect(sentence(first!.refusals[0]!.code, first!.refusals[0]!.params)).toBe(
      'Order 1 has a bad row at line 3, so none of its rows was imported.',
    )
    expect(second!.draft).toMatchObject({ number: '2', currency: 'EUR' })
  })

  test('each bad cell says its line, its column and what is wrong with it', async () => {
    const rows = [
      'Order No;Recipient;Country;Phone;SKU;Product;Qty',
      '1;A;FR;;00123;;1',
      '2;A;Atlantis;;A;;1',
      '3;A;FR;a@b.example;A;;1',
      '4;A;FR;;=cmd();;1',
      '5;A;FR;;4.00638E+12;;1',
      '4.2E+11;A;FR;;A;;1',
      ';A;FR;;A;;1',
      '7;A;;;A;;1',
      '8;A;FR;;;Mug;1',
      '9;A;FR;;A;;1;surplus',
      '10;A;FR',
    ]
    expect((await orders(rows))[0]!.draft!.lines[0]!.sku).toBe('00123')
    expect(await refusedOrders(rows)).toEqual([
      [3, 'Country', 'Atlantis', 'country_unknown'],
      [4, 'Phone', 'a@b.example', 'phone_is_email'],
      [5, 'SKU', '=cmd()', 'formula'],
      [6, 'SKU', '4.00638E+12', 'damaged_number'],
      [7, 'Order No', '4.2E+11', 'damaged_number'],
      [8, 'Order No', '', 'required'],
      [9, 'Country', '', 'required'],
      [10, 'SKU', '', 'required'],
      [11, null, '', 'row_long'],
      [12, null, '', 'order_without_lines'],
    ])
  })

  test('two addresses under one number contradict each other; the same in other letters does not', async () => {
    expect(await refusedOrders([head, '1;Ann;FR;A;;1;1', '1;ANN;France;B;;1;1'])).toEqual([])
    const [refused] = await orders([head, '1;Ann;FR;A;;1;1', '1;Bob;FR;B;;1;1'])
    expect(refused!.refusals.map(brief)).toEqual([
      [2, null, '', 'order_has_bad_row'],
      [3, 'Recipient', 'Bob', 'order_contradicts'],
    ])
    expect(sentence('order_contradicts', refused!.refusals[1]!.params)).toBe(
      'Order 1 says “Ann” at line 2 and “Bob” here. One order has one value for it.',
    )
  })

  test('the order may stand on its first row alone, with or without its number on the others', async () => {
    const [first, second] = await orders([head, '1;Ann;FR;A;;1;1', '1;;;B;;1;1', '2;Bob;DE;A;;1;1', ';;;B;;1;1'])
    expect(first!.draft!.lines).toHaveLength(2)
    expect(second!.draft).toMatchObject({ number: '2', shipTo: { country: 'DE' }, lines: [{ sku: 'A' }, { sku: 'B' }] })
  })

  test('a row that names no product but a quantity at most carries the order alone', async () => {
    const [order] = await orders([head, '1;Ann;FR;;;3;', '1;;;A;;1;1', '1;;;B;;2;1'])
    expect(order!.draft!.lines.map(({ line }) => line)).toEqual([3, 4])
  })

  test('the last row of a file that ends in its middle is refused', async () => {
    const rows = Readable.from([Buffer.from(`${head}\n1;Ann;FR;A;;1;1\n2;Bob;D`)])
    const mapping = mappingOf('orders', [head])
    const file = { open: () => rows, format, mapping, currency: 'EUR', lastDay: '2026-12-31' }
    const survey = { rows: 2, rowsOf: new Map([...'12'].map((number) => [number, 1])) }
    const [first, cut] = await collect(checkOrders(file, survey))
    expect(first!.draft!.number).toBe('1')
    expect(cut!.refusals.map(brief)).toEqual([[3, null, '', 'row_cut_off']])
  })

  test('notes and tags of several rows are joined, shipping by line is added up', async () => {
    const [order] = await orders([
      'order-id;Name;Country;sku;Qty;item-price;shipping-price;Note;Tags',
      '1;Ann;FR;A;3;10.00;4.90;ring twice;a, b;c',
      '1;Ann;FR;B;1;5.00;1.10;leave at door;d',
    ])
    expect(order!.refusals.map(brief)).toEqual([
      [2, null, '', 'row_long'],
      [3, null, '', 'order_has_bad_row'],
    ])
    const [whole] = await orders([
      'order-id;Name;Country;sku;Qty;item-price;shipping-price;Note;Tags',
      '1;Ann;FR;A;3;10.00;4.90;ring twice;a, b|c',
      '1;Ann;FR;B;1;5.00;1.10;leave at door;d',
    ])
    expect(whole!.draft).toMatchObject({
      buyerNote: 'ring twice\nleave at door',
      tags: ['a, b', 'c', 'd'],
      shippingPaid: 6_000000n,
      shipTo: { name: 'Ann' },
      lines: [{ unitPrice: 3_333333n }, { unitPrice: 5_000000n }],
    })
  })

  test('payment facts, cancelled orders, and the currency of each amount', async () => {
    const top = 'Order No;Country;SKU;Qty;Unit price;Paid at;Cancelled at;Freight;Currency'
    const rows = [
      top,
      '1;FR;A;1;9.8;2026-01-02;;4.90;',
      '2;FR;A;1;9.8;;;1;USD',
      '3;FR;A;1;9.8;;2026-01-03;1;',
      '4;FR;A;1;9.8;;;1.005;',
      '5;FR;A;1;£9.8;;;1;',
      '6;JP;A;1;980.5;;;1.5;JPY',
    ]
    const results = await orders(rows)
    expect(results.map(({ draft }) => draft && [draft.paid, draft.currency])).toEqual([
      [true, 'EUR'],
      [false, 'USD'],
      null,
      null,
      null,
      null,
    ])
    expect(results.flatMap(({ refusals }) => refusals.map(brief))).toEqual([
      [4, 'Cancelled at', '2026-01-03', 'order_cancelled'],
      [5, 'Freight', '1.005', 'too_many_decimals'],
      [6, 'Unit price', '£9.8', 'currency_differs'],
      [7, 'Freight', '1.5', 'too_many_decimals'],
    ])
  })

  test('a discount never exceeds its line', async () => {
    const top = 'Order No;Country;SKU;Qty;Unit price;Lineitem discount'
    expect(await refusedOrders([top, '1;FR;A;2;5;10', '2;FR;A;2;5;10.01'])).toEqual([
      [3, 'Lineitem discount', '10.01', 'discount_over_price'],
    ])
  })

  test('a file of headings alone is refused', async () => {
    await expect(orders([head])).rejects.toMatchObject({ code: 'file_no_rows' })
  })

  test('another column taken for the order number does not fill the memory', async () => {
    const rows = [head, ...Array.from({ length: 5_001 }, (_, i) => `1;Ann;FR;A${i};;1;1`)]
    const refusals = await refusedOrders(rows)
    expect(refusals).toHaveLength(5_001)
    expect(refusals[0]).toEqual([2, 'Order No', '1', 'order_too_long'])
  })
})

describe('products', () => {
  test('a bad row is refused, a later row of the same SKU too, the others come', async () => {
    const rows = ['SKU;Name;Price;Barcode;Discontinued;Tags', '00123;Mug;9.8;;0;a, b;c', '00123;Mug;9.8;;no;a, b|c']
    rows.push('00123;Cup;1;;;', 'B;;-1;9.4E+21;maybe;', 'C;Cup')
    const file = { source: source(rows), format, mapping: mappingOf('products', rows), currency: 'EUR' }
    const results = await collect(checkProducts(file))
    expect(results.flatMap(({ draft }) => draft ?? [])).toMatchObject([
      { line: 3, sku: '00123', price: 9_800000n, discontinued: false, tags: ['a, b', 'c'] },
      { line: 6, sku: 'C', name: 'Cup', price: null, tags: [] },
    ])
    expect(results.flatMap(({ refusals }) => refusals.map(brief))).toEqual([
      [2, null, '', 'row_long'],
      [4, 'SKU', '00123', 'duplicate_sku'],
      [5, 'Name', '', 'required'],
      [5, 'Price', '-1', 'negative'],
      [5, 'Barcode', '9.4E+21', 'damaged_number'],
      [5, 'Discontinued', 'maybe', 'not_yes_or_no'],
    ])
  })
})

describe('what would not fit where it is kept', () => {
  const codesOf = async (csv: string, mapping: Record<string, number>) => {
    const file = {
      open: () => Readable.from([Buffer.from(csv)]),
      format: plainFormat,
      mapping,
      currency: 'EUR',
      lastDay: '2026-12-31',
    }
    const codes: string[] = []
    for await (const { refusals } of checkOrders(file, await surveyOrders(file)))
      codes.push(...refusals.map(({ code }) => code))
    return codes
  }
  const mapping = { order_number: 0, sku: 1, quantity: 2, country: 3, unit_price: 4 }

  test('a line that costs a billion is refused, so that sums stay exact', async () => {
    expect(await codesOf('n,s,q,c,p\n1,A,1000000,FR,999\n2,A,1000000,FR,1000\n', mapping)).toEqual(['number_too_big'])
  })

  test('an internal note longer than a comment and a tag longer than a tag are refused', async () => {
    const half = 'x'.repeat(3_000)
    const notes = { ...mapping, internal_note: 5 }
    expect(await codesOf(`n,s,q,c,p,i\n1,A,1,FR,1,${half}\n1,B,1,FR,1,y${half}\n`, notes)).toEqual([
      'too_long',
      'order_has_bad_row',
    ])
    expect(await codesOf(`n,s,q,c,p,t\n1,A,1,FR,1,${'x'.repeat(201)}\n`, { ...mapping, tags: 5 })).toEqual(['too_long'])
  })
})
