import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { assignLines } from '../server/src/fulfillment/index.ts'
import { addOrders } from '../server/src/orders/index.ts'
import { parties, stores } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe('the queue of a supplier in the browser', () => {
  const story = useStory()
  const orderIds: Record<string, string> = {}

  const layOut = async () => {
    const lines = [
      { ...line('NW-011', 3, 1_000_000), name: 'Queso Cabrales' },
      { ...line('NW-042', 10, 1_000_000), name: 'Singaporean Hokkien Fried Mee' },
      { ...line('NW-072', 5, 1_000_000), name: 'Mozzarella di Giovanni' },
    ]
    const orders = ['10248', '10249', '10250', '10251', '10252', '10253'].map((number, index) => ({
      ...orderDraft(number, { lines }),
      shipBy: [null, '2020-01-03', '2999-12-24', null, '2999-12-24', null][index]!,
      giftText: index === 1 ? 'Joyeux anniversaire, Žofie' : '',
    }))
    for (const [number, id] of await story.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders })))
      orderIds[number] = id
    for (const id of Object.values(orderIds)) {
      const { unassigned } = (await story.as('F1', `GET /orders/${id}/fulfillment-orders`)).body
      const mine = unassigned
        .slice(0, 2)
        .map((one: { orderLineId: string }) => ({ orderId: id, orderLineId: one.orderLineId }))
      await story.work('F1', (tx) => assignLines(tx, { lines: mine, to: { supplierId: parties.S1.id } }))
    }
  }
  const rowOf = (page: Page, number: string) => page.getByRole('listitem', { name: number, exact: true })

  it('S3.13 accepts, rejects with a reason, ships in a row, and finds it again, on the phone', async () => {
    await layOut()
    const page = await story.visitAs('S1', phone)
    await page.goto('/queue')
    await page.getByText('Late, ship by').waitFor()
    expect(
      await page
        .getByRole('listitem', { name: /^1025|^1024/ })
        .first()
        .getAttribute('aria-label'),
    ).toBe('10249')
    await expectAccessible(page, 'queue to answer, phone')
    await picture(page, 'queue-answer-390')

    await rowOf(page, '10249').getByRole('button', { name: 'Accept', exact: true }).click()
    await rowOf(page, '10249').waitFor({ state: 'detached' })
    await rowOf(page, '10248').getByRole('button', { name: 'Reject', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await page.getByText('Fill this in.').waitFor()
    await page.getByLabel('Reason').fill('Out of stock')
    await expectAccessible(page, 'reject')
    await picture(page, 'queue-reject-390')
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
    await rowOf(page, '10248').waitFor({ state: 'detached' })

    await page.getByRole('link', { name: /^To ship/ }).click()
    await picture(page, 'queue-ship-390')
    const row = rowOf(page, '10249')
    await row.getByLabel('Tracking number for 10249').fill('JD0146')
    await row.getByRole('button', { name: 'Mark as shipped' }).click()
    await row.getByText('Name the carrier.').waitFor()
    await row.getByLabel('Carrier for 10249').fill('DHL')
    await expectAccessible(page, 'queue to ship, phone')
    await row.getByRole('button', { name: 'Mark as shipped' }).click()
    await page.getByText('Nothing to ship').waitFor()
    await page.getByRole('link', { name: /^Shipped/ }).click()
    await page.getByText('JD0146').waitFor()
    await picture(page, 'queue-shipped-390')
    await page.getByRole('searchbox').fill('nothing-like-this')
    await page.getByText('Nothing matches').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  })

  it('S3.21 ships many from two pasted columns, and says of each row what became of it', async () => {
    const page = await story.visitAs('S1')
    await page.goto('/queue?view=to_answer')
    await rowOf(page, '10250').waitFor()
    await picture(page, 'queue-answer-1280')
    for (const number of ['10250', '10251', '10252']) await page.getByLabel(`Select ${number}`).check()
    await page.getByRole('button', { name: 'Accept', exact: true }).first().click()
    await rowOf(page, '10250').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: /^To ship/ }).click()
    await rowOf(page, '10252').waitFor()
    await expectAccessible(page, 'queue to ship')
    await picture(page, 'queue-ship-1280')
    await page.getByRole('button', { name: 'Enter tracking numbers' }).click()
    await page.getByRole('dialog').getByLabel('Carrier', { exact: true }).fill('UPS')
    await page.getByLabel('Two columns').fill('Order\tTracking\n10250\t1Z1\n10251\t1Z2\n777\t1Z3')
    await page.getByText('3 rows').waitFor()
    await expectAccessible(page, 'tracking numbers')
    await picture(page, 'queue-paste-1280')
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as shipped' }).click()
    await page.getByText('2 marked as shipped.').waitFor()
    await page.getByText('Not in your queue').waitFor()
    await picture(page, 'queue-pasted-1280')
    await page.keyboard.press('Escape')
    const field = rowOf(page, '10252').getByLabel('Tracking number for 10252')
    await field.fill('1Z4')
    await field.press('Enter')
    await page.getByText('Nothing to ship').waitFor()
  })

  it('S3.26 the house sees who has what, assigns, answers on behalf, takes back and ships by hand', async () => {
    const page = await story.visitAs('F1')
    await page.goto(`/orders/${orderIds['10253']}`)
    const section = page.getByRole('region', { name: 'Fulfillment' })
    await section.getByText('Exotic Liquids').waitFor()
    await section.getByText('Not assigned').waitFor()
    await expectAccessible(page, 'order with fulfillment')
    await picture(page, 'order-fulfillment-1280')
    await section.getByRole('button', { name: 'Assign' }).click()
    await page.getByRole('dialog').getByLabel('To').click()
    await page.getByRole('option', { name: 'Pavlova, Ltd.' }).click()
    await expectAccessible(page, 'assign')
    await picture(page, 'order-assign-1280')
    await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click()
    await section.getByRole('button', { name: 'Actions: 10253, Pavlova, Ltd.' }).waitFor()
    await section.getByRole('button', { name: 'Actions: 10253, Exotic Liquids' }).click()
    await page.getByRole('menuitem', { name: 'Accept on their behalf' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click()
    await page.getByText('on behalf of Exotic Liquids').waitFor()
    await section.getByRole('button', { name: 'Actions: 10253, Pavlova, Ltd.' }).click()
    await page.getByRole('menuitem', { name: 'Take back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await section.getByRole('button', { name: 'Actions: 10253, Pavlova, Ltd.' }).waitFor({ state: 'detached' })
    await section.getByRole('button', { name: 'Mark as shipped' }).click()
    await page.getByRole('dialog').getByLabel('Carrier', { exact: true }).fill('Colissimo')
    await page.getByRole('dialog').getByLabel('Tracking number').fill('6A123')
    await picture(page, 'order-ship-1280')
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as shipped' }).click()
    await section.getByText('6A123').waitFor()
    expect(await page.getByText('Partially shipped').count()).toBeGreaterThan(0)
    await picture(page, 'order-shipped-1280')
  })

  it('reads well in French and in the dark', async () => {
    await story.as('S1', 'PATCH /me', { locale: 'fr' })
    const french = await story.visitAs('S1', { ...phone, locale: 'fr-FR', colorScheme: 'dark' })
    await french.goto('/queue?view=all')
    await french.getByRole('link', { name: /^À confirmer/ }).waitFor()
    await french.getByText('10248').waitFor()
    await expectAccessible(french, 'queue, dark, French')
    await picture(french, 'queue-all-dark-fr-390')
    const desk = await story.visitAs('S1', { locale: 'fr-FR', colorScheme: 'dark' })
    await desk.goto('/queue?view=all')
    await desk.getByText('10253').waitFor()
    await picture(desk, 'queue-answer-dark-fr-1280')
    await desk.goto('/settings/access')
    await desk.getByRole('navigation').getByRole('link', { name: 'À expédier' }).click()
    await desk.getByText('10253').waitFor()
    const packer = await story.visitAs('S1p')
    await packer.goto('/queue')
    await packer.locator('[aria-current=page]', { hasText: 'To ship' }).waitFor()
  })
})
