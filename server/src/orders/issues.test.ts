import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { useWorld } from '../testing/world.ts'
import { addOrders } from './index.ts'

describe('S1.23 the queue of issues', () => {
  const ids: Record<string, string> = {}
  const world = useWorld(async (w) => {
    for (const clientId of [parties.P1.id, parties.P2.id])
      await w.as('A1', 'POST /products', { sku: 'KNOWN', name: 'Known', clientId })
    const lines = [line('KNOWN', 1, 1)]
    const draft = (number: string, shipBy: string | null = null) => ({ ...orderDraft(number, { lines }), shipBy })
    const late = [draft('late', '2020-01-02'), draft('gone late', '2020-01-02'), draft('due', '2199-01-01')]
    const rest = [
      draft('held'),
      draft('wrong'),
      draft('rejected'),
      orderDraft('unknown', { lines: [line('X-9', 1, 1)] }),
    ]
    const made = await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [...late, ...rest] }))
    for (const [number, id] of made) ids[number] = id
    const other = await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.b, orders: [draft('late b', '2020-01-02')] }),
    )
    ids['late b'] = other.get('late b')!
    await w.as('A1', `POST /orders/${ids['gone late']}/ship`, { carrier: 'DHL' })
    await w.as('A1', `POST /orders/${ids.held}/hold`, { reason: 'r' })
    const part = await w.work('A1', async (tx) => {
      const own = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${ids.rejected}`)
      return (await assignLines(tx, { lines: own, to: { supplierId: parties.S1.id } }))[0]!.fulfillmentOrderId
    })
    await w.as('S1', `POST /queue/${part}/reject`, { reason: 'out of stock' })
  })
  const numbers = async (issue: string, who: 'C1' | 'C1s' = 'C1') =>
    (await world.as(who, `GET /orders?issue=${issue}`)).body.items.map((row: { number: string }) => row.number).sort()
  const counts = async (who: 'C1' | 'C1s' = 'C1') => (await world.as(who, 'GET /orders/counts')).body

  it('S1.23 holds each order under what is wrong with it; late is a fact of today, not of a job that ran', async () => {
    expect(await numbers('late')).toEqual(['late', 'late b'])
    expect(await numbers('held')).toEqual(['held'])
    expect(await numbers('rejected')).toEqual(['rejected'])
    expect(await numbers('unmapped_line')).toEqual(['unknown'])
    expect(await numbers('any')).toEqual(['held', 'late', 'late b', 'rejected', 'unknown'])
    expect(await numbers('backordered')).toEqual([])
    const order = (await world.as('C1', `GET /orders/${ids.late}`)).body
    expect([order.late, order.issues]).toEqual([true, []])
    expect((await world.as('C1', `GET /orders/${ids['gone late']}`)).body.late).toBe(false)
    const [row] = (await world.as('C1', 'GET /orders?issue=late&q=late')).body.items
    expect(row.issues).toEqual(['late'])
  })

  it('S1.23 counts what the list shows, for every scope, for every kind', async () => {
    const { issues } = await counts()
    expect(issues.backordered).toBe(0)
    for (const [kind, value] of Object.entries(issues))
      expect([kind, value]).toEqual([kind, (await numbers(kind)).length])
    const scoped = (await counts('C1s')).issues
    expect([scoped.late, scoped.any]).toEqual([1, 4])
    for (const [kind, value] of Object.entries(scoped))
      expect([kind, value]).toEqual([kind, (await numbers(kind, 'C1s')).length])
  })

  it('S1.23 an address problem is raised with a reason, once, and resolved with one; the story tells both', async () => {
    const raise = (who: 'C1' | 'V1' | 'C1s', number: string) =>
      world.as(who, `POST /orders/${ids[number]}/issues`, { kind: 'address', reason: 'No street.' })
    const raised = await raise('C1', 'wrong')
    expect(raised.status).toBe(201)
    expect((await raise('C1', 'wrong')).body.code).toBe('already_exists')
    expect((await raise('C1', 'gone late')).status).toBe(409)
    expect((await raise('V1', 'wrong')).status).toBe(403)
    expect((await raise('C1s', 'late b')).status).toBe(404)
    expect(await numbers('address')).toEqual(['wrong'])
    const how = encodeURIComponent('He called back.')
    expect((await world.as('C1', `POST /orders/issues/${raised.body.id}/resolve?how=${how}`)).status).toBe(200)
    expect(await numbers('address')).toEqual([])
    const { timeline } = (await world.as('C1', `GET /orders/${ids.wrong}`)).body
    expect(
      timeline.slice(0, 2).map((e: { kind: string; data: { reason: string } }) => [e.kind, e.data.reason]),
    ).toEqual([
      ['issue.resolved', 'He called back.'],
      ['issue.raised', 'No street.'],
    ])
  })

  it('S1.10 a client is refused to ask for the house’s holds and issues: to match is to read', async () => {
    expect((await world.as('P1', 'GET /orders')).status).toBe(200)
    for (const issue of ['held', 'rejected'])
      expect((await world.as('P1', `GET /orders?issue=${issue}`)).status).toBe(403)
  })
})
