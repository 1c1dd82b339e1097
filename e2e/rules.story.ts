import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { upsertProducts } from '../server/src/catalog/index.ts'
import { addOrders } from '../server/src/orders/index.ts'
import { houseStore, line, orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const rows: Record<string, string>[] = parse(
  readFileSync(new URL('../server/src/intake/reading/fixtures/northwind/products-flat.csv', import.meta.url)),
  { columns: true, bom: true },
)

describe('products, suppliers and rules in the browser', () => {
  const story = useStory()
  const layOut = async () => {
    const products = rows.map((row) => ({
      ...{ sku: row.SKU!, name: row.Name!, description: row['Quantity per unit']!, barcodes: [], cost: null },
      price: { micros: Math.round(Number(row['Unit price']) * 1_000_000), currency: 'EUR' },
      discontinued: row.Discontinued === '1',
      tags: [row.Tags!],
    }))
    await story.work('A1', (tx) => upsertProducts(tx, { products, mode: 'create' }))
    const mixed = [line('NW-011', 12, 14_000_000), line('NW-042', 10, 9_800_000), line('NW-072', 5, 34_800_000)]
    const storeId = await houseStore(story)
    await story.work('A1', (tx) =>
      addOrders(tx, {
        storeId,
        orders: [
          orderDraft('10248', { lines: mixed }),
          orderDraft('10249', { lines: [line('NW-014', 9, 18_600_000)] }),
        ],
      }),
    )
  }
  /** A page as it stands, in light and dark, for axe and for a person's eye. */
  const look = async (page: Page, name: string) => {
    await expectAccessible(page, name)
    await picture(page, name)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' })
    // Colours stand when two frames were drawn since.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    await expectAccessible(page, `${name} dark`)
    await picture(page, `${name}-dark`)
    await page.emulateMedia({ colorScheme: 'light' })
  }

  it('S3.16 tags are put on many products at once', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/products')
    await page.getByRole('heading', { name: 'No products yet' }).waitFor()
    await layOut()
    await page.reload()
    await page.getByRole('row', { name: /NW-011/ }).waitFor()
    await look(page, 'products')
    await page.getByLabel('Select product NW-001').click()
    await page.getByLabel('Select product NW-002').click()
    await page.getByRole('button', { name: 'Tags' }).click()
    const dialog = page.getByRole('dialog', { name: 'Tags of 2 products' })
    await dialog.getByLabel('Add', { exact: true }).fill('fragile, glass')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Save' }).focus()
    await look(page, 'products-tags')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('2 products have other tags now.').waitFor()
    await page.getByText('fragile, glass').first().waitFor()
    await page.getByRole('row', { name: /NW-001/ }).click()
    await page.getByRole('dialog', { name: 'Product NW-001' }).getByLabel('Name').waitFor()
    await look(page, 'product')
  })

  it('S3.28 suppliers and their rules are proposed from tags, run now, and the order says which rule did what', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/suppliers')
    await page.getByText('Exotic Liquids').waitFor()
    await page.getByRole('button', { name: 'Propose from tags' }).click()
    await page.getByText('supplier:Pavlova, Ltd.').waitFor()
    await page.getByLabel('Name of the supplier for supplier:Tokyo Traders').fill('Tokyo Traders K.K.')
    await look(page, 'suppliers-proposal')
    await page.getByRole('button', { name: 'Create 27 suppliers and 29 rules' }).click()
    await page.getByText('Created: 27 suppliers, 29 rules.').waitFor()
    await page.getByText('Tokyo Traders K.K.').first().waitFor()
    await look(page, 'suppliers')
    await page.getByRole('button', { name: 'Tokyo Traders K.K.' }).click()
    await page.getByRole('dialog').getByLabel('E-mail').waitFor()
    await look(page, 'supplier')

    await page.goto('/rules')
    await page
      .getByText('if any line is tagged “supplier:Tokyo Traders”: assign those lines to Tokyo Traders K.K.')
      .waitFor()
    await look(page, 'rules')
    await page.getByRole('button', { name: 'Move Bigfoot Breweries down' }).press('Enter')
    await expect.poll(() => page.locator('ol > li strong').nth(2).textContent()).toBe('Bigfoot Breweries')
    await page.locator('[aria-label="Move Bigfoot Breweries down"]:focus').waitFor()
    await page.getByRole('button', { name: 'Run now' }).click()
    await page.getByRole('button', { name: 'Assign 4 lines' }).waitFor()
    await look(page, 'rules-preview')
    await page.getByRole('button', { name: 'Assign 4 lines' }).click()
    await page.getByText('Done. Orders looked at: 2.').waitFor()
    await picture(page, 'rules-done')
    await page.getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('1 order in 7 days').first().waitFor()
    await look(page, 'rules-hits')

    const { items } = (await story.as('A1', 'GET /orders?q=10248')).body
    await page.goto(`/orders/${items[0].id}`)
    await page.getByText('assigned 12 × NW-011 to').waitFor()
    await look(page, 'order-rules')
  })

  it('a rule is made with pickers, says itself as a sentence and whom it would have met', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/rules')
    await page.getByRole('button', { name: 'New rule' }).click()
    const dialog = page.getByRole('dialog', { name: 'New rule' })
    await dialog.getByLabel('Tag', { exact: true }).fill("supplier:Mayumi's")
    await page.keyboard.press('Tab')
    await dialog.getByText('Matches 1 of the last 2 orders').waitFor()
    await dialog.getByRole('button', { name: 'Add a group' }).click()
    await dialog.getByLabel('Tag', { exact: true }).nth(1).fill('fragile, glass')
    await page.keyboard.press('Tab')
    await dialog.getByLabel('Supplier', { exact: true }).fill('Exotic')
    await page.getByRole('option', { name: 'Exotic Liquids' }).click()
    await dialog.getByPlaceholder("Try an order's number").fill('10248')
    await page.keyboard.press('Enter')
    await dialog.getByText('The rule would pass it over.').waitFor()
    await look(page, 'rule-editor')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).waitFor()
  })

  it('a viewer reads the rules and changes nothing; customer service has no such pages', async () => {
    const viewer = await story.visitAs('V1')
    await viewer.goto('/rules')
    await viewer.getByText('Tokyo Traders K.K.').first().waitFor()
    expect(await viewer.getByRole('button', { name: /New rule|Run now|Edit|Delete|Move/ }).count()).toBe(0)
    await viewer.getByText('On', { exact: true }).first().waitFor()
    expect(await viewer.getByRole('switch').count()).toBe(0)
    const agent = await story.visitAs('C1')
    for (const path of ['/rules', '/products', '/suppliers']) {
      await agent.goto(path)
      await agent.getByText('There is nothing here for you to see').waitFor()
    }
  })

  it('all of it in French', async () => {
    const page = await story.visitAs('F1', { locale: 'fr-FR' })
    await story.as('F1', 'PATCH /me', { locale: 'fr' })
    for (const [path, words] of [
      ['/products', 'Produits'],
      ['/suppliers', 'Fournisseurs'],
      ['/rules', 'Règles d’automatisation'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { name: words }).waitFor()
      await page.waitForLoadState('networkidle')
      await expectAccessible(page, `${path} in French`)
      await picture(page, `${path.slice(1)}-fr`)
    }
    await page.getByText('si une ligne porte le tag « supplier:Tokyo Traders »').waitFor()
    await page.getByRole('button', { name: 'Nouvelle règle' }).click()
    await page.getByText('Quand une commande arrive, et si').waitFor()
    await picture(page, 'rule-editor-fr')
  })
})
