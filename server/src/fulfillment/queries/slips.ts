import { sql, uuids } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { type Letterhead, portalLetterhead } from '../letterhead.ts'

/** What stands on a packing slip: no price, nothing of whoever else ships for the order. */
export interface SlipData {
  number: string
  merchantName: string
  /** It goes out in the portal's name. */
  ofClient: boolean
  placedOn: string
  service: string
  /** The address, line by line as it is to be printed; the country as its ISO code. */
  address: string[]
  /** The day name and address were removed. */
  removedOn: string | null
  country: string
  lines: { sku: string; name: string; quantity: number }[]
  giftText: string
  buyerNote: string
}

/** Slips, and under whose name those of clients go out. */
export interface Slips {
  slips: SlipData[]
  letterhead: Letterhead
}

/**
 * Slips in the order of the ids, for staff and suppliers alike. A slip lists what this parcel is about: what is still to
 * be shipped, or, when all has left, what left.
 * @throws Problem not_found where one of them is not the caller's to see
 */
export async function slipsOf(tx: Tx, ids: string[]): Promise<Slips> {
  const [rows, letterheads] = await tx.all(
    sql<Omit<SlipData, 'address'> & { address: (string | null)[] }>`
    select f.number, f.merchant_name as "merchantName", f.id = any ((select portal.of_clients(${uuids(ids)}))::uuid[]) as "ofClient", f.placed_on as "placedOn", f.service, f.country,
           r.faded_at::date as "removedOn", array[r.name, r.company, r.line1, r.line2, r.line3, concat_ws(' ', nullif(f.postcode, ''), nullif(r.city, '')), f.region] as address,
           r.gift_text as "giftText", r.buyer_note as "buyerNote", coalesce((
             select json_agg(json_build_object('sku', l.sku, 'name', l.name, 'quantity', q.units) order by l.position, l.id)
               from fulfillment.lines l, lateral (select case when f.state = 'shipped' then l.shipped
                      else l.quantity - l.rejected - l.cancelled - l.shipped end as units) q
              where l.account_id = f.account_id and l.fulfillment_order_id = f.id and q.units > 0), '[]') as lines
      from unnest(${uuids(ids)}) with ordinality as asked (id, position)
      join fulfillment.fulfillment_orders f on f.account_id = app.account_id() and f.id = asked.id
      join fulfillment.recipients r on r.account_id = f.account_id and r.fulfillment_order_id = f.id
     order by asked.position`,
    portalLetterhead,
  )
  if (rows.length < ids.length) throw notFound()
  const slips = rows.map((row) => ({
    ...row,
    address: row.address.filter((part): part is string => Boolean(part)),
  }))
  return { slips, letterhead: letterheads[0]! }
}
