import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { guardedCell } from '#kernel/db/guarded.ts'
import type { readStatement } from './statement.ts'

type Statement = Awaited<ReturnType<typeof readStatement>>

const headings = {
  en: [
    'Client',
    'Month',
    'Stored until',
    'Warehouse',
    'SKU',
    'Product',
    'Received good',
    'Received damaged',
    'Shipped',
    'Orders',
    'Lines',
    'On hand at the end',
    'Storage days',
  ],
  fr: [
    'Client',
    'Mois',
    'Stockage jusqu’au',
    'Entrepôt',
    'SKU',
    'Produit',
    'Reçu en bon état',
    'Reçu endommagé',
    'Expédié',
    'Commandes',
    'Lignes',
    'Physique à la fin',
    'Jours de stockage',
  ],
}

/** A statement as CSV: each warehouse with what left it, then its products; French spreadsheets want semicolons. */
export function statementAsCsv(statement: Statement, language: 'en' | 'fr' = 'en'): Readable {
  const csv = {
    header: true,
    columns: headings[language],
    bom: true,
    delimiter: language === 'fr' ? ';' : ',',
  } as const
  const rows = [...rowsOf(statement)].map((row) => row.map(guardedCell))
  return Readable.from(rows).pipe(stringify({ ...csv, record_delimiter: 'windows' }))
}

function* rowsOf({ client, month, through, warehouses, products }: Statement) {
  const about = [client, month, through]
  for (const { warehouse, orders, lines, ...goods } of warehouses) {
    const { received, damaged, shipped, onHand, storageDays } = goods
    yield [...about, warehouse.name, '', '', received, damaged, shipped, orders, lines, onHand, storageDays]
  }
  for (const { warehouse, sku, name, received, damaged, shipped, onHand, storageDays } of products)
    yield [...about, warehouse.name, sku, name, received, damaged, shipped, '', '', onHand, storageDays]
}
