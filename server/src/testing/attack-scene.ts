import { expect } from 'vitest'
import { assignLines } from '#fulfillment'
import { type Statement, sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { accounts, type Name, parties, stores } from './cast.ts'
import { line, orderDraft } from './scene.ts'
import { useWorld } from './world.ts'

/**
 * The scene of attacks by SQL: an order of the same number in stores a and b and in the other account; of the first, S1
 * and S2 have a part each, and S2 has shipped his.
 */
export function useAttackScene() {
  /** Order and fulfillment order ids: `a`, `b` in stores a and b, S1's and S2's parts; `two` in the other account. */
  const at = { a: '', b: '', two: '', s1: '', s2: '', lineA: '', lineB: '', fLine: '', shipment: '' }
  const world = useWorld(async (w) => {
    const add = async (who: Name, storeId: string, number: string) => {
      const lines = [line('SKU-1', 3, 10_000_000), line('SKU-2', 1, 20_000_000)]
      return [
        ...(await w.work(who, (tx) => addOrders(tx, { storeId, orders: [orderDraft(number, { lines })] }))).values(),
      ][0]!
    }
    at.a = await add('A1', stores.a, 'N-1')
    at.b = await add('A1', stores.b, 'N-1')
    const { rows } = await w.owner.query('select id from channels.stores where account_id = $1', [accounts.two.id])
    at.two = await add('A2', rows[0].id, 'N-1')
    const lineOf = async (orderId: string, position: number) =>
      (await w.owner.query('select id from orders.lines where order_id = $1 order by position', [orderId])).rows[
        position
      ].id as string
    at.lineA = await lineOf(at.a, 0)
    at.lineB = await lineOf(at.b, 0)
    const give = async (supplierId: string, position: number) => {
      const lines = [{ orderId: at.a, orderLineId: await lineOf(at.a, position) }]
      return (await w.work('A1', (tx) => assignLines(tx, { lines, to: { supplierId } })))[0]!.fulfillmentOrderId
    }
    at.s1 = await give(parties.S1.id, 0)
    at.s2 = await give(parties.S2.id, 1)
    at.fLine = (
      await w.owner.query('select id from fulfillment.lines where fulfillment_order_id = $1', [at.s1])
    ).rows[0].id
    expect((await w.as('S2', `POST /queue/${at.s2}/ship`, { carrier: 'UPS', trackingNumber: 'S2-TRACK' })).status).toBe(
      200,
    )
    at.shipment = (await w.owner.query('select id from fulfillment.shipments')).rows[0].id
  })
  const run = (who: Name, statement: Statement<unknown>) => world.work(who, (tx) => tx.rows(statement))
  const owner = async (text: string, values: unknown[] = []) => (await world.owner.query(text, values)).rows
  /** Refused for a right, a slice or a rule that is missing, not for a slip of the pen. */
  const refusals = /^(42501|23503|23505|23514|0A000|not_permitted|not_found|not_signed_in|wrong_state)$/
  const refused = async (who: Name, statement: Statement<unknown>, why = refusals) => {
    const error = await run(who, statement).then(
      () => undefined,
      (raw) => raw,
    )
    expect(error?.code ?? error?.message, `${who}: ${JSON.stringify(statement)}`).toMatch(why)
  }
  const insert = (table: string, row: Record<string, unknown>) =>
    sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
        values (${sql.join(Object.values(row).map((value) => sql`${value}`))})`

  return { at, world, run, owner, refused, insert }
}

/** A statement as it stands, for what is no query of ours. */
export const plain = (text: string) => sql.raw(text) as unknown as Statement<unknown>
