import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { isForPlace, isForSide, type Side, type Standing, type Step, steps, whyNot } from './lifecycle.ts'

export const sideOf = (tx: Tx): Side => (tx.who.audience === 'client' ? 'client' : 'host')

/** Whether transfer `t` goes to a warehouse of the reader's, and whether it leaves one. */
export const places = sql`
  (select app.all_warehouses()) or t.warehouse_id = any ((select app.warehouses())::uuid[]) as here,
  (select app.all_warehouses()) or coalesce(t.from_warehouse_id = any ((select app.warehouses())::uuid[]), false) as sends`

/** How a transfer stands, for who sees it. */
export const standingOf = (id: string, side: Side) => sql<
  Standing & { version: number; note: string; expectedOn: string | null }
>`
  select t.state, t.origin, t.version, t.note, t.expected_on as "expectedOn", ${places}, coalesce(sum(l.unverified), 0)::integer as unverified,
         coalesce(bool_or(l.good + l.damaged <> l.quantity or l.damaged > 0), false) and not exists (
           select from transfers.confirmations c where c.account_id = t.account_id and c.transfer_id = t.id and c.side = ${side}) as "toConfirm"
    from transfers.transfers t
    join transfers.lines l on l.account_id = t.account_id and l.transfer_id = t.id
   where t.id = ${id} group by t.account_id, t.id`

/**
 * Takes a step by the one statement that decides, which answers with the new version, or with null where it did nothing. Why, is
 * looked up only then.
 * @throws Problem not_found · not_permitted for the other side's step · wrong_state with the states from which it may be done ·
 *   changed_meanwhile
 */
export async function takeStep(
  tx: Tx,
  step: Step,
  id: string,
  statement: Statement<{ done: unknown }>,
  version?: number,
): Promise<void> {
  const side = sideOf(tx)
  if (side === 'client' && !isForSide(step, side, 'client')) return await refuseStep(tx, step, id, version)
  const row = await tx.first(statement)
  if (row?.done !== null && row?.done !== undefined) return
  await refuseStep(tx, step, id, version)
}

/** Always throws: why a step on this transfer did nothing. `yours` is what an edit of an older version wanted. */
export async function refuseStep(tx: Tx, step: Step, id: string, version?: number, yours: object = {}): Promise<never> {
  const side = sideOf(tx)
  const standing = await tx.first(standingOf(id, side))
  if (!standing) throw notFound()
  if (!isForSide(step, side, standing.origin))
    throw new Problem(
      'not_permitted',
      standing.origin === 'client' && side === 'host'
        ? 'The client announced this transfer: only the client can do that.'
        : 'That is for the other side of this transfer.',
      { extra: { permission: steps[step].permission } },
    )
  if (!isForPlace(step, standing))
    throw new Problem('not_permitted', 'That is for who looks after the other warehouse of this transfer.', {
      extra: { permission: steps[step].permission },
    })
  const why = whyNot(step, standing)
  if (why) throw new Problem('wrong_state', why, { extra: { state: standing.state, from: steps[step].from } })
  if (version !== undefined && version !== standing.version) throw changedMeanwhile(standing, yours)
  throw notFound()
}
