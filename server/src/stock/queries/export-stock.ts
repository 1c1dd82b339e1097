import { stringify } from 'csv-stringify/sync'
import { guarded } from '#kernel/db/guarded.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Snapshot } from '#kernel/db/transaction.ts'
import { perWarehouse } from './levels.ts'

type Language = 'en' | 'fr'

/** Such that our own import knows them again; what is stock it leaves aside. */
const headings: Record<Language, string[]> = {
  en: [
    'SKU',
    'Name',
    'Barcode',
    'Weight (g)',
    'Warehouse',
    'On hand',
    'Allocated',
    'Available',
    'Incoming',
    'Quarantine',
    'Backordered',
  ],
  fr: [
    'Référence',
    'Nom',
    'Code-barres',
    'Poids (g)',
    'Entrepôt',
    'Physique',
    'Alloué',
    'Disponible',
    'À venir',
    'Quarantaine',
    'En rupture',
  ],
}

/** The products the reader may see, by SKU, with their stock in the warehouses he may see; French spreadsheets want semicolons. */
export async function* stockFile(tx: Snapshot, language: Language): AsyncGenerator<Buffer> {
  const delimiter = language === 'fr' ? ';' : ','
  yield Buffer.from(stringify([headings[language]], { bom: true, delimiter }))
  yield* tx.copy(
    sql`
    select ${guarded(sql`p.sku`)}, ${guarded(sql`p.name`)}, ${guarded(sql`b.codes`)}, p.weight_grams, ${guarded(sql`w.name`)},
           coalesce(l.on_hand, 0), coalesce(l.allocated, 0), coalesce(l.on_hand - l.allocated, 0), coalesce(l.announced + l.in_transit, 0),
           coalesce(l.quarantine, 0), coalesce(l.backordered, 0)
      from catalog.products p
      left join lateral (select string_agg(x.code, '; ' order by x.quantity, x.code) as codes from catalog.product_barcodes x
                          where x.account_id = p.account_id and x.product_id = p.id) b on true
      left join (${perWarehouse('client')}) l on l.product_id = p.id
      left join stock.warehouses w on w.account_id = p.account_id and w.id = l.warehouse_id
     where p.archived_at is null
     order by p.sku, p.id, lower(w.name), w.id`,
    { delimiter },
  )
}
