import { type Letterhead, portalLetterhead } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'

/** What stands on the sheet of a transfer: no price, and nobody's name but the companies'. */
export interface SheetData {
  /** Of what a client sends: the portal's. */
  letterhead: Letterhead
  number: string
  from: string
  warehouse: string
  /** The address of the warehouse, line by line; the country as its ISO code. */
  address: string[]
  country: string
  createdAt: string
  expectedOn: string | null
  carrier: string
  tracking: string
  cartons: number | null
  note: string
  /** With the barcode that stands for the fewest, and for how many. */
  lines: { sku: string; name: string; quantity: number; barcode: string; each: number }[]
}

/** @throws Problem not_found, the same for another's and for none */
export async function sheetOf(tx: Tx, id: string): Promise<SheetData> {
  const [[head], lines, portals] = await tx.all(
    sql<
      Omit<SheetData, 'address' | 'lines' | 'letterhead'> & {
        account: string
        announced: boolean
        parts: (string | null)[] | null
      }
    >`
      select access.account_name() as account, t.origin = 'client' as announced, t.number, t.from_name as from, t.warehouse_name as warehouse, t.created_at as "createdAt", t.expected_on as "expectedOn",
             t.carrier, t.tracking, t.cartons, t.note, coalesce(w.country, '') as country,
             array[w.line1, w.line2, concat_ws(' ', nullif(w.postcode, ''), nullif(w.city, '')), w.region] as parts
        from transfers.transfers t left join transfers.destination(${id}) w on true
       where t.id = ${id}`,
    sql<SheetData['lines'][number]>`
      select l.sku, l.name, l.quantity, coalesce(b.barcodes #>> '{0,code}', '') as barcode, coalesce((b.barcodes #>> '{0,quantity}')::integer, 1) as each
        from transfers.lines l left join transfers.barcodes(${id}) b on b.line_id = l.id
       where l.transfer_id = ${id} order by l.position`,
    portalLetterhead,
  )
  if (!head) throw notFound()
  const { account, announced, parts, ...rest } = head
  const letterhead = announced ? portals[0]! : { name: account, logo: null }
  return { ...rest, letterhead, address: (parts ?? []).filter((part): part is string => Boolean(part)), lines }
}
