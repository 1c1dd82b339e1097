import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { type Name, parties, stores } from '../testing/cast.ts'
import { bringIn } from '../testing/people.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { useWorld, type World } from '../testing/world.ts'
import { assignLines } from './index.ts'

/** Full access to what one supplier has; of an order, S1 and S2 have a line each, and a third line is with nobody. */
describe('a person of the house who is confined to one supplier', () => {
  const order = { id: '', lines: [] as string[], s1: '', s2: '' }
  let cookie = ''
  const world = useWorld(async (w) => {
    const lines = [line('ONE', 2, 1), line('TWO', 3, 1), line('THREE', 1, 1)]
    const made = await w.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: [orderDraft('SPLIT', { lines })] }),
    )
    order.id = made.get('SPLIT')!
    const { rows } = await w.owner.query('select id from orders.lines where order_id = $1 order by position', [
      order.id,
    ])
    order.lines = rows.map(({ id }) => id)
    order.s1 = await give(w, parties.S1.id, order.lines[0]!)
    order.s2 = await give(w, parties.S2.id, order.lines[1]!)
    expect((await w.as('S2', `POST /queue/${order.s2}/accept`, {})).status).toBe(200)
    cookie = await confined(w)
  })
  const give = async (w: World, supplierId: string, orderLineId: string) => {
    const lines = [{ orderId: order.id, orderLineId }]
    return (await w.work('A1', (tx) => assignLines(tx, { lines, to: { supplierId } })))[0]!.fulfillmentOrderId
  }
  const confined = async (w: World) => {
    const cookie = await bringIn(w, { email: 'one@example.com', role: 'full-access' })
    await w.owner.query(
      `with m as (update access.members set all_suppliers = false where email = 'one@example.com' returning account_id, id)
       insert into access.member_suppliers select account_id, id, $1 from m`,
      [parties.S1.id],
    )
    return cookie
  }
  const ask = (call: string, body?: object, headers = {}) => world.as(null, call, body, { cookie, ...headers })

  it('34 reads the story of his supplier, and not a name of the others: not in story, history, issues or pickers', async () => {
    for (const who of ['S1', 'S2'] as Name[])
      expect((await world.as('A1', `GET /orders/${order.id}`)).text).toContain(parties[who as 'S1'].name)
    const whole = (await world.as('A1', `GET /history?kind=order&id=${order.id}`)).body.items
    expect(whole.map(({ actor }: { actor: string }) => actor)).toContain('S2')
    const answers = [
      await ask(`GET /orders/${order.id}`),
      await ask(`GET /orders/${order.id}/fulfillment-orders`),
      await ask(`GET /history?kind=order&id=${order.id}`),
      await ask('GET /suppliers'),
      await ask('GET /fulfillers'),
      await ask('GET /fulfillment-orders/assignees'),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(answer.text).not.toContain(parties.S2.name)
      expect(answer.text).not.toMatch(/"S2"/)
    }
    expect(answers[0]!.text).toContain(parties.S1.name)
    expect(answers[5]!.text).toContain('"S1p"')
    for (const kind of ['fulfillment_order', 'supplier'] as const) {
      const [own, other] = kind === 'supplier' ? [parties.S1.id, parties.S2.id] : [order.s1, order.s2]
      expect((await ask(`GET /history?kind=${kind}&id=${own}`)).status).toBe(200)
      expect((await ask(`GET /history?kind=${kind}&id=${other}`)).status).toBe(404)
    }
  })

  it('S3.26 gives nobody what another supplier has, and cancels nothing that another works on', async () => {
    const parts = (await ask(`GET /orders/${order.id}/fulfillment-orders`)).body
    expect(parts.unassigned.map(({ sku }: { sku: string }) => sku)).toEqual(['THREE'])
    const taken = await ask(`POST /orders/${order.id}/assign`, {
      supplierId: parties.S1.id,
      lines: [{ lineId: order.lines[1] }],
    })
    expect(taken.body.code).toBe('wrong_state')
    expect((await ask(`POST /orders/${order.id}/assign`, { supplierId: parties.S1.id })).status).toBe(200)
    const { version } = (await ask(`GET /orders/${order.id}`)).body
    const edited = await ask(`PATCH /orders/${order.id}`, { service: 'Express' }, { 'if-match': `"${version}"` })
    expect(edited.status).toBe(200)
    expect((await world.as('S2', `GET /queue/${order.s2}`)).body).toMatchObject({ service: 'Express' })
    expect((await ask(`POST /orders/${order.id}/cancel`, { reason: 'twice' })).status).toBe(200)
    const { rows } = await world.owner.query(
      'select sku, cancelled_quantity as cancelled from orders.lines where order_id = $1 order by position',
      [order.id],
    )
    expect(rows).toEqual([
      { sku: 'ONE', cancelled: 2 },
      { sku: 'TWO', cancelled: 0 },
      { sku: 'THREE', cancelled: 1 },
    ])
  })

  it('18 who has some clients or stores finds these clients alone, whoever asks the database', async () => {
    const clients = (who: Name) =>
      world.work(who, (tx) => tx.rows(sql<{ name: string }>`select name from access.parties where kind = 'client'`))
    const names = [parties.P1.name, parties.P2.name]
    expect((await clients('F1')).map(({ name }) => name).sort()).toEqual(names)
    expect((await clients('Ka')).map(({ name }) => name)).toEqual([parties.P1.name])
  })
})
