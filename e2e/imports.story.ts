import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible, picture, useStory } from './story.ts'

const northwind = (kind: string) =>
  join(import.meta.dirname, `../server/src/intake/reading/fixtures/northwind/${kind}-flat.csv`)

const bad = Buffer.from(
  [
    'Order number;SKU;Quantity;Country;Phone;Unit price',
    '1;TEA-01;2;FR;;9,50',
    '2;TEA-01;-1;FR;;9,50',
    '3;=cmd();1;Atlantis;;9,50',
    '4;00123;1;DE;zoe@example.com;9,50',
    '5;00123;1;DE;030 1234;9,50',
    '',
  ].join('\n'),
)

describe('importing from a file', () => {
  const story = useStory()
  const choose = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
    page.locator('input[type=file]').setInputFiles(file)

  it('goes from upload to orders that are in', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/imports')
    await page.getByText('None yet.').waitFor()
    await expectAccessible(page, 'imports, empty')
    await picture(page, 'imports-empty')
    await page.locator('main').getByText('Products', { exact: true }).click()
    await choose(page, northwind('products'))
    await page.getByRole('heading', { name: 'What the columns fill' }).waitFor()
    await expectAccessible(page, 'match, products')
    await picture(page, 'imports-match-products')
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('button', { name: 'Import 77 products' }).click()
    await page.getByRole('heading', { name: 'It is in' }).waitFor()

    await page.goto('/imports')
    await choose(page, northwind('orders'))
    await page.getByRole('heading', { name: 'What the columns fill' }).waitFor()
    await page.getByLabel('Currency').selectOption('USD')
    await page.getByRole('button', { name: 'Keep this mapping' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Northwind')
    await page.getByRole('button', { name: 'Keep', exact: true }).click()
    await page.getByText('The mapping is kept as “Northwind”.').waitFor()
    await picture(page, 'imports-match')
    await expectAccessible(page, 'match, orders')
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('button', { name: 'Import 830 orders' }).waitFor()
    expect(await page.locator('main').textContent()).toContain('$1,354,458.59')
    await expectAccessible(page, 'check')
    await picture(page, 'imports-check')
    await page.getByRole('button', { name: 'Import 830 orders' }).click()
    await page.getByRole('heading', { name: 'It is in' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'It is in' }).waitFor()
    await expectAccessible(page, 'done')
    await picture(page, 'imports-done')
    await page.getByRole('link', { name: 'Check', exact: false }).first().click()
    await page.getByRole('heading', { name: 'What would happen' }).waitFor()
    const { rows } = await story.owner.query('select count(*) from orders.orders')
    expect(rows[0].count).toBe(830)
  })

  it('S1.8 takes in what has left with what the carrier charged, and says so before', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/imports')
    const rows = ['H-1;1996-07-16;FS 77;32,38', 'H-2;;;4,10'].map((row) => row.replace(';', ';TEA-01;1;FR;'))
    const head = 'Commande;UGS;Quantité;Pays;Expédiée le;Suivi;Coût du transporteur'
    await choose(page, {
      name: 'shipped.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${[head, ...rows].join('\n')}\n`),
    })
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByText('Orders that come in as already shipped: 1; with what the carrier charged: 1').waitFor()
    await page.getByText('there is no shipment to carry it').waitFor()
    await picture(page, 'imports-check-shipped')
    await page.getByRole('button', { name: 'Import 2 orders' }).click()
    await page.getByRole('heading', { name: 'It is in' }).waitFor()
    await page.goto('/orders?q=H-1')
    await page.getByRole('row', { name: 'H-1' }).first().click()
    await page.getByText('brought it in as already shipped; nobody was told', { exact: false }).waitFor()
    await picture(page, 'order-came-shipped')
  })

  it('lists what is refused, in the language of who reads it, by keyboard too', async () => {
    await story.as('F1', 'PATCH /me', { locale: 'fr' })
    const page = await story.visitAs('F1', { colorScheme: 'dark' })
    await page.goto('/imports')
    await choose(page, { name: 'commandes.csv', mimeType: 'text/csv', buffer: bad })
    await page.getByRole('heading', { name: 'Ce que remplissent les colonnes' }).waitFor()
    await picture(page, 'imports-match-french-dark')
    await expectAccessible(page, 'match in French, dark')
    await page.getByRole('button', { name: 'Vérifier le fichier' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('« Atlantis » n’est pas un pays connu', { exact: false }).waitFor()
    await picture(page, 'imports-check-french-dark')
    await expectAccessible(page, 'check in French, dark')
    await page.getByRole('button', { name: 'inférieur à zéro' }).click()
    await expect.poll(() => page.getByRole('row').count()).toBe(2)
    await page.getByRole('button', { name: 'Importer 2 commandes' }).click()
    await page.getByRole('heading', { name: 'C’est importé' }).waitFor()
    await picture(page, 'imports-done-french-dark')
  })

  it('says what is wrong with a file that is none', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/imports')
    await choose(page, {
      name: 'orders.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('PK\x03\x04 xl/ [Content_Types].xml'),
    })
    await page.getByText('This is a spreadsheet workbook').waitFor()
    await picture(page, 'imports-wrong-file')
    await expectAccessible(page, 'a wrong file')
  })

  it('S1.18 is not there for customer service', async () => {
    const page = await story.visitAs('C1')
    await page.goto('/imports')
    await page.getByText('There is nothing here for you to see').waitFor()
    expect(await page.getByRole('link', { name: 'Imports' }).count()).toBe(0)
  })
})
