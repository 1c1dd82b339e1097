import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { type Name, stores } from './cast.ts'
import { line, orderDraft } from './scene.ts'
import { upload } from './upload.ts'
import { useWorld } from './world.ts'

describe('files that leave', () => {
  const world = useWorld()

  it('149 151 what a shop or a file says is harmless in every CSV and PDF that leaves', async () => {
    const evil = ['=cmd()', '+1+1', '-1+1', '@SUM(1)', '\t=1', '＝1']
    const lines = evil.map((text) => line(text.trim().slice(0, 20), 1, 1_000_000))
    const hostile = {
      ...orderDraft('=EVIL', { lines, buyerName: '=HYPERLINK("x")' }),
      buyerNote: '\u202e<script>alert(1)</script>'.repeat(50),
      giftText: '@x',
    }
    const orderId = [
      ...(await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [hostile] }))).values(),
    ][0]!
    const supplier = (await world.as('A1', 'GET /suppliers')).body.items[0].id
    await world.as('A1', `POST /orders/${orderId}/assign`, { supplierId: supplier })
    const who: Name = (await world.as('S1', 'GET /queue')).body.items.length > 0 ? 'S1' : 'S2'
    const { body } = await upload(world, 'A1', 'orders', 'Order number,SKU,Quantity,Country\n=1+1,=cmd(),x,@evil\n', {
      name: '../../../=e\r\nX-Evil: 1.csv',
    })
    await world.as('A1', `POST /imports/${body.id}/check`)
    await world.drain()
    const files = [
      await world.as(who, 'GET /queue/export'),
      await world.as('A1', 'POST /orders/export', {}),
      await world.as('A1', `GET /imports/${body.id}/rejections.csv`),
    ]
    for (const file of files) {
      expect(file.status).toBe(200)
      expect(file.headers).not.toHaveProperty('x-evil')
      expect(file.text.split('\n').length).toBeGreaterThan(1)
      expect(file.text).not.toMatch(/(^|[,;"\n])[=+@\t＝][^"]/m)
    }
    const item = (await world.as(who, 'GET /queue')).body.items[0]
    expect((await world.as(who, `GET /queue/${item.id}/slip`)).status).toBe(200)
  })
})
