import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { readSnapshot } from '#kernel/db/transaction.ts'
import { hashToken } from '#kernel/tokens.ts'
import { cookieName, stores, tokenOf } from '../../testing/cast.ts'
import { line, orderDraft } from '../../testing/scene.ts'
import { useWorld } from '../../testing/world.ts'
import { lineTotal, minorDigits } from '../amounts.ts'
import { addOrders, OrdersFile } from '../index.ts'

describe('an export', () => {
  const world = useWorld(async (w) => {
    await add(w, ['1', '2', '3'])
  })
  const add = (w: typeof world, numbers: string[]) =>
    w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: numbers.map((number) => orderDraft(number)) }))

  /** Begins an export as A1 below the routes: its headings are there, the snapshot is taken. */
  async function begin() {
    const file = new OrdersFile({ columns: [{ key: 'order_number' }] })
    const credential = { tokenHash: hashToken(tokenOf('A1')), purpose: 'web' as const }
    const pieces = readSnapshot(world.deps.pools.staff, credential, 'orders:export', (tx) => file.pieces(tx))
    return { file, pieces, head: (await pieces.next()).value as Buffer }
  }

  it('F82 is one snapshot while rows change, and its manifest is that of the file', async () => {
    const { file, pieces, head } = await begin()
    await add(world, ['later'])
    await world.owner.query("update orders.orders set number = 'changed' where number = '2'")
    const parts = [head]
    for await (const piece of pieces) parts.push(piece)
    const whole = Buffer.concat(parts)
    expect(whole.toString().trim().split('\n').sort()).toEqual(['1', '2', '3', 'Order Number'])
    expect(file.manifest()).toEqual({
      lines: 3,
      bytes: whole.length,
      sha256: createHash('sha256').update(whole).digest('hex'),
    })
  })

  it('F82 leaves its manifest in the audit and behind the file', async () => {
    const { rawPayload, trailers } = await world.app.inject({
      method: 'POST',
      url: '/api/v1/orders/export',
      headers: { cookie: `${cookieName}=${tokenOf('A1')}` },
      payload: {},
    })
    const hash = createHash('sha256').update(rawPayload)
    const lines = parse(rawPayload, { columns: true, bom: true }).length
    const { rows } = await world.owner.query(
      "select action, subject_id, changes from access.audit a join access.audit_values v on v.audit_id = a.id where subject_kind = 'export' order by id desc limit 2",
    )
    const [finished, begun] = rows
    expect([begun.action, finished.action, finished.subject_id]).toEqual([
      'orders.exported',
      'orders.export_finished',
      begun.subject_id,
    ])
    expect(finished.changes).toEqual({ lines, bytes: rawPayload.length, sha256: hash.copy().digest('hex') })
    expect(trailers).toMatchObject({
      'crossdock-lines': String(lines),
      'repr-digest': `sha-256=:${hash.digest('base64')}:`,
    })
  })

  it('219 is one at a time in an account, and in no way in that of another', async () => {
    const { pieces } = await begin()
    const recorded = async () =>
      (await world.owner.query("select count(*) from access.audit where action = 'orders.exported'")).rows[0].count
    const before = await recorded()
    for (let i = 0; i < 3; i++) {
      const refused = await world.as('F1', 'POST /orders/export', {})
      expect(refused.status).toBe(429)
      expect(refused.body.detail).toContain('Another export')
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    }
    expect(await recorded()).toBe(before)
    expect((await world.as('A2', 'POST /orders/export', {})).status).toBe(200)
    await pieces.return(undefined) // he goes away in the middle
    expect((await world.as('F1', 'POST /orders/export', {})).status).toBe(200)
  })

  it('computes a line as the page does: exactly, rounded once, half to even, in the currency’s own digits', async () => {
    const priced = ['EUR', 'JPY', 'KWD'].flatMap((currency) =>
      [
        { ...line('X', 3, 333_333), discountRate: '0.15' },
        { ...line('X', 1, 125_000) },
        { ...line('X', 1, 135_000) },
        { ...line('X', 1, 2_500_000) },
        { ...line('X', 7, 1_234_567), discountRate: '0.33333333' },
        { ...line('X', 5, 990_000), discountMicros: 1_005_000 },
        { ...line('X', 999_999, 999_999_999) },
        { ...line('X', 2, 10_000) },
        { ...line('X', 1, 500), discountMicros: 500 },
      ].map((one) => ({ currency, ...one })),
    )
    const orders = priced.map(({ currency, ...one }, index) => ({
      ...orderDraft(`priced-${index}`, { lines: [one] }),
      currency,
    }))
    await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
    const columns = ['order_number', 'line_total'].map((key) => ({ key }))
    const { text } = await world.as('A1', 'POST /orders/export', { columns, filter: { q: 'priced' } })
    const totals = new Map(
      (parse(text, { bom: true }) as string[][]).slice(1).map(([number, total]) => [number, total]),
    )
    priced.forEach((one, index) => {
      const digits = minorDigits(one.currency)
      const minor = String(lineTotal(one, one.currency)).padStart(digits + 1, '0')
      const shown = digits === 0 ? minor : `${minor.slice(0, -digits)}.${minor.slice(-digits)}`
      expect([index, totals.get(`priced-${index}`)]).toEqual([index, shown])
    })
  })
})
