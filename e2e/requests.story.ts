import { describe, expect, it } from 'vitest'
import { assignLines, keepAverages, shipFulfillmentOrder } from '../server/src/fulfillment/index.ts'
import { sql } from '../server/src/kernel/db/sql.ts'
import { addOrders } from '../server/src/orders/index.ts'
import { parties, stores } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

/** The middle of the month before this one: final, and three days into it at least from the fourth of this month on. */
const before = (months: number) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15)).toISOString().slice(0, 10)
}

describe('customer service asks, sorts issues out and knows averages, in the browser', () => {
  const story = useStory()
  const ids: Record<string, string> = {}
  const give = async (number: string) =>
    await story.work('A1', async (tx) => {
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${ids[number]}`)
      return (await assignLines(tx, { lines, to: { supplierId: parties.S1.id } }))[0]!.fulfillmentOrderId
    })
  const layOut = async () => {
    if (ids['10248']) return
    const past = Array.from({ length: 12 }, (_, at) => orderDraft(`P-${at}`))
    const orders = ['10248', '10249', '10250'].map((number) =>
      orderDraft(number, { lines: [line('NW-011', 12, 14_000_000), line('NW-042', 10, 9_800_000)] }),
    )
    const late = { ...orderDraft('10251'), shipBy: '2020-01-02' }
    const made = await story.work('A1', (tx) =>
      addOrders(tx, { storeId: stores.a, orders: [...orders, late, ...past] }),
    )
    for (const [number, id] of made) ids[number] = id
    await story.as('S1', `POST /queue/${await give('10248')}/accept`, {})
    await story.as('A1', `POST /orders/${ids['10249']}/hold`, { reason: 'Payment is checked' })
    for (const [at, { number }] of past.entries()) {
      const part = await give(number)
      const cost = { amount: 500 + at * 10, currency: 'EUR' }
      await story.work('A1', (tx) => shipFulfillmentOrder(tx, part, { carrier: 'DHL', shippedOn: before(2), cost }))
    }
    await give('10250')
    ids.part = '10250'
    await keepAverages(story.deps)
  }

  it('S1.16 customer service requests a change, full access approves it, the supplier sees it', async () => {
    await layOut()
    const page = await story.visitAs('C1')
    await page.goto(`/orders/${ids['10248']}`)
    await page.getByRole('button', { name: 'Request a change' }).click()
    const dialog = page.getByRole('dialog', { name: 'Request a change of order 10248' })
    await dialog.getByLabel('Street').fill('1 rue Neuve')
    await dialog.getByLabel('Quantity of Product NW-042').fill('8')
    await picture(page, 'request-form')
    await expectAccessible(page, 'request form')
    await dialog.getByRole('button', { name: 'Request this change' }).click()
    await dialog.getByText('Fill this in.').waitFor()
    await dialog.getByLabel('Reason').fill('He moved, and two are too many.')
    await dialog.getByRole('button', { name: 'Request this change' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('listitem', { name: 'Request for order 10248' }).getByText('1 rue Neuve').waitFor()
    await page.getByText('C1 asked for a change').waitFor()
    await expectAccessible(page, 'order with a request')
    await picture(page, 'request-on-order')

    const approver = await story.visitAs('F1')
    await approver.goto('/orders')
    await approver.getByRole('link', { name: 'Requests 1' }).click()
    const card = approver.getByRole('listitem', { name: 'Request for order 10248' })
    await card.getByText('He moved, and two are too many.').waitFor()
    await picture(approver, 'requests')
    await expectAccessible(approver, 'requests')
    await card.getByRole('button', { name: 'Approve' }).click()
    await approver.getByText('Nothing waits for an answer').waitFor()

    await page.goto('/orders/requests?view=mine')
    await page.getByText('Approved', { exact: true }).waitFor()
    const supplier = await story.visitAs('S1', { viewport: { width: 390, height: 844 } })
    await supplier.goto('/queue?view=to_ship')
    await supplier.getByText('Changed after you accepted').waitFor()
    await picture(supplier, 'queue-changed-phone')
    await expectAccessible(supplier, 'queue')
  })

  it('S1.23 the queue of issues counts and filters; an address problem is reported and dealt with', async () => {
    await layOut()
    const page = await story.visitAs('C1')
    await page.goto('/orders')
    await page.getByRole('link', { name: /^Issues/ }).click()
    await page.getByRole('button', { name: 'Held 1' }).click()
    await page.getByText('10249').first().waitFor()
    await page.getByRole('button', { name: 'Late 1' }).click()
    await page.getByText('10251').first().waitFor()
    await page.getByText('10249').first().waitFor({ state: 'detached' })
    await picture(page, 'issues')
    await expectAccessible(page, 'issues')
    await page.getByRole('button', { name: 'Backordered 0' }).waitFor()

    await page.goto(`/orders/${ids['10250']}`)
    await page.getByRole('button', { name: 'Address problem' }).click()
    await page.getByLabel('What is wrong with it').fill('The street is missing.')
    await page.getByRole('dialog').getByRole('button', { name: 'Report' }).click()
    await page.getByText('The street is missing.').first().waitFor()
    await page.goto('/orders?issue=address')
    await page.getByText('10250').first().waitFor()
    await page.goto(`/orders/${ids['10250']}`)
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Address problem' })
      .getByRole('button', { name: 'Dealt with' })
      .click()
    await page.getByLabel('How').fill('He called back.')
    await page.getByRole('dialog').getByRole('button', { name: 'Dealt with' }).click()
    await page.getByText('C1 marked an issue as dealt with').waitFor()
  })

  it('S1.25 the averages card shows averages of closed months, and no single cost', async () => {
    await layOut()
    const page = await story.visitAs('C1')
    await page.goto('/orders')
    await page.getByText('Average shipping cost per order').click()
    await page
      .getByRole('row', { name: /Carrier · DHL/ })
      .getByText('€5.55')
      .waitFor()
    await page.mouse.move(640, 780)
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
    await picture(page, 'averages')
    await expectAccessible(page, 'averages')
    await page.goto(`/orders/${ids['P-3']}`)
    await page.getByText('DHL').first().waitFor()
    expect(await page.getByText('Carrier cost').count()).toBe(0)
    const house = await story.visitAs('F1')
    await house.goto(`/orders/${ids['P-3']}`)
    await house.getByText('€5.30').waitFor()
    await house.getByRole('button', { name: 'Correct' }).click()
    await house.getByLabel('Carrier cost in EUR').fill('6,40')
    await expectAccessible(house, 'carrier cost')
    await house.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await house.getByText('€6.40').waitFor()
    await picture(house, 'carrier-cost')

    await house.goto('/orders')
    await house.getByRole('button', { name: 'Enter tracking numbers' }).click()
    await house.getByLabel('Carrier', { exact: true }).fill('UPS')
    await house.getByLabel('Three columns').fill(`${ids.part}\tJD1\t7,10`)
    await expectAccessible(house, 'tracking of the house')
    await house.getByRole('button', { name: 'Mark as shipped' }).click()
    await house.getByText('1 marked as shipped.').waitFor()
    await picture(house, 'tracking-with-costs')
  })

  it('S1.14 Orders is all there is in the navigation, in French, in the dark and on a phone', async () => {
    await layOut()
    await story.as('C1', 'PATCH /me', { locale: 'fr' })
    const page = await story.visitAs('C1', { locale: 'fr-FR', colorScheme: 'dark' })
    await page.goto('/orders?issue=any')
    await page.getByRole('button', { name: /^Bloquée/ }).waitFor()
    await picture(page, 'issues-french-dark')
    await expectAccessible(page, 'issues, dark')
    const links = await page.getByRole('navigation').first().getByRole('link').allTextContents()
    expect(links.map((text) => text.trim()).filter((text) => text !== '')).toEqual(['Commandes'])
    for (const path of ['/products', '/suppliers', '/rules', '/imports', '/settings/users']) {
      await page.goto(path)
      await page
        .getByText('Il n’y a rien à voir ici pour vous')
        .or(page.getByRole('heading', { level: 1 }))
        .first()
        .waitFor()
      expect(await page.getByRole('table').count()).toBe(0)
    }
    const phone = await story.visitAs('C1', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await phone.goto('/orders/requests?view=all')
    await phone.getByRole('heading', { name: 'Demandes' }).waitFor()
    await picture(phone, 'requests-phone')
    await expectAccessible(phone, 'requests, phone')
    await phone.goto(`/orders/${ids['10249']}`)
    await phone.getByRole('button', { name: 'Demander une modification' }).click()
    await phone.getByRole('dialog').waitFor()
    await picture(phone, 'request-form-phone')
    await expectAccessible(phone, 'request form, phone')
  })
})
