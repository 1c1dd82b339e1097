import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { adjustStock } from '../server/src/stock/index.ts'
import { parties, stores, warehouses } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { at } from '../server/src/testing/world.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('stock in the browser', () => {
  const story = useStory()
  const ids: Record<string, string> = {}
  const layOut = async () => {
    const barcodes = [
      { code: '4006381333931', quantity: 1 },
      { code: '14006381333938', quantity: 12 },
    ]
    const tea = { sku: 'TEA-01', name: 'Green tea, 100 g', barcodes, weightGrams: 120, clientId: parties.P1.id }
    ids.tea = (await story.as('A1', 'POST /products', tea)).body.id
    ids.cup = (await story.as('A1', 'POST /products', { sku: 'CUP-07', name: 'Cup with a lid' })).body.id
    await story.work('A1', async (tx) => {
      for (const [productId, by, warehouseId] of [
        [ids.tea!, 40, warehouses.main],
        [ids.tea!, 12, warehouses.north],
        [ids.cup!, 3, warehouses.main],
      ] as const)
        await adjustStock(tx, { productId, by, warehouseId, reason: 'Opening' })
      const lines = [line('TEA-01', 50, 0)]
      const made = await addOrders(tx, { storeId: stores.a, orders: [orderDraft('SO-1', { lines })] })
      ids.order = made.get('SO-1')!
    })
    const low = { warehouseId: warehouses.main, productId: ids.cup!, level: 5 }
    await story.as('A1', 'PUT /stock/low-levels', low, at(1))
  }

  it('S1.3 the list, an adjustment with its reason, a count that something moved under, and the ledger', async () => {
    await layOut()
    const page = await story.visitAs('F1')
    await page.goto('/stock')
    await page.getByText('CUP-07').first().waitFor()
    await picture(page, 'stock')
    await expectAccessible(page, 'stock')
    await page.getByText('CUP-07').first().click()
    const panel = page.getByRole('region', { name: 'Stock of CUP-07' })
    await panel.getByRole('button', { name: 'Adjust' }).click()
    await page.getByLabel('By').fill('-1')
    await page.getByLabel('Reason').fill('Broken in the aisle')
    await picture(page, 'stock-adjust')
    await expectAccessible(page, 'stock adjust')
    await page.getByRole('dialog').getByRole('button', { name: 'Adjust' }).click()
    await panel.getByText('Broken in the aisle').waitFor()
    await picture(page, 'stock-panel')
    await panel.getByRole('button', { name: 'Count' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Expected: 2').waitFor()
    const more = { warehouseId: warehouses.main, productId: ids.cup!, by: 4, reason: 'Found' }
    await story.as('A1', 'POST /stock/adjustments', more)
    await dialog.getByLabel('Counted').fill('2')
    await dialog.getByRole('button', { name: 'Save the count' }).click()
    await dialog.getByText('It moved while you counted: 6').waitFor()
    await picture(page, 'stock-count')
    await expectAccessible(page, 'stock count')
    await dialog.getByLabel('Counted').fill('5')
    await dialog.getByText('1 fewer').waitFor()
    await dialog.getByRole('button', { name: 'Save the count' }).click()
    await dialog.waitFor({ state: 'detached' })
    await panel.getByText('On hand -1').first().waitFor()
    expect((await story.as('A1', `GET /stock/products/${ids.cup}`)).body.total.onHand).toBe(5)
    await page.goto(`/orders?open=${ids.order}`)
    await page.getByText('10 of 50').waitFor()
    await picture(page, 'stock-order')
  }, 90_000)

  it('S2.12 what waits for an answer, in French, in the dark and on a phone; a client sees his own', async () => {
    const body = { warehouseId: warehouses.main, productId: ids.tea!, expected: 40, counted: 60, reason: 'Recount' }
    await story.as('W1', 'POST /stock/counts', body)
    const phone = { viewport: { width: 390, height: 800 }, colorScheme: 'dark', locale: 'fr-FR' } as const
    await story.as('F1', 'PATCH /me', { locale: 'fr' })
    const page = await story.visitAs('F1', phone)
    await page.goto(`/stock?open=${ids.tea}`)
    await page.getByText('120 g').waitFor()
    await picture(page, 'stock-panel-dark-phone-fr')
    await expectAccessible(page, 'stock panel')
    await page.goto('/stock')
    await page.getByRole('button', { name: /^Approuver/ }).waitFor()
    await picture(page, 'stock-dark-phone-fr')
    await expectAccessible(page, 'stock on a phone')
    await page.getByRole('button', { name: /^Approuver/ }).click()
    await page.getByRole('button', { name: /^Approuver/ }).waitFor({ state: 'detached' })
    expect((await story.as('A1', `GET /stock/products/${ids.tea}`)).body.total.onHand).toBe(72)
    const client = await story.visitPortalAs('P1')
    await client.goto('stock')
    await client.getByText('TEA-01').first().waitFor()
    expect(await client.getByText('CUP-07').count()).toBe(0)
    expect(await client.getByRole('button', { name: 'Adjust' }).count()).toBe(0)
    await picture(client, 'stock-portal')
    await expectAccessible(client, 'stock in the portal')
  }, 90_000)

  it('a warehouse is created and asked first for a store', async () => {
    await story.as('F1', 'PATCH /me', { locale: 'en' })
    const page = await story.visitAs('F1')
    await page.goto('/settings/warehouses')
    await page.getByRole('button', { name: 'New warehouse' }).click()
    await page.getByLabel('Name').fill('Lyon')
    await page.getByLabel('Country (two letters)').fill('fr')
    await expectAccessible(page, 'warehouse form')
    await page.getByRole('button', { name: 'Create warehouse' }).click()
    await page.getByRole('button', { name: 'Lyon' }).waitFor()
    await page.getByRole('combobox', { name: 'Store b' }).click()
    await page.getByRole('option', { name: 'Lyon' }).click()
    await page.getByText('Store b: orders that come').waitFor()
    await picture(page, 'warehouses')
    await expectAccessible(page, 'warehouses')
    // Somebody else says another order meanwhile: both stand until one is chosen.
    const other = { warehouseIds: [warehouses.north] }
    expect((await story.as('A1', `PUT /stores/${stores.b}/warehouses`, other, at(2))).status).toBe(200)
    await page.getByRole('combobox', { name: 'Store b' }).press('ArrowDown')
    await page.getByRole('option', { name: 'Main warehouse' }).click()
    await page.getByText('Saved by now: North warehouse').waitFor()
    await expectAccessible(page, 'order of a store, changed meanwhile')
    await picture(page, 'warehouses-conflict')
    await page.getByText('North warehouse', { exact: true }).first().waitFor()
    await page.getByRole('radio', { name: 'Yours: Lyon, Main warehouse' }).waitFor()
    await page.getByText('Saved by now: North warehouse').click()
    await page.getByRole('button', { name: 'Save' }).first().click()
    await page.getByText('Saved by now').waitFor({ state: 'detached' })
    const { items } = (await story.as('A1', 'GET /stores/warehouses')).body
    expect(items.find((one: { store: { id: string } }) => one.store.id === stores.b)).toMatchObject(other)
    await page.getByLabel('Units that may differ').fill('2')
    await page.getByRole('button', { name: 'Save' }).last().click()
    await page.getByText('It counts from the next count on.').waitFor()
    expect((await story.as('A1', 'GET /stock/settings')).body.countThreshold).toBe(2)
    await page.setViewportSize({ width: 390, height: 800 })
    await picture(page, 'warehouses-phone')
    await expectAccessible(page, 'warehouses on a phone')
  }, 60_000)

  it('a low level that somebody changed meanwhile: both values, and one is chosen', async () => {
    const page = await story.visitAs('F1')
    await page.goto(`/stock?open=${ids.cup}`)
    await page.getByRole('button', { name: 'Low level' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Main warehouse').fill('9')
    const level = { warehouseId: warehouses.main, productId: ids.cup!, level: 7 }
    expect((await story.as('A1', 'PUT /stock/low-levels', level, at(2))).status).toBe(200)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Saved by now: 7').waitFor()
    await expectAccessible(page, 'low level, changed meanwhile')
    await picture(page, 'low-level-conflict')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const { levels } = (await story.as('A1', `GET /stock/products/${ids.cup}`)).body
    const main = levels.find((one: { warehouse: { id: string } }) => one.warehouse.id === warehouses.main)
    expect(main.lowLevel).toBe(9)
  }, 60_000)

  it('the ledger is searched by what stands in the address, on both sides; figures of the dashboard lead to their lists', async () => {
    const page = await story.visitAs('F1')
    await page.goto('/stock')
    await page.getByRole('link', { name: 'Ledger' }).click()
    await page.getByText('Broken in the aisle').waitFor()
    await picture(page, 'ledger')
    await expectAccessible(page, 'ledger')
    await page.goto('/stock/ledger?kind=allocated&document=so-1')
    await page.getByRole('row', { name: /SO-1/ }).first().waitFor()
    expect(await page.getByText('Broken in the aisle').count()).toBe(0)
    await picture(page, 'ledger-filtered')
    await page.goto('/stock/ledger?q=nothing-like-it')
    await page.getByText('No movement matches').waitFor()

    await story.as(
      'A1',
      'PUT /stock/low-levels',
      { warehouseId: warehouses.main, productId: ids.tea!, level: 999 },
      at(1),
    )
    const waiting = orderDraft('SO-2', { lines: [line('TEA-01', 500, 0)] })
    await story.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [waiting] }))
    const phone = { viewport: { width: 390, height: 800 }, colorScheme: 'dark' } as const
    const client = await story.visitPortalAs('P1', phone)
    await client.goto('stock/ledger')
    await client.getByText('TEA-01').first().waitFor()
    expect(await client.getByText('CUP-07').count()).toBe(0)
    await picture(client, 'ledger-portal-dark-phone')
    await expectAccessible(client, 'ledger on a phone')
    await client.goto('./')
    for (const [card, row] of [
      ['Products low in stock', 'TEA-01'],
      ['Waiting for stock', 'SO-2'],
    ] as const) {
      const link = client.getByRole('link', { name: card })
      const figure = Number((await link.textContent())!.match(/\d+/)![0])
      await link.click()
      await client.getByText(row).first().waitFor()
      if (card === 'Waiting for stock') expect(await client.getByRole('link', { name: /^SO-/ }).count()).toBe(figure)
      await picture(client, `list-of-${row}-dark-phone`)
      await client.goto('./')
    }
  }, 90_000)
})
