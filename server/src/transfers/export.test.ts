import { describe, expect, it } from 'vitest'
import { writeReads } from '#kernel/reads.ts'
import { memberOf, parties, warehouses } from '../testing/cast.ts'
import { useStock } from '../testing/stock-scene.ts'

describe('stock, transfers and statements as files', () => {
  const { world, product } = useStock()

  it('transfers as CSV: what the list shows by the same filter, each side its own, cells that a spreadsheet would run made text', async () => {
    await product('TEA', parties.P1.id)
    await product('RUM', parties.P2.id)
    const announce = async (who: 'P1' | 'P2', sku: string) =>
      (await world.as(who, 'POST /transfers', { warehouseId: warehouses.main, lines: [{ sku, quantity: 12 }] })).body
    const [mine, theirs] = [await announce('P1', 'TEA'), await announce('P2', 'RUM')]
    const gone = { carrier: '=HYPERLINK("x")', tracking: '+33 1 44', cartons: 3 }
    expect((await world.as('P1', `POST /transfers/${mine.id}/ship`, gone)).status).toBe(200)
    const lines = async (who: 'A1' | 'P1' | 'P2', query = '') => {
      const file = await world.as(who, `GET /transfers/export${query}`)
      expect([file.status, file.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
      return file.text.replace('\u{FEFF}', '').trim().split(/\r?\n/)
    }
    const all = await lines('A1')
    expect(all).toHaveLength(3)
    expect(all[0]).toBe(
      'Number,State,From,To,Created,Expected,Shipped,Delivered,Received,Carrier,Tracking,Cartons,Lines,Units declared,Units arrived,Units open',
    )
    const [row] = await lines('A1', `?state=shipped&portalUser=${memberOf('P1')}`).then((found) => found.slice(1))
    expect(row).toMatch(/^T-1001,Shipped,P1 · Client Petit,Main warehouse,\d{4}-\d\d-\d\d,,\d{4}-\d\d-\d\d,,,/)
    expect(row).toContain(`"'=HYPERLINK(""x"")",+33 1 44,3,1,12,0,12`)
    const [heading, own, ...more] = await lines('P1', '?language=fr')
    expect([heading!.split(';')[1], own!.split(';')[1], more]).toEqual(['État', 'Expédié', []])
    expect((await lines('P2')).join()).not.toContain('Petit')
    expect((await lines('P2', `?warehouseId=${warehouses.main}&number=${theirs.number}`))[1]).toContain('To ship')
    expect((await world.as('P1', `GET /transfers/export?portalUser=${memberOf('P2')}`)).status).toBe(403)
    for (const who of ['S1', 'C1'] as const)
      expect((await world.as(who, 'GET /transfers/export')).status, who).toBe(403)
  })

  it('each file that is taken along is an entry of the audit record, a client’s too', async () => {
    const exported = async () => {
      await writeReads(world.deps)
      const { items } = (await world.as('A1', 'GET /audit?reads=true')).body
      return (items as { action: string; actor: string }[]).map(({ action, actor }) => `${action} ${actor}`).sort()
    }
    const before = await exported()
    await world.as('A1', 'GET /transfers')
    await world.as('P1', 'GET /stock')
    expect(await exported()).toEqual(before)
    for (const who of ['A1', 'P1'] as const) {
      for (const call of ['/transfers/export', '/stock/export'])
        expect((await world.as(who, `GET ${call}`)).status).toBe(200)
      const whose = who === 'A1' ? `&clientId=${parties.P1.id}` : ''
      expect((await world.as(who, `GET /statements/export?month=2026-01${whose}`)).status).toBe(200)
    }
    const now = await exported()
    for (const one of ['transfers', 'stock', 'statement'])
      for (const who of ['A1', 'P1'])
        expect(now.filter((entry) => entry === `${one}.exported ${who}`).length).toBeGreaterThan(
          before.filter((entry) => entry === `${one}.exported ${who}`).length,
        )
  })
})
