import { describe, expect, it } from 'vitest'
import { accounts, emailOf } from '../server/src/testing/cast.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('the products of a client', () => {
  const story = useStory()

  it('S2.12 S2.19 S2.20 a client imports his products on a phone, in French; stock in the file changes none', async () => {
    const speaks = (locale: string) =>
      story.owner.query('update identity.users set locale = $2 where email = $1', [emailOf('P1'), locale])
    await speaks('fr')
    const page = await story.visitPortalAs('P1', { viewport: { width: 390, height: 844 }, locale: 'fr-FR' })
    await page.goto('./products')
    await page.getByText('Importez un fichier de vos produits').waitFor()
    await expectAccessible(page, 'no products of a client')
    await picture(page, 'portal-products-none-390')
    await page.getByRole('link', { name: 'Importer des produits' }).click()
    const file =
      'SKU;Nom;Code-barres;Poids (g);Stock physique;Prix\nTEA;Thé vert;4006381333931;120;500;9,50\nCUP;;;;;\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'produits.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await page.getByRole('button', { name: 'Vérifier le fichier' }).click()
    await page.getByText('La colonne « Stock physique » indique le stock').waitFor()
    await page.getByText('La colonne « Prix » revient à votre hébergeur').waitFor()
    await expectAccessible(page, 'the check of a client’s file')
    await picture(page, 'portal-import-check-390')
    await page.getByRole('button', { name: /^Importer/ }).click()
    await expect
      .poll(async () => (await story.owner.query("select name from catalog.products where sku = 'TEA'")).rows)
      .toEqual([{ name: 'Thé vert' }])
    expect((await story.owner.query('select from stock.movements')).rows).toEqual([])
    await story.owner.query(
      `insert into stock.levels (account_id, warehouse_id, product_id, owner_party_id, on_hand, allocated, announced)
       select p.account_id, w.id, p.id, p.owner_party_id, 9, 2, 5 from catalog.products p
         join stock.warehouses w on w.account_id = p.account_id and w.is_default where p.sku = 'TEA' and p.account_id = $1`,
      [accounts.one.id],
    )
    await speaks('en')
    const desk = await story.visitPortalAs('P1', { colorScheme: 'dark' })
    await desk.goto('./products')
    await desk.getByRole('row', { name: /TEA/ }).getByText('7', { exact: true }).waitFor()
    await desk.getByRole('link', { name: 'send a stock transfer' }).waitFor()
    expect(await desk.getByRole('button', { name: /New product|Tags/ }).count()).toBe(0)
    await expectAccessible(desk, 'products of a client')
    await picture(desk, 'portal-products')
    await page.goto('./products')
    await page.getByRole('listitem').filter({ hasText: 'TEA' }).getByText('7', { exact: true }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await picture(page, 'portal-products-390')
    const house = await story.visitAs('A1')
    await house.goto('/settings/stores')
    await house.getByRole('heading', { name: 'Stores' }).waitFor()
    await picture(house, 'stores')
  })
})
