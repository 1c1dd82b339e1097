import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { memberOf, parties, stores } from '../testing/cast.ts'
import { orderDraft } from '../testing/scene.ts'
import { at, useWorld } from '../testing/world.ts'
import { assignLines } from './index.ts'

describe('a fulfillment order and its person', () => {
  const ids: Record<string, string> = {}
  const parts: Record<string, string> = {}
  const world = useWorld(async (w) => {
    const numbers = ['s1a', 's1b', 's2', 'w1', 'w2']
    const made = await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: numbers.map((number) => orderDraft(number)) }),
    )
    for (const [number, id] of made) ids[number] = id
    for (const number of numbers) {
      parts[number] = await w.work('A1', async (tx) => {
        const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
          select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${ids[number]!}`)
        const { id } = (await tx.first(sql<{ id: string }>`select id from stock.warehouses limit 1`))!
        const to = number.startsWith('w')
          ? { warehouseId: id }
          : { supplierId: number === 's2' ? parties.S2.id : parties.S1.id }
        return (await assignLines(tx, { lines, to }))[0]!.fulfillmentOrderId
      })
    }
  })
  const queue = async (who: 'S1' | 'S1p', query = '') =>
    (await world.as(who, `GET /queue${query}`)).body.items.map(({ number }: { number: string }) => number).sort()
  const confine = async (who: 'S1p' | 'C1', role: string) => {
    const { version } = (await world.as('A1', 'GET /members')).body.items.find(
      ({ id }: { id: string }) => id === memberOf(who),
    )
    const body = { role, scope: { ownOnly: true } }
    expect((await world.as('A1', `PATCH /members/${memberOf(who)}`, body, at(version))).status).toBe(200)
  }

  it('S3.26 the supplier manager gives parts of his queue to a colleague, who then sees those alone', async () => {
    await confine('S1p', 'supplier-packer')
    expect(await queue('S1p')).toEqual([])
    expect((await world.as('S1p', 'GET /queue?q=s1a')).body.items).toEqual([])
    const people = (await world.as('S1', 'GET /queue/assignees')).body.items
    expect(people.map(({ name }: { name: string }) => name)).toEqual(['S1', 'S1p'])
    const hand = (who: 'S1' | 'S1p' | 'S2', numbers: string[], memberId: string | null) =>
      world.as(who, 'POST /queue/hand', { ids: numbers.map((number) => parts[number]), memberId })
    expect((await hand('S1', ['s1a'], memberOf('S1p'))).body).toMatchObject({ changed: 1 })
    expect(await queue('S1p')).toEqual(['s1a'])
    expect((await world.as('S1p', 'GET /queue?q=s1a')).body.items.length).toBe(1)
    expect((await world.as('S1p', 'GET /queue/counts')).body).toMatchObject({ to_answer: 1, all: 1 })
    expect((await world.as('S1p', `GET /queue/${parts.s1b}`)).bare).toBe(
      (await world.as('S1p', `GET /queue/${parts.s2}`)).bare,
    )
    expect((await world.as('S1p', `POST /queue/${parts.s1b}/ship`, { carrier: 'c' })).status).toBe(404)
    expect((await world.as('S1p', `GET /queue/slips?ids=${parts.s1b}`)).status).toBe(404)
    expect((await world.as('S1', `GET /queue/${parts.s1a}`)).body.assignee).toEqual({
      id: memberOf('S1p'),
      name: 'S1p',
    })
    expect(await queue('S1', '?mine=true')).toEqual([])
    expect((await hand('S1', ['s1b'], memberOf('S1'))).status).toBe(200)
    expect(await queue('S1', '?mine=true')).toEqual(['s1b'])
    // Nobody of another company, nothing of another's, and not without the right.
    expect((await hand('S1', ['s1a'], memberOf('S2'))).body.errors[0].field).toBe('memberId')
    expect((await hand('S1', ['s1a'], memberOf('W1'))).body.errors[0].field).toBe('memberId')
    expect((await hand('S1', ['s1a', 's2'], memberOf('S1'))).status).toBe(404)
    expect((await hand('S1p', ['s1a'], memberOf('S1p'))).status).toBe(403)
    // Taken back: out of sight with the next request, also of the shipment he made himself.
    expect((await hand('S1', ['s1a', 's1b'], null)).body).toMatchObject({ changed: 2 })
    expect(await queue('S1p')).toEqual([])
  })

  it('S3.26 the house gives what is in a warehouse to its people, and what a supplier has to his', async () => {
    await confine('C1', 'customer-service')
    const list = async (query = '') =>
      (await world.as('C1', `GET /orders${query}`)).body.items.map(({ number }: { number: string }) => number).sort()
    const hand = (numbers: string[], memberId: string | null) =>
      world.as('F1', 'POST /fulfillment-orders/hand', { ids: numbers.map((number) => parts[number]), memberId })
    expect(await list()).toEqual([])
    expect((await hand(['w1', 'w2'], memberOf('C1'))).status).toBe(200)
    expect(await list()).toEqual(['w1', 'w2'])
    expect((await world.as('C1', 'GET /orders/counts')).body.status.awaiting_shipment).toBe(2)
    expect((await world.as('C1', 'GET /orders?assignedToMe=true')).body.items.length).toBe(2)
    expect((await world.as('F1', 'GET /orders?assignedToMe=true')).body.items.length).toBe(0)
    const [part] = (await world.as('C1', `GET /orders/${ids.w1}/fulfillment-orders`)).body.items
    expect(part).toMatchObject({ assignee: { name: 'C1' } })
    expect((await world.as('C1', `POST /orders/${ids.w1}/hold`, { reason: 'r' })).status).toBe(200)
    expect((await world.as('C1', `POST /orders/${ids.s1a}/hold`, { reason: 'r' })).status).toBe(404)
    expect((await hand(['w2'], null)).status).toBe(200)
    expect(await list()).toEqual(['w1'])
    expect((await world.as('C1', `GET /orders/${ids.w2}`)).status).toBe(404)
    expect((await hand(['s1a'], memberOf('C1'))).body.errors[0].field).toBe('memberId')
    expect((await hand(['s1a'], memberOf('S1p'))).status).toBe(200)
    expect((await world.as('S1p', 'GET /queue')).body.items.length).toBe(1)
    expect((await world.as('V1', 'GET /fulfillment-orders/assignees')).status).toBe(403)
    const story = (await world.as('F1', `GET /orders/${ids.w1}`)).body.timeline
    expect(story.map(({ kind }: { kind: string }) => kind)).toContain('fulfillment.handed')
  })

  it('S3.26 gives many orders to a person at once: what his company has of them, saying what it passed over and who had it', async () => {
    const hand = (who: 'F1' | 'C1s' | 'A2', numbers: string[], memberId: string | null) =>
      world.as(who, 'POST /orders/hand', { orderIds: numbers.map((number) => ids[number]), memberId })
    const given = await hand('F1', ['w1', 'w2', 's1b', 's2'], memberOf('F1'))
    expect(given.body).toMatchObject({ changed: 2, passedOver: 2 })
    expect(new Map(given.body.before.map((one: { id: string; memberId: string }) => [one.id, one.memberId]))).toEqual(
      new Map([
        [parts.w1, memberOf('C1')],
        [parts.w2, null],
      ]),
    )
    expect((await hand('F1', ['s1b', 'w1'], memberOf('S1'))).body).toMatchObject({ changed: 1, passedOver: 1 })
    const back = await hand('F1', ['w1', 'w2', 's1b', 's2'], null)
    expect(back.body).toMatchObject({ changed: 3, passedOver: 1 })
    const undone = { ids: [parts.w1], memberId: memberOf('C1') }
    expect((await world.as('F1', 'POST /fulfillment-orders/hand', undone)).status).toBe(200)
    expect((await hand('F1', ['w1'], memberOf('P1'))).body.errors[0].field).toBe('memberId')
    expect((await hand('C1s', ['w1'], null)).status).toBe(403)
    expect((await hand('A2', ['w1'], null)).status).toBe(404)
  })

  it('a confined person finds only his warehouses and companies', async () => {
    const { version } = (await world.as('A1', 'GET /members')).body.items.find(
      ({ id }: { id: string }) => id === memberOf('F1'),
    )
    const body = { role: 'full-access', scope: { suppliers: [parties.S1.id] } }
    expect((await world.as('A1', `PATCH /members/${memberOf('F1')}`, body, at(version))).status).toBe(200)
    const names = (await world.as('F1', 'GET /suppliers')).body.items.map(({ name }: { name: string }) => name)
    expect(names).toEqual(['Exotic Liquids'])
    const fulfillers = (await world.as('F1', 'GET /fulfillers')).body.items
    expect(fulfillers.map(({ name }: { name: string }) => name)).not.toContain('Pavlova, Ltd.')
    expect((await world.as('F1', `GET /orders/${ids.s2}`)).status).toBe(404)
    expect((await world.as('F1', `GET /orders/${ids.s1a}`)).status).toBe(200)
    const run = await world.as('F1', 'POST /rules/run')
    const { rows } = await world.owner.query('select payload from jobs.jobs where id = $1', [run.body.jobId])
    expect(rows[0].payload.orderIds.sort()).toEqual([ids.s1a, ids.s1b, ids.w1, ids.w2].sort())
  })
})
