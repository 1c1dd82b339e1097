import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { parties, stores } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { at } from '../server/src/testing/world.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)

describe('an order is put right in the browser', () => {
  const story = useStory()
  const ids: Record<string, string> = {}
  const layOut = async () => {
    if (ids['10248']) return
    for (const [sku, tags] of [
      ['NW-011', ['supplier:Pavlova, Ltd.']],
      ['NW-042', ['house']],
    ] as const)
      await story.as('A1', 'POST /products', {
        sku,
        name: sku === 'NW-011' ? 'Queso Cabrales' : 'Singaporean Hokkien Fried Mee',
        tags,
        clientId: parties.P1.id,
      })
    const two = [line('NW-011', 12, 14_000_000), line('NW-042', 10, 9_800_000)]
    const made = await story.work('A1', (tx) =>
      addOrders(tx, {
        storeId: stores.a,
        orders: [
          orderDraft('10248', { lines: two }),
          orderDraft('10249'),
          orderDraft('10250', { lines: [line('NW-042', 1, 9_800_000), line('X-1', 1, 1)] }),
        ],
      }),
    )
    for (const [number, id] of made) ids[number] = id
  }

  it('S1.16 customer service corrects the address, holds until a day, releases and comments', async () => {
    await layOut()
    const page = await story.visitAs('C1')
    await page.goto(`/orders?open=${ids['10248']}`)
    const panel = page.getByRole('region', { name: 'Order 10248' })
    await panel.getByText('Product NW-011', { exact: true }).waitFor()
    await picture(page, 'order-panel')

    await panel.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit order 10248' })
    await dialog.getByLabel('Street').fill('1 rue Neuve')
    await dialog.getByLabel('Phone').fill('eve@example.com')
    await picture(page, 'order-edit')
    await expectAccessible(page, 'edit')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('looks like an e-mail address').waitFor()
    await dialog.getByLabel('Phone').fill('+33 1 02 03 04 05')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await panel.getByText('1 rue Neuve').waitFor()
    await panel.getByText('C1 edited the order').waitFor()

    await panel.getByRole('button', { name: 'Hold' }).click()
    await page.getByLabel('Reason').fill('The buyer is away')
    await page.getByLabel('Until').fill(inTwoDays)
    await picture(page, 'order-hold')
    await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click()
    await panel.getByRole('button', { name: 'Release' }).waitFor()
    await panel.getByLabel('Internal comment').fill('Called twice, nobody there.')
    await panel.getByRole('button', { name: 'Comment' }).click()
    await panel.locator('li', { hasText: 'Called twice' }).getByText('internal').waitFor()
    await panel.getByText('Shared with the client', { exact: true }).click()
    await panel.getByLabel('Comment shared with the client').fill('We ship on Monday.')
    await panel.getByRole('button', { name: 'Comment' }).click()
    await panel.locator('li', { hasText: 'We ship on Monday' }).getByText('shared with the client').waitFor()
    await panel.getByLabel('Tags of order 10248').fill('fragile')
    await page.keyboard.press('Enter')
    await panel.getByText('C1 added the tag fragile').waitFor()

    await page.goto(`/orders/${ids['10248']}`)
    await page.getByText('The buyer is away').first().waitFor()
    await expectAccessible(page, 'order')
    await picture(page, 'order-held')
    await page.getByRole('button', { name: 'Release' }).click()
    await page.getByText('C1 released the order').waitFor()
  })

  it('two people at once: both values are shown, nothing is overwritten', async () => {
    await layOut()
    const page = await story.visitAs('C1')
    await page.goto(`/orders/${ids['10249']}`)
    await page.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('City').fill('Lyon')
    await dialog.getByLabel('Company').fill('Chez Ève')
    const { version } = (await story.as('A1', `GET /orders/${ids['10249']}`)).body
    await story.as('A1', `PATCH /orders/${ids['10249']}`, { recipient: { city: 'Paris' } }, at(version))
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Saved by now: Paris').click()
    expect(await dialog.getByText('Yours: Chez Ève').count()).toBe(0)
    await picture(page, 'order-conflict')
    await expectAccessible(page, 'conflict')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { recipient } = (await story.as('A1', `GET /orders/${ids['10249']}`)).body
    expect([recipient.city, recipient.company]).toEqual(['Paris', 'Chez Ève'])
  })

  it('S3.17 S3.18 the administrator filters by product tag and exports exactly that, columns as he wants them', async () => {
    await layOut()
    const page = await story.visitAs('A1')
    await page.goto('/orders')
    await page.getByText('10250').first().waitFor()
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('button', { name: 'Product tag' }).click()
    await page.getByRole('radio', { name: 'supplier:Pavlova, Ltd.' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('10250').first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Product tag/ }).click()
    await page.getByLabel('Condition').selectOption('all')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('10248').first().waitFor({ state: 'detached' })
    await page.getByText('10249').first().waitFor()
    await picture(page, 'orders-filtered')
    expect(page.url()).toContain('productTagLines=all')
    await page.goto(page.url().replace('productTagLines=all', ''))
    await page.getByText('10248').first().waitFor()

    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export orders' })
    await dialog.getByText('2 orders match').waitFor()
    await dialog.getByRole('button', { name: 'None' }).click()
    for (const column of ['Order Number', 'SKU', 'Quantity'])
      await dialog.getByRole('checkbox', { name: column, exact: true }).check()
    await dialog.getByLabel('Heading of SKU').fill('Réf.')
    await dialog.getByRole('checkbox', { name: /Of mixed orders/ }).check()
    await dialog.getByLabel('Keep these columns as').fill('Pavlova')
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await page.getByText('The columns are kept as Pavlova.').waitFor()
    await picture(page, 'orders-export')
    await expectAccessible(page, 'export')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toBe('\u{FEFF}Order Number,Réf.,Quantity\n10249,NW-011,2\n10248,NW-011,12\n')
  })

  it('reads well in French, in the dark and on a phone', async () => {
    await layOut()
    await story.as('F1', 'PATCH /me', { locale: 'fr' })
    const french = await story.visitAs('F1', { locale: 'fr-FR', colorScheme: 'dark' })
    await french.goto(`/orders/${ids['10250']}`)
    await french.getByRole('button', { name: 'Modifier' }).waitFor()
    await picture(french, 'order-dark')
    await expectAccessible(french, 'order, dark')
    await french.goto('/orders')
    await french.getByRole('button', { name: 'Exporter' }).click()
    await french.getByRole('button', { name: 'Télécharger le CSV' }).waitFor()
    await picture(french, 'orders-export-french')
    await expectAccessible(french, 'export, dark')
    const phone = await story.visitAs('A1', { viewport: { width: 390, height: 844 } })
    await phone.goto(`/orders/${ids['10250']}`)
    await phone.getByRole('button', { name: 'Edit' }).waitFor()
    await picture(phone, 'order-phone')
    await phone.getByRole('button', { name: 'Cancel order' }).click()
    await phone.getByLabel('Reason').fill('Ordered twice')
    await picture(phone, 'order-cancel-phone')
    await phone.getByRole('dialog').getByRole('button', { name: 'Cancel order 10250' }).click()
    await phone.getByText('A1 cancelled 2 units').waitFor()
    expect(await phone.getByRole('button', { name: 'Hold' }).getAttribute('aria-disabled')).toBe('true')
  })
})
