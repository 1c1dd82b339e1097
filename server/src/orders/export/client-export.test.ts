import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { stores } from '../../testing/cast.ts'
import { line, orderDraft } from '../../testing/scene.ts'
import { useWorld } from '../../testing/world.ts'
import { addOrders } from '../index.ts'

describe('a client exports his orders', () => {
  const world = useWorld(async (w) => {
    const draft = (number: string) => ({
      ...orderDraft(number, { lines: [line('TEA', 1, 12_345_678)] }),
      tags: ['house word'],
    })
    const odd = draft('=1+1')
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [draft('mine'), odd] }))
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [draft('theirs')] }))
  })
  const records = (text: string) => parse(text, { columns: true, bom: true }) as Record<string, string>[]

  it('of his stores alone, with his columns, and no cell a spreadsheet would run', async () => {
    const file = await world.as('P1', 'POST /orders/export', {})
    expect(file.status).toBe(200)
    const rows = records(file.text)
    expect(rows.map((row) => row['Order Number']).sort()).toEqual(["'=1+1", 'mine'])
    const others = records((await world.as('P2', 'POST /orders/export', {})).text)
    expect(others.map((row) => row['Order Number'])).toEqual(['theirs'])
    const columns = Object.keys(rows[0]!)
    expect(columns).toContain('Order Total')
    for (const column of ['Tags', 'Product Tags', 'Carrier Cost', 'Shipped With']) expect(columns).not.toContain(column)
    expect(file.text).not.toContain('house word')
  })

  it('what is not his he can neither choose nor keep', async () => {
    const choices = await world.as('P1', 'GET /orders/export-presets')
    expect([choices.status, choices.body.presets]).toEqual([200, []])
    for (const key of ['tags', 'carrier_cost'])
      expect((await world.as('P1', 'POST /orders/export', { columns: [{ key }] })).status, key).toBe(400)
    const kept = await world.as('P1', 'PUT /orders/export-presets', { name: 'Mine', columns: [{ key: 'sku' }] })
    expect(kept.status).toBe(403)
  })
})
