import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { accounts, memberOf, parties, warehouses } from '../server/src/testing/cast.ts'
import { dot } from '../server/src/testing/pictures.ts'
import { expectAccessible, picture, useStory } from './story.ts'

/** Waits until a picture came over the network and could be drawn. */
const shown = async (picture: Locator) => {
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((img) => (img as { naturalWidth?: number }).naturalWidth)).toBeGreaterThan(0)
}

describe('stock transfers in the browser', () => {
  const story = useStory()
  const phone = { viewport: { width: 390, height: 844 }, locale: 'fr-FR' }

  it('S2.28 S2.30 S2.33 a client announces and ships goods, the house receives them short, both sides confirm', async () => {
    for (const [sku, name] of [
      ['TEA', 'Green tea'],
      ['CUP', 'Cup'],
    ])
      await story.owner.query(
        'insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, $3, $4)',
        [accounts.one.id, parties.P1.id, sku, name],
      )
    // A carton of ten has a barcode of its own.
    await story.owner.query(
      `insert into catalog.product_barcodes (account_id, owner_party_id, code, product_id, quantity)
       select account_id, owner_party_id, '14006381333938', id, 10 from catalog.products where sku = 'TEA'`,
    )
    const client = await story.visitPortalAs('P1', { locale: 'en-US' })
    await client.goto('./transfers')
    await client.getByText('No stock transfers yet').waitFor()
    await expectAccessible(client, 'no transfers')
    await picture(client, 'portal-transfers-none')
    await client.getByRole('link', { name: 'New transfer' }).first().click()
    await client.getByLabel('SKU').fill('NOT MINE')
    await client.getByLabel('Units').fill('0')
    await client.getByRole('button', { name: 'Create transfer' }).click()
    await client.getByText('A whole number, at least 1.').waitFor()
    await client.getByLabel('Units').fill('5')
    await client.getByRole('button', { name: 'Create transfer' }).click()
    await client.locator('[aria-invalid=true]').first().waitFor()
    await picture(client, 'portal-transfer-refused')
    await client.getByLabel('SKU').fill('TEA')
    await client.getByLabel('Units').fill('12')
    await client.getByRole('button', { name: 'Add a line' }).click()
    await client.getByLabel('SKU').nth(1).fill('CUP')
    await client.getByLabel('Units').nth(1).fill('3')
    await expectAccessible(client, 'a new transfer')
    await picture(client, 'portal-transfer-new')
    await client.getByRole('button', { name: 'Create transfer' }).click()
    await client.getByRole('heading', { name: /^Transfer / }).waitFor()
    await client.getByRole('button', { name: 'Ship', exact: true }).click()
    await client.getByLabel('Carrier').fill('DHL')
    await client.getByLabel('Cartons').fill('2')
    await client.getByRole('dialog').getByRole('button', { name: 'Ship' }).click()
    await client.getByText('is on its way').waitFor()
    await expectAccessible(client, 'a transfer of the client')
    await picture(client, 'portal-transfer')

    await client.getByRole('button', { name: 'Receive' }).click()
    await client.getByLabel('Good, TEA').fill('99')
    await client.getByRole('button', { name: 'Receive', exact: true }).click()
    await client.getByText('Only 12 are still waited for: the host takes in what is more.').waitFor()
    await expectAccessible(client, 'a count that is too much')

    const house = await story.visitAs('W1')
    await house.goto('/transfers')
    await house.getByRole('row', { name: /P1 · Client Petit/ }).waitFor()
    await expectAccessible(house, 'the list of transfers')
    await picture(house, 'transfers')
    await house
      .getByRole('row', { name: /P1 · Client Petit/ })
      .getByRole('link')
      .click()
    await house.getByRole('heading', { name: /^Transfer / }).waitFor()
    // S2.21: it is the client's word, nobody of the house edits or clones it.
    await expect.poll(() => house.getByRole('button', { name: /^(Clone|Edit)/ }).count()).toBe(0)
    await house.getByRole('button', { name: 'Receive' }).click()
    await house.getByLabel('Scan').fill('NOTHING')
    await house.keyboard.press('Enter')
    await house.getByText('NOTHING is not on this transfer.').waitFor()
    for (let turn = 0; turn < 3; turn++) {
      await house.getByLabel('Scan').fill('CUP')
      await house.keyboard.press('Enter')
    }
    await house.getByLabel('Scan').fill('14006381333938')
    await house.keyboard.press('Enter')
    await house.getByText('+10 Green tea').waitFor()
    await expect.poll(() => house.getByLabel('Good, TEA').inputValue()).toBe('10')
    await house.getByLabel('Damaged, TEA').fill('1')
    await expectAccessible(house, 'receiving')
    await picture(house, 'transfer-receive')
    await house.getByRole('button', { name: 'Receive', exact: true }).click()
    await house.getByText('what you counted is in stock').waitFor()
    await house.getByRole('button', { name: 'Close short' }).click()
    await house.getByLabel('Reason').fill('One was not in the carton')
    await house.getByRole('dialog').getByRole('button', { name: 'Close short' }).click()
    await house.getByText('is closed').waitFor()
    await house.getByRole('button', { name: 'Confirm the differences' }).click()
    await house.getByText('The differences are confirmed.').waitFor()
    await house.locator('input[type=file]').setInputFiles({ name: 'carton.png', mimeType: 'image/png', buffer: dot })
    await shown(house.getByRole('img', { name: 'Photo 1' }))
    await expectAccessible(house, 'a transfer closed short')
    await picture(house, 'transfer-closed')
    const { rows } = await story.owner.query(
      `select p.sku, l.on_hand, l.quarantine, l.in_transit from stock.levels l join catalog.products p on p.id = l.product_id
        where l.warehouse_id = $1 order by p.sku`,
      [warehouses.main],
    )
    expect(rows).toEqual([
      { sku: 'CUP', on_hand: 3, quarantine: 0, in_transit: 0 },
      { sku: 'TEA', on_hand: 10, quarantine: 1, in_transit: 0 },
    ])

    await story.owner.query(
      "update identity.users set locale = 'fr' where id = (select user_id from access.members where id = $1)",
      [memberOf('P1')],
    )
    const small = await story.visitPortalAs('P1', phone)
    await small.goto('./transfers')
    await small.getByText('Clos incomplet').waitFor()
    expect(await small.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await small.getByRole('listitem').filter({ hasText: 'Clos incomplet' }).getByRole('link').click()
    await small.getByRole('heading', { name: /^Transfert / }).waitFor()
    await small.getByText('One was not in the carton').first().waitFor()
    await small.getByText('1 manquant · 1 endommagé', { exact: true }).waitFor()
    await shown(small.getByRole('img', { name: 'Photo 1' }))
    await expectAccessible(small, 'a transfer on a phone')
    await picture(small, 'portal-transfer-phone-french')
  })

  it('reads in the dark, and says when the list cannot be had', async () => {
    const page = await story.visitAs('A1', { colorScheme: 'dark' })
    await page.goto('/transfers/new')
    await page.getByRole('heading', { name: 'New stock transfer' }).waitFor()
    await expectAccessible(page, 'a new transfer of the house, in the dark')
    await picture(page, 'transfer-new-dark')
    await page.route('**/api/v1/transfers?*', (route) => route.fulfill({ status: 500, json: {} }))
    await page.goto('/transfers')
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    const viewer = await story.visitAs('C1')
    await viewer.goto('/transfers')
    await viewer.getByText('There is nothing here for you to see').waitFor()
  })
})
