import { describe, expect, it } from 'vitest'
import { upsertProducts } from '#catalog'
import { addOrders, type NewOrder } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { useWorld, type World } from '../testing/world.ts'

const tagged = (tag: string, lines: 'any' | 'all' | 'none' = 'any') => ({
  match: 'all',
  of: [{ about: 'line_tag', lines, tag }],
})
const assign = (party: 'S1' | 'S2', lines: 'matching' | 'all' = 'matching') => ({
  do: 'assign',
  supplierId: parties[party].id,
  lines,
})
const exotic = 'supplier:Exotic Liquids'
const pavlova = 'supplier:Pavlova, Ltd.'

/** Products X-1, X-2 (Exotic Liquids), P-1 (Pavlova, Ltd.) and N-1, which nobody is tagged for. */
const layOut = async (w: World) => {
  const product = (sku: string, tags: string[]) => ({
    sku,
    name: sku,
    description: null,
    barcode: null,
    discontinued: null,
    price: null,
    cost: null,
    tags,
  })
  const products = [product('X-1', [exotic]), product('X-2', [exotic]), product('P-1', [pavlova]), product('N-1', [])]
  await w.work('A1', (tx) => upsertProducts(tx, { products, mode: 'both' }))
}
const arrive = async (w: World, orders: NewOrder[], storeId: string = stores.a) => {
  const ids = await w.work('A1', (tx) => addOrders(tx, { storeId, orders }))
  await w.drain()
  return ids
}
const order = (number: string, skus: string[], change: Partial<NewOrder> = {}): NewOrder => ({
  ...orderDraft(number, { lines: skus.map((sku) => line(sku, 2, 1_000_000)) }),
  ...change,
})
/** Who was given which SKUs of an order. */
const given = async (w: World, orderId: string) => {
  const { rows } = await w.owner.query<{ fulfiller_name: string; skus: string[] }>(
    `select f.fulfiller_name, array_agg(l.sku order by l.sku) as skus from fulfillment.fulfillment_orders f
       join fulfillment.lines l on l.account_id = f.account_id and l.fulfillment_order_id = f.id
      where f.order_id = $1 group by f.id, f.fulfiller_name order by f.fulfiller_name`,
    [orderId],
  )
  return rows.map(({ fulfiller_name, skus }) => [fulfiller_name, ...skus])
}
const addRule = async (w: World, rule: object) => {
  const made = await w.as('A1', 'POST /rules', { name: 'A rule', ...rule })
  expect([made.status, made.body]).toEqual([201, { id: expect.any(String) }])
  return made.body.id as string
}
const runNow = async (w: World) => {
  const started = await w.as('A1', 'POST /rules/run')
  expect(started.status).toBe(202)
  await w.drain()
  return (await w.as('A1', `GET /jobs/${started.body.jobId}`)).body
}

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
      ['Pavlova', 'arrival', [expect.objectContaining({ supplier: 'Pavlova, Ltd.', fulfillmentOrder: '3-2' })]],
    ])
    expect(traces[1].condition).toEqual(tagged(pavlova))
    const story = (await world.as('A1', `GET /orders/${id}`)).body.timeline
    expect(story.filter(({ via }: { via: string }) => via === 'rule')).toHaveLength(2)
  })

  it('an order that is not paid yet waits, and one that is held is prepared but stays held', async () => {
    const ids = await arrive(world, [order('4', ['X-1'], { payment: 'unpaid' })])
    expect(await given(world, ids.get('4')!)).toEqual([])
    await world.owner.query(
      "update orders.orders set payment = 'payable', status = 'awaiting_shipment' where number = '4'",
    )
    expect((await runNow(world)).state).toBe('done')
    expect(await given(world, ids.get('4')!)).toEqual([['Exotic Liquids', 'X-1']])
  })

  it('the same run twice does nothing the second time, and leaves what a person decided', async () => {
    const count = async () => (await world.owner.query('select count(*) from automation.traces')).rows[0].count
    const before = await count()
    await world.owner.query('update fulfillment.lines set rejected = quantity, accepted = 0')
    const job = await runNow(world)
    expect([job.state, job.done, job.total]).toEqual(['done', 4, 4])
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

  it('a key of one store runs the rules on that store alone', async () => {
    const inA = await arrive(world, [order('5', ['P-1'])])
    const inB = await arrive(world, [order('5', ['P-1'])], stores.b)
    await addRule(world, { condition: tagged(pavlova), actions: [assign('S2')] })
    expect((await world.as('Ka', 'POST /rules/run')).status).toBe(202)
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
    const changed = await world.as('A1', `PATCH /rules/${top.id}`, { stopAfter: true, version: top.version })
    expect(changed.body).toEqual({ version: 2 })
    expect((await world.as('F1', `PATCH /rules/${top.id}`, { name: 'late', version: 1 })).status).toBe(412)
    const stopped = await arrive(world, [order('3', ['P-1', 'N-1'])])
    expect(await given(world, stopped.get('3')!)).toEqual([['Pavlova, Ltd.', 'P-1']])
    await world.as('A1', `PATCH /rules/${top.id}`, { enabled: false })
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
    await world.as('A1', `PATCH /suppliers/${parties.S1.id}`, { archived: true })
    const ids = await arrive(world, [order('8', ['X-1'])])
    expect(await given(world, ids.get('8')!)).toEqual([])
    const refused = await world.as('A1', 'POST /rules', { name: 'n', condition: tagged('x'), actions: [assign('S1')] })
    expect(refused.body.errors[0].field).toBe('actions.0.supplierId')
  })
})

describe('who may do what with rules', () => {
  const world = useWorld(async (w) => {
    await layOut(w)
    await arrive(w, [order('1', ['X-1'])])
  })

  it('F1 edits, V1 reads with the names of suppliers, C1 and S1 are refused', async () => {
    const body = { name: 'Exotic', condition: tagged(exotic), actions: [assign('S1')] }
    const { id } = (await world.as('F1', 'POST /rules', body)).body
    const seen = (await world.as('V1', 'GET /rules')).body
    expect(seen.items.map(({ name }: { name: string }) => name)).toEqual(['Exotic'])
    expect(seen.suppliers).toContainEqual({ id: parties.S1.id, name: 'Exotic Liquids', archived: false })
    for (const [call, sent] of [
      ['POST /rules', body],
      [`PATCH /rules/${id}`, { enabled: true }],
      [`POST /rules/${id}/move`, { position: 1 }],
      ['POST /rules/test', { condition: tagged(exotic) }],
      ['POST /rules/preview', undefined],
      ['POST /rules/run', undefined],
      ['GET /suppliers/proposal', undefined],
      ['POST /suppliers/proposal', { chosen: [{ tag: exotic, name: 'Exotic Liquids' }] }],
      [`DELETE /rules/${id}`, undefined],
    ] as const) {
      for (const who of ['V1', 'C1', 'S1', 'P1'] as const) {
        expect([who, call, (await world.as(who, call, sent)).status]).toEqual([who, call, 403])
      }
      const foreign = (await world.as('A2', call, sent)).status
      if (call.includes(id)) expect([call, foreign]).toEqual([call, 404])
      expect([call, (await world.as('F1', call, sent)).status < 300]).toEqual([call, true])
    }
    expect((await world.as('C1', 'GET /rules')).status).toBe(403)
  })

  it('refuses a rule that names what is not of this account, and unknown parts by name', async () => {
    const stranger = { match: 'all', of: [{ about: 'store', is: 'in', values: [parties.S1.id] }] }
    const refused = await world.as('A1', 'POST /rules', { name: 'n', condition: stranger, actions: [assign('S1')] })
    expect(refused.body.errors[0].field).toBe('condition')
    const theirs = await world.as('A2', 'POST /rules', { name: 'n', condition: tagged('x'), actions: [assign('S1')] })
    expect(theirs.status).toBe(400)
    const odd = { match: 'all', of: [{ about: 'moon', phase: 'full' }] }
    expect((await world.as('A1', 'POST /rules', { name: 'n', condition: odd, actions: [assign('S1')] })).status).toBe(
      400,
    )
  })

  it('tests a condition on the last orders and explains it on one', async () => {
    const tested = (await world.as('A1', 'POST /rules/test', { condition: tagged(exotic) })).body
    expect(tested).toMatchObject({ of: 1, orders: 1, lines: 1, sample: [{ number: '1' }] })
    const condition = { match: 'any', of: [{ about: 'country', is: 'in', values: ['DE'] }, tagged(exotic)] }
    const told = await world.as('A1', 'POST /rules/explain', { condition, orderId: tested.sample[0].id })
    expect(told.body).toMatchObject({
      met: true,
      of: [
        { met: false, seen: ['FR'] },
        { met: true, of: [{ met: true, seen: [exotic] }] },
      ],
    })
  })
})

describe('the proposal', () => {
  const world = useWorld(layOut)

  it('proposes a supplier and a rule for each supplier: tag, commas and all, and adds nothing the second time', async () => {
    const proposed = (await world.as('A1', 'GET /suppliers/proposal')).body.items
    expect(proposed).toEqual([
      { tag: exotic, name: 'Exotic Liquids', products: 2, supplierId: parties.S1.id, ruleExists: false },
      { tag: pavlova, name: 'Pavlova, Ltd.', products: 1, supplierId: parties.S2.id, ruleExists: false },
    ])
    const product = (await world.as('A1', 'GET /products?q=N-1')).body.items[0]
    await world.as('A1', 'POST /products/tags', { productIds: [product.id], add: ['supplier:Nord-Ost-Fisch'] })
    const chosen = [
      { tag: pavlova, name: 'Pavlova, Ltd.' },
      { tag: 'supplier:Nord-Ost-Fisch', name: 'Nord-Ost-Fisch Handelsgesellschaft mbH' },
    ]
    expect((await world.as('F1', 'POST /suppliers/proposal', { chosen })).body).toEqual({ suppliers: 1, rules: 2 })
    expect((await world.as('F1', 'POST /suppliers/proposal', { chosen })).body).toEqual({ suppliers: 0, rules: 0 })
    const ids = await arrive(world, [order('1', ['P-1', 'N-1', 'X-1'])])
    expect(await given(world, ids.get('1')!)).toEqual([
      ['Nord-Ost-Fisch Handelsgesellschaft mbH', 'N-1'],
      ['Pavlova, Ltd.', 'P-1'],
    ])
    const again = (await world.as('A1', 'GET /suppliers/proposal')).body.items
    expect(again.map(({ ruleExists }: { ruleExists: boolean }) => ruleExists)).toEqual([false, true, true])
    expect((await world.as('A2', 'GET /suppliers')).body.items).toEqual([])
  })

  it('refuses a tag that no product carries', async () => {
    const refused = await world.as('A1', 'POST /suppliers/proposal', { chosen: [{ tag: 'supplier:X', name: 'X' }] })
    expect(refused.body.errors[0].field).toBe('chosen.0.tag')
  })
})
