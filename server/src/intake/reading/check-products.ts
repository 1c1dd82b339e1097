import type { Readable } from 'node:stream'
import { currencyDiffers } from './order-money.ts'
import type { productFields } from './product-fields.ts'
import { readTable } from './read-rows.ts'
import { FileRefused } from './reasons.ts'
import { type Filled, filledColumns, readCells, refusal, shapeRefusal } from './row-reader.ts'
import type { Checked, Format, Mapping, ProductDraft, Refusal, Row } from './types.ts'
import { longestTag } from './values.ts'
import { parseWeight } from './weight.ts'

/** A products file, how it is written and which column fills which field. `currency` is that of its prices. */
export type ProductsFile = { source: Readable; format: Format; mapping: Mapping; currency: string }

/**
 * Reads a products file once, row by row, in its order: each row becomes a draft or the reasons against it. The first row
 * of a SKU, and of a barcode, counts, later ones are refused. Throws a FileRefused for a file that has no row or cannot be read to its end.
 */
export async function* checkProducts(file: ProductsFile): AsyncGenerator<Checked<ProductDraft>, void, undefined> {
  const { headings, rows } = await readTable(file.source, file.format)
  const columns = filledColumns('products', headings, file.mapping)
  const lineOfSku = new Map<string, number>()
  const lineOfBarcode = new Map<string, number>()
  let count = 0
  for await (const row of rows) {
    count++
    const shape = shapeRefusal(row, headings)
    if (shape) {
      yield { rows: [row], draft: null, refusals: [shape] }
      continue
    }
    const refusals: Refusal[] = []
    const values = readCells<(typeof productFields)[number]>(row, columns, { headings, format: file.format }, refusals)
    for (const at of columns) {
      const cell = row.cells[at.column] ?? ''
      const value = values.find(at.field.key)
      if (at.field.type === 'money' && currencyDiffers(value, file.currency)) {
        refusals.push(refusal(row, at, 'currency_differs', { currency: file.currency }, cell))
      }
    }
    const supplier = values.get('supplier') ?? ''
    if (`supplier:${supplier}`.length > longestTag) {
      const at = columns.find(({ field }) => field.key === 'supplier')!
      refusals.push(refusal(row, at, 'too_long', { length: supplier.length, limit: longestTag - 9 }, supplier))
    }
    const sku = values.get('sku')
    const earlier = sku === null ? undefined : lineOfSku.get(sku)
    if (earlier !== undefined) {
      const at = columns.find(({ field }) => field.key === 'sku')!
      refusals.push(refusal(row, at, 'duplicate_sku', { line: earlier }, sku!))
    } else if (sku !== null) lineOfSku.set(sku, row.line)
    const barcode = values.get('barcode')
    const holder = barcode === null ? undefined : lineOfBarcode.get(barcode)
    if (holder !== undefined) {
      const at = columns.find(({ field }) => field.key === 'barcode')!
      refusals.push(refusal(row, at, 'duplicate_barcode', { line: holder }, barcode!))
    } else if (barcode !== null) lineOfBarcode.set(barcode, row.line)
    const weight = values.get('weight')
    const weighed = weight === null ? null : weightOf(weight, columns, row, file.format, refusals)
    const [first, ...others] = refusals
    if (first) {
      yield { rows: [row], draft: null, refusals: [first, ...others] }
      continue
    }
    const draft: ProductDraft = {
      line: row.line,
      sku: sku!,
      name: values.get('name')!,
      description: values.get('quantity_per_unit'),
      price: values.get('unit_price')?.micros ?? null,
      cost: values.get('unit_cost')?.micros ?? null,
      barcode,
      weightGrams: weighed,
      supplier: values.get('supplier'),
      tags: values.get('tags') ?? [],
      discontinued: values.get('discontinued'),
    }
    yield { rows: [row], draft, refusals: [] }
  }
  if (count === 0) throw new FileRefused('file_no_rows')
}

function weightOf(text: string, columns: Filled[], row: Row, format: Format, refusals: Refusal[]): number | null {
  const at = columns.find(({ field }) => field.key === 'weight')!
  const weight = parseWeight(text, at.heading, format.decimalComma)
  if (weight.ok) return weight.value
  refusals.push(refusal(row, at, weight.code, weight.params, text))
  return null
}
