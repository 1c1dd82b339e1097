import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound } from '#kernel/problem.ts'
import { type Side, whatCanBeDone } from '../lifecycle.ts'
import { places, sideOf } from '../take-step.ts'
import { type HeadRow, headColumns, sums } from './list-transfers.ts'

interface Row extends HeadRow {
  here: boolean
  sends: boolean
  note: string
  reason: string
  createdBy: string
  closedAt: string | null
  cancelledAt: string | null
  version: number
}
interface Line {
  id: string
  sku: string
  name: string
  quantity: number
  good: number
  damaged: number
  unverified: number
  closed: number
  remaining: number
  over: number
  barcodes: { code: string; quantity: number }[]
}
interface Event {
  id: string
  side: Side
  actor: string
  at: string
}
type Count = Record<'good' | 'damaged', number> & { lineId: string; reason: string }

/** Who did it: for the house its own people by name, for a client the company, by the name he knows now. */
const event = sql`e.id, e.side, coalesce(h.name, case e.side when 'host' then (select access.account_name()) else e.actor end) as actor, e.at`
const named = sql`left join transfers.host_names h on h.account_id = e.account_id and h.id = e.id`

/** One transfer with all that both sides read of it. @throws Problem not_found, the same for another's and for none */
export async function getTransfer(tx: Tx, id: string) {
  const [[transfer], lines, receipts, timeline, comments, photos, confirmations] = await tx.all(
    sql<Row>`
      select ${headColumns}, ${places}, t.note, t.reason, coalesce(h.name, t.created_by) as "createdBy", t.closed_at as "closedAt", t.cancelled_at as "cancelledAt", t.version
        from transfers.transfers t cross join ${sums}
        left join transfers.host_names h on h.account_id = t.account_id and h.id = t.id
       where t.id = ${id}`,
    sql<Line>`
      select l.id, l.sku, l.name, l.quantity, l.good, l.damaged, l.unverified, l.closed, l.remaining,
             greatest(l.good + l.damaged + l.unverified + l.closed - l.quantity, 0) as over, coalesce(b.barcodes, '[]') as barcodes
        from transfers.lines l left join transfers.barcodes(${id}) b on b.line_id = l.id where l.transfer_id = ${id} order by l.position`,
    sql<Event & { kind: 'received' | 'verified'; reason: string; lines: Count[] }>`
      select ${event}, e.kind, e.reason, coalesce((
               select json_agg(json_build_object('lineId', r.line_id, 'good', r.good, 'damaged', r.damaged, 'reason', r.reason) order by r.line_id)
                 from transfers.receipt_lines r where r.account_id = e.account_id and r.receipt_id = e.id), '[]') as lines
        from transfers.receipts e ${named} where e.transfer_id = ${id} order by e.at, e.id`,
    sql<Event & { kind: string; data: Record<string, unknown> }>`
      select ${event}, e.kind, e.data from transfers.timeline e ${named} where e.transfer_id = ${id} order by e.at, e.id limit 500`,
    sql<Event & { text: string }>`
      select ${event}, e.text from transfers.comments e ${named} where e.transfer_id = ${id} order by e.at, e.id limit 500`,
    sql<Event & { mediaType: string; bytes: number }>`
      select ${event}, e.media_type as "mediaType", e.bytes from transfers.photos e ${named} where e.transfer_id = ${id} order by e.at, e.id`,
    sql<Event>`select ${event} from transfers.confirmations e ${named} where e.transfer_id = ${id} order by e.at`,
  )
  if (!transfer) throw notFound()
  const side = sideOf(tx)
  // What is still to come is no difference yet.
  const differs = lines.some((line) => line.damaged > 0 || line.over > 0 || line.closed > 0)
  const standing = {
    state: transfer.state,
    origin: transfer.origin,
    here: transfer.here,
    sends: transfer.sends,
    unverified: lines.reduce((sum, line) => sum + line.unverified, 0),
    toConfirm: differs && !confirmations.some((one) => one.side === side),
  }
  return {
    ...transfer,
    lines,
    receipts,
    timeline,
    comments,
    photos,
    differs,
    confirmations,
    can: whatCanBeDone(tx.who.permissions, side, standing),
  }
}
