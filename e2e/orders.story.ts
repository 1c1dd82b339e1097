import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { stores } from '../server/src/testing/cast.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('orders in the browser', () => {
  const story = useStory()

  it('S1.14 S1.17 customer service finds an order by name and sees no amount anywhere', async () => {
    await story.work('A1', (tx) =>
      addOrders(tx, {
        storeId: stores.a,
        orders: [orderDraft('10248'), orderDraft('10249', { buyerName: 'Toms Spezialitäten' })],
      }),
    )
    const administrator = await story.visitAs('A1')
    await administrator.goto('/orders')
    await administrator.getByText('10248').first().waitFor()
    expect(await administrator.getByText('€25.90').count()).toBeGreaterThan(0)

    const page = await story.visitAs('C1')
    await page.goto('/orders')
    await page.getByText('10248').first().waitFor()
    expect(await page.getByText('€').count()).toBe(0)
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents()).toEqual(['Orders'])
    await page.getByRole('searchbox').fill('spezial')
    await page.getByText('10248').first().waitFor({ state: 'detached' })
    await page.getByText('10249').first().waitFor()
    await expectAccessible(page, 'orders')
    await picture(page, 'orders-customer-service')
  })
})
