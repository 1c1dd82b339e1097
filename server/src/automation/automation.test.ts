import { describe, expect, it } from 'vitest'
import { sql, uuids } from '#kernel/db/sql.ts'
import { accounts, memberOf, parties, stores } from '../testing/cast.ts'
import {
  addRule,
  arrive,
  assign,
  exotic,
  given,
  layOut,
  order,
  pavlova,
  runNow,
  tagged,
} from '../testing/rules-scene.ts'
import { at, useWorld } from '../testing/world.ts'

describe('rules on arrival', () => {
  const world = useWorld(async (w) => {
    await layOut(w)
    await addRule(w, { name: 'Exotic', condition: tagged(exotic), actions: [assign('S1')] })
    await addRule(w, { name: 'Pavlova', condition: tagged(pavlova), actions: [assign('S2')] })
  })

  it('S3.28 S3.29 S3.30 a product tag is carried to the order and a rule assigns the line, of one line or of many', async () => {
    const ids = await arrive(world, [order('1', ['X-1']), order('2', ['X-1', 'X-2'])])
    expect(await given(world, ids.get('1')!)).toEqual([['Exotic Liquids', 'X-1']])
    expect(await given(world, ids.get('2')!)).toEqual([['Exotic Liquids', 'X-1', 'X-2']])
  })

  it('S3.5 a mixed order is split by line by two rules, and what nobody is tagged for stays', async () => {
    const ids = await arrive(world, [order('3', ['P-1', 'N-1', 'X-2'])])
    const id = ids.get('3')!
    expect(await given(world, id)).toEqual([
      ['Exotic Liquids', 'X-2'],
      ['Pavlova, Ltd.', 'P-1'],
    ])
    const traces = (await world.as('V1', `GET /orders/${id}/rules`)).body.items
    expect(traces.map(({ ruleName, run, did }: never) => [ruleName, run, did])).toEqual([
      [
        'Exotic',
        'arrival',
        [expect.objectContaining({ supplier: 'Exotic Liquids', lines: [{ sku: 'X-2', quantity: 2 }] })],
      ],
      ['Pavlova', 'arrival', [expect.objectContaining({ supplier: 'Pavlova, Ltd.', fulfillmentOrder: '3' })]],
    ])
    expect(traces[1].condition).toEqual(tagged(pavlova))
    const story = (await world.as('A1', `GET /orders/${id}`)).body.timeline
    expect(story.filter(({ via }: { via: string }) => via === 'rule')).toHaveLength(2)
  })

  it('an order that is not paid yet waits, and one that is held is prepared but stays held', async () => {
    const unpaid = { payment: 'unpaid' } as const
    const ids = await arrive(world, [order('4', ['X-1'], unpaid), order('5', ['X-1'], unpaid)])
    const [paid, held] = [ids.get('4')!, ids.get('5')!]
    expect(await given(world, paid)).toEqual([])
    expect((await world.as('A1', `POST /orders/${held}/hold`, { reason: 'Ask the buyer' })).status).toBe(200)
    await world.owner.query("update orders.orders set payment = 'payable' where payment = 'unpaid'")
    await world.work('A1', (tx) => tx.rows(sql`select orders.recompute(${uuids([paid, held])})`))
    expect((await runNow(world)).state).toBe('done')
    expect(await given(world, paid)).toEqual([['Exotic Liquids', 'X-1']])
    expect(await given(world, held)).toEqual([['Exotic Liquids', 'X-1']])
    const offered = await world.owner.query('select on_hold from fulfillment.fulfillment_orders where order_id = $1', [
      held,
    ])
    expect(offered.rows).toEqual([{ on_hold: true }])
    expect((await world.as('A1', `GET /orders/${held}`)).body.status).toBe('on_hold')
  })

  it('the same run twice does nothing the second time, and leaves what a person decided', async () => {
    const count = async () => (await world.owner.query('select count(*) from automation.traces')).rows[0].count
    const before = await count()
    await world.owner.query('update fulfillment.lines set rejected = quantity, accepted = 0')
    const job = await runNow(world)
    expect([job.state, job.done, job.total]).toEqual(['done', 5, 5])
    expect(await count()).toBe(before)
  })

  it('only an order one sees tells what rules did, and only to who may read rules', async () => {
    const { body } = await world.as('A1', 'GET /orders')
    const path = `GET /orders/${body.items[0].id}/rules`
    expect((await world.as('A1', path)).status).toBe(200)
    expect((await world.as('C1', path)).status).toBe(403)
    expect((await world.as('A2', path)).status).toBe(404)
  })
})

describe('run now', () => {
  const world = useWorld(layOut)

  it('previews and runs rules that were made after the orders came; another account is untouched', async () => {
    const ids = await arrive(world, [order('1', ['X-1', 'P-1']), order('2', ['N-1'])])
    expect(await given(world, ids.get('1')!)).toEqual([])
    const id = await addRule(world, { condition: tagged(exotic), actions: [assign('S1')] })
    const preview = (await world.as('A1', 'POST /rules/preview')).body
    expect(preview).toEqual({ of: 2, capped: false, rules: [{ id, name: 'A rule', orders: 1, lines: 1 }] })
    expect(await given(world, ids.get('1')!)).toEqual([])
    expect((await runNow(world)).state).toBe('done')
    expect(await given(world, ids.get('1')!)).toEqual([['Exotic Liquids', 'X-1']])
    expect((await world.as('A1', 'POST /rules/preview')).body.rules[0]).toMatchObject({ orders: 0, lines: 0 })
    expect((await world.as('A2', 'GET /rules')).body.items).toEqual([])
    const listed = (await world.as('A1', 'GET /rules')).body.items[0]
    expect(listed).toMatchObject({ hits: 1, version: 1, enabled: true })
  })

  it('a person of one store runs the rules on that store alone; a key runs none', async () => {
    const inA = await arrive(world, [order('5', ['P-1'])])
    const inB = await arrive(world, [order('5', ['P-1'])], stores.b)
    await addRule(world, { condition: tagged(pavlova), actions: [assign('S2')] })
    expect((await world.as('Ka', 'POST /rules/run')).status).toBe(403)
    await world.owner.query('update access.members set all_stores = false where id = $1', [memberOf('F1')])
    await world.owner.query('insert into access.member_stores values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('F1'),
      stores.a,
    ])
    expect((await world.as('F1', 'POST /rules/run')).status).toBe(202)
    await world.drain()
    expect(await given(world, inA.get('5')!)).toEqual([['Pavlova, Ltd.', 'P-1']])
    expect(await given(world, inB.get('5')!)).toEqual([])
  })
})

describe('the order of rules', () => {
  const world = useWorld(layOut)

  it('the first that matches takes the line; moved up, the other does', async () => {
    await addRule(world, { name: 'all to S1', condition: tagged(pavlova), actions: [assign('S1', 'all')] })
    const second = await addRule(world, { name: 'to S2', condition: tagged(pavlova), actions: [assign('S2')] })
    const first = await arrive(world, [order('1', ['P-1', 'N-1'])])
    expect(await given(world, first.get('1')!)).toEqual([['Exotic Liquids', 'N-1', 'P-1']])
    expect((await world.as('F1', `POST /rules/${second}/move`, { position: 1 })).status).toBe(200)
    const next = await arrive(world, [order('2', ['P-1', 'N-1'])])
    expect(await given(world, next.get('2')!)).toEqual([
      ['Exotic Liquids', 'N-1'],
      ['Pavlova, Ltd.', 'P-1'],
    ])
  })

  it('stops after a rule that says so, and passes over one that is switched off', async () => {
    const [top] = (await world.as('A1', 'GET /rules')).body.items
    expect(top.name).toBe('to S2')
    const changed = await world.as('A1', `PATCH /rules/${top.id}`, { stopAfter: true }, at(top.version))
    expect(changed.body).toEqual({ version: 2 })
    const late = await world.as('F1', `PATCH /rules/${top.id}`, { name: 'late', stopAfter: true }, at(1))
    expect([late.status, late.body.fields]).toEqual([412, { name: { yours: 'late', theirs: 'to S2' } }])
    const stopped = await arrive(world, [order('3', ['P-1', 'N-1'])])
    expect(await given(world, stopped.get('3')!)).toEqual([['Pavlova, Ltd.', 'P-1']])
    await world.as('A1', `PATCH /rules/${top.id}`, { enabled: false }, at(2))
    const passed = await arrive(world, [order('4', ['P-1', 'N-1'])])
    expect(await given(world, passed.get('4')!)).toEqual([['Exotic Liquids', 'N-1', 'P-1']])
  })

  it('tags and holds an order once: what a person takes off stays off', async () => {
    for (const { id } of (await world.as('A1', 'GET /rules')).body.items) await world.as('A1', `DELETE /rules/${id}`)
    const actions = [
      { do: 'tag', tag: 'abroad' },
      { do: 'hold', reason: 'Check the customs form' },
    ]
    const condition = { match: 'all', of: [{ about: 'country', is: 'not_in', values: ['FR'] }] }
    await addRule(world, { condition, actions })
    const ids = await arrive(world, [order('6', ['N-1'], { country: 'CH' }), order('7', ['N-1'])])
    const abroad = (await world.as('A1', `GET /orders/${ids.get('6')}`)).body
    expect([abroad.status, abroad.tags]).toEqual(['on_hold', ['abroad']])
    expect((await world.as('A1', `GET /orders/${ids.get('7')}`)).body.tags).toEqual([])
    await world.owner.query('update orders.holds set released_at = now()')
    await world.owner.query('delete from orders.order_tags')
    await runNow(world)
    expect((await world.as('A1', `GET /orders/${ids.get('6')}`)).body.tags).toEqual([])
    expect((await world.owner.query('select 1 from orders.holds')).rowCount).toBe(1)
  })

  it('passes over a rule whose supplier was archived', async () => {
    await addRule(world, { condition: tagged(exotic), actions: [assign('S1')] })
    await world.as('A1', `PATCH /suppliers/${parties.S1.id}`, { archived: true }, at(1))
    const ids = await arrive(world, [order('8', ['X-1'])])
    expect(await given(world, ids.get('8')!)).toEqual([])
    const refused = await world.as('A1', 'POST /rules', { name: 'n', condition: tagged('x'), actions: [assign('S1')] })
    expect(refused.body.errors[0].field).toBe('actions.0.supplierId')
  })
})
