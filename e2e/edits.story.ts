import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { stores } from '../server/src/testing/cast.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { at } from '../server/src/testing/world.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('edits and retries in the browser', () => {
  const story = useStory()

  it('F45 a product that somebody changed meanwhile: both values, one choice each, nothing overwritten', async () => {
    const tea = { sku: 'TEA-01', name: 'Tea', tags: ['hot'], price: { micros: 3_000_000, currency: 'EUR' } }
    const { body: made } = await story.as('A1', 'POST /products', tea)
    const page = await story.visitAs('F1', { viewport: { width: 390, height: 800 }, colorScheme: 'dark' })
    await page.goto('/products')
    await page.getByText('TEA-01').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Green tea')
    await dialog.getByLabel('Price (EUR)').fill('4.5')
    const theirs = { price: { micros: 5_000_000, currency: 'EUR' }, barcodes: [{ code: '4006381333931', quantity: 1 }] }
    await story.as('A1', `PATCH /products/${made.id}`, theirs, at(1))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Saved by now: 5').waitFor()
    expect(await dialog.getByText('Yours: Green tea').count()).toBe(0)
    await picture(page, 'product-conflict-dark-phone')
    await expectAccessible(page, 'product conflict')
    await dialog.getByText('Saved by now: 5').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { body: now } = await story.as('A1', `GET /products/${made.id}`)
    expect(now).toMatchObject({
      name: 'Green tea',
      barcodes: [{ code: '4006381333931' }],
      price: { micros: 5_000_000 },
      version: 3,
    })
  })

  it('F45 a rule that somebody changed meanwhile reads as two sentences', async () => {
    const rule = {
      name: 'Hot',
      condition: { match: 'all', of: [{ about: 'line_tag', lines: 'any', tag: 'hot' }] },
      actions: [{ do: 'tag', tag: 'warm' }],
    }
    const { body: made } = await story.as('A1', 'POST /rules', rule)
    const page = await story.visitAs('F1')
    await page.goto('/rules')
    await page.getByRole('button', { name: 'Edit Hot' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Hot drinks')
    await story.as('A1', `PATCH /rules/${made.id}`, { name: 'Warm things' }, at(1))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Saved by now: Warm things').waitFor()
    await picture(page, 'rule-conflict')
    await expectAccessible(page, 'rule conflict')
    await dialog.getByText('Yours: Hot drinks').click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await story.as('A1', 'GET /rules')).body.items[0]).toMatchObject({ name: 'Hot drinks', version: 3 })
  })

  it('F38 an answer that is lost on the way: the page asks again under the same key, and it happens once', async () => {
    const ids = await story.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('1')] }))
    const id = [...ids.values()][0]!
    const page = await story.visitAs('A1')
    await page.goto(`/orders/${id}`)
    const keys: (string | undefined)[] = []
    await page.route('**/comments', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length === 1) {
        await route.fetch() // the server does it; the answer never arrives
        await route.abort('connectionreset')
      } else await route.continue()
    })
    await page.getByLabel('Internal comment').fill('Said once')
    await page.getByRole('button', { name: 'Comment' }).click()
    await page.locator('li', { hasText: 'Said once' }).first().waitFor()
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), keys[0]])
    const { rows } = await story.owner.query("select 1 from orders.comments where text = 'Said once'")
    expect(rows).toHaveLength(1)
  })
})
