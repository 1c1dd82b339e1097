import { stringify } from 'csv-stringify/sync'
import { guarded } from '#kernel/db/guarded.ts'
import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Snapshot } from '#kernel/db/transaction.ts'
import type { State } from '../lifecycle.ts'
import { conditions, headColumns, sums, type TransferFilter } from './list-transfers.ts'

type Language = 'en' | 'fr'

const headings: Record<Language, string[]> = {
  en: [
    'Number',
    'State',
    'From',
    'To',
    'Created',
    'Expected',
    'Shipped',
    'Delivered',
    'Received',
    'Carrier',
    'Tracking',
    'Cartons',
    'Lines',
    'Units declared',
    'Units arrived',
    'Units open',
  ],
  fr: [
    'Numéro',
    'État',
    'De',
    'À',
    'Créé',
    'Attendu',
    'Expédié',
    'Livré',
    'Réceptionné',
    'Transporteur',
    'Suivi',
    'Cartons',
    'Lignes',
    'Unités déclarées',
    'Unités arrivées',
    'Unités attendues',
  ],
}
const stateWords: Record<Language, Record<State, string>> = {
  en: {
    draft: 'Draft',
    to_ship: 'To ship',
    shipped: 'Shipped',
    delivered: 'Delivered',
    partially_received: 'Partly received',
    received: 'Received',
    closed_short: 'Closed short',
    cancelled: 'Cancelled',
  },
  fr: {
    draft: 'Brouillon',
    to_ship: 'À expédier',
    shipped: 'Expédié',
    delivered: 'Livré',
    partially_received: 'Réceptionné en partie',
    received: 'Réceptionné',
    closed_short: 'Clos incomplet',
    cancelled: 'Annulé',
  },
}

/** The transfers that the reader sees, as the list has them, the newest first; days in the account's zone. French spreadsheets want semicolons. */
export async function* transfersFile(tx: Snapshot, filter: TransferFilter, language: Language): AsyncGenerator<Buffer> {
  const delimiter = language === 'fr' ? ';' : ','
  yield Buffer.from(stringify([headings[language]], { bom: true, delimiter }))
  const dayOf = (instant: Statement<unknown>) => sql`(${instant} at time zone a.timezone)::date`
  const word = sql`case x.state ${sql.join(
    Object.entries(stateWords[language]).map(([state, text]) => sql`when ${sql.lit(state)} then ${sql.lit(text)}`),
    sql` `,
  )} end`
  yield* tx.copy(
    sql`
    select x.number, ${word}, ${guarded(sql`x.from`)}, ${guarded(sql`(x.warehouse ->> 'name')`)},
           ${dayOf(sql`x."createdAt"`)}, x."expectedOn", ${dayOf(sql`x."shippedAt"`)}, ${dayOf(sql`x."deliveredAt"`)}, ${dayOf(sql`x."receivedAt"`)},
           ${guarded(sql`x.carrier`)}, ${guarded(sql`x.tracking`)}, x.cartons, x."lineCount", x.quantity, x.arrived, x.remaining
      from (select ${headColumns} from transfers.transfers t cross join ${sums} where ${conditions(filter)}) x
     cross join (select timezone from access.accounts where id = (select app.account_id())) a
     order by x."createdAt" desc, x.id desc`,
    { delimiter },
  )
}
