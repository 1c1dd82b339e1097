import { describe, expect, it } from 'vitest'
import { parties } from '../testing/cast.ts'
import { arrive, assign, exotic, given, layOut, order, pavlova, tagged } from '../testing/rules-scene.ts'
import { at, useWorld } from '../testing/world.ts'

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
        expect([who, call, (await world.as(who, call, sent, at(1))).status]).toEqual([who, call, 403])
      }
      const foreign = (await world.as('A2', call, sent, at(1))).status
      if (call.includes(id)) expect([call, foreign]).toEqual([call, 404])
      expect([call, (await world.as('F1', call, sent, at(1))).status < 300]).toEqual([call, true])
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
      { tag: exotic, name: 'Exotic Liquids', products: 4, supplierId: parties.S1.id, ruleExists: false },
      { tag: pavlova, name: 'Pavlova, Ltd.', products: 2, supplierId: parties.S2.id, ruleExists: false },
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
