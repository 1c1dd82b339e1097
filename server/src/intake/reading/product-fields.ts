import type { Field } from './fields.ts'

/** What a products file (one row a product) can fill. */
export const productFields = [
  { key: 'sku', label: 'SKU', type: 'code', level: 'line', required: true },
  { key: 'name', label: 'Name', type: 'text', level: 'line', required: true },
  { key: 'supplier', label: 'Supplier', type: 'text', level: 'line', hosts: true },
  { key: 'quantity_per_unit', label: 'Quantity per unit', type: 'note', level: 'line' },
  { key: 'unit_price', label: 'Price', type: 'money', level: 'line', hosts: true },
  { key: 'unit_cost', label: 'Cost', type: 'money', level: 'line', hosts: true },
  { key: 'barcode', label: 'Barcode', type: 'code', level: 'line' },
  { key: 'tags', label: 'Tags', type: 'tags', level: 'line', hosts: true },
  { key: 'discontinued', label: 'Discontinued', type: 'boolean', level: 'line' },
  { key: 'in_stock', label: 'In stock', type: 'quantity', level: 'line', later: true, hosts: true },
  { key: 'reorder_level', label: 'Reorder level', type: 'quantity', level: 'line', later: true, hosts: true },
  { key: 'location', label: 'Location', type: 'code', level: 'line', later: true, hosts: true },
  { key: 'weight', label: 'Weight', type: 'text', level: 'line' },
] as const satisfies readonly Field[]

export type ProductField = (typeof productFields)[number]['key']
