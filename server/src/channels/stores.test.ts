import { describe, expect, it } from 'vitest'
import { stores } from '../testing/cast.ts'
import { at, useWorld } from '../testing/world.ts'

describe('stores of the account', () => {
  const world = useWorld()

  it('are listed with their client, made, renamed and given a currency by who may edit stores', async () => {
    const made = await world.as('A1', 'POST /stores', { name: ' Corner shop ', currency: 'CHF' })
    expect([made.status, made.body]).toMatchObject([201, { name: 'Corner shop', currency: 'CHF', client: null }])
    const changed = await world.as('A1', `PATCH /stores/${made.body.id}`, { name: 'Corner', currency: 'EUR' }, at(1))
    expect(changed.body).toMatchObject({ name: 'Corner', currency: 'EUR', version: 2 })
    const { items } = (await world.as('A1', 'GET /stores')).body
    expect(items.find(({ id }: { id: string }) => id === stores.a).client.name).toBe('Client Petit')
    const stale = await world.as('A1', `PATCH /stores/${made.body.id}`, { name: 'Other' }, at(1))
    expect(stale.status).toBe(412)
  })

  it('have one name each and a currency there is; who may not edit them, or is kept to some, makes none', async () => {
    await world.as('A1', 'POST /stores', { name: 'Twice', currency: 'EUR' })
    expect((await world.as('A1', 'POST /stores', { name: 'twice', currency: 'EUR' })).status).toBe(409)
    expect((await world.as('A1', 'POST /stores', { name: 'Odd', currency: 'QQQ' })).status).toBe(400)
    for (const who of ['C1', 'W1', 'P1', 'S1'] as const)
      expect((await world.as(who, 'POST /stores', { name: 'Mine', currency: 'EUR' })).status, who).toBe(403)
    expect((await world.as('Ka', 'POST /stores', { name: 'Mine', currency: 'EUR' })).status).toBe(404)
    expect((await world.as('A2', `PATCH /stores/${stores.a}`, { name: 'Mine' }, at(1))).status).toBe(404)
  })
})
