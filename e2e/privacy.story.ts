import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { stores } from '../server/src/testing/cast.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('privacy in the browser', () => {
  const story = useStory()
  const orderOf = async (number: string, name: string) => {
    const draft = orderDraft(number)
    const ids = await story.work('A1', (tx) =>
      addOrders(tx, {
        storeId: stores.a,
        orders: [
          {
            ...draft,
            recipient: { ...draft.recipient, name },
            contact: { email: `${name}@example.com`, phone: '0102030405' },
          },
        ],
      }),
    )
    return ids.get(number)!
  }

  it('227 the administrator finds a buyer, takes a copy, and erases him by a word; the neighbour stays', async () => {
    const gone = await orderOf('P-1', 'zoe')
    const open = await orderOf('P-2', 'zoe')
    const neighbour = await orderOf('P-3', 'bob')
    await story.as('A1', `POST /orders/${gone}/cancel`, { reason: 'changed her mind' })
    const page = await story.visitAs('A1')
    await page.goto('/settings/users')
    await page.getByRole('link', { name: 'Privacy' }).click()
    await page.getByText('Nobody was erased yet').waitFor()
    await expectAccessible(page, 'privacy')
    await picture(page, 'privacy')

    await page.getByRole('button', { name: 'Find the orders' }).click()
    await page.getByText('give an e-mail address').waitFor()
    await page.getByLabel('E-mail').fill('nobody@example.com')
    await page.getByRole('button', { name: 'Find the orders' }).click()
    await page.getByText('No order found').waitFor()
    await page.getByLabel('E-mail').fill('ZOE@example.com')
    await page.getByRole('button', { name: 'Find the orders' }).click()
    await page.getByRole('checkbox', { name: 'All of them belong to this buyer' }).check()
    await page.getByText('2 orders are chosen.').waitFor()
    await expectAccessible(page, 'found')
    await picture(page, 'privacy-found')

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export what is kept' }).click()
    const copy = await (await download).path()
    expect(await readFile(copy, 'utf8')).toContain('zoe@example.com')

    await page.getByRole('button', { name: 'Erase this buyer' }).click()
    const dialog = page.getByRole('dialog', { name: 'Erase this buyer' })
    await dialog.getByRole('button', { name: 'Erase this buyer' }).click()
    await dialog.getByText('Type the word as it stands there.').waitFor()
    await dialog.getByLabel('Type “erase” to go on').fill('erase')
    await dialog.getByRole('button', { name: 'Erase this buyer' }).click()
    await dialog.getByText('P-2 has not left yet').waitFor()
    await expectAccessible(page, 'refused')
    await picture(page, 'privacy-refused')
    await dialog.getByLabel('Orders that have not left (P-2)').check()
    await dialog.getByRole('button', { name: 'Erase this buyer' }).click()
    await story.drain()
    await page.getByText('The buyer is erased.').waitFor()
    await page.getByText('To be erased once they have left:').waitFor()
    await page.getByRole('region', { name: 'What was erased' }).getByRole('cell', { name: 'P-1' }).waitFor()
    await expectAccessible(page, 'erased')
    await picture(page, 'privacy-erased')

    await page.goto(`/orders/${gone}`)
    await page.getByText('Name and address removed on').waitFor()
    await picture(page, 'privacy-order')
    for (const [id, name] of [
      [open, 'zoe'],
      [neighbour, 'bob'],
    ] as const)
      expect((await story.as('A1', `GET /orders/${id}`)).body.recipient.name).toBe(name)
  })

  it('says how long it is kept, by supplier and store, and takes it back', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/privacy')
    const rules = page.getByRole('region', { name: 'Rules' })
    await rules.getByText('90 days').waitFor()
    await page.getByRole('button', { name: 'Add a rule' }).click()
    const form = page.getByRole('dialog', { name: 'Add a rule' })
    await form.getByLabel('Supplier', { exact: true }).click()
    await page.getByRole('option', { name: 'Exotic Liquids' }).click()
    await form.getByLabel('Days').fill('0')
    await form.getByRole('button', { name: 'Keep the rule' }).click()
    await form.getByText('Between 1 and 3650 days.').waitFor()
    await expectAccessible(page, 'retention')
    await picture(page, 'privacy-rule')
    await form.getByLabel('Days').fill('30')
    await form.getByRole('button', { name: 'Keep the rule' }).click()
    await rules.getByRole('cell', { name: 'Exotic Liquids' }).waitFor()
    await rules
      .getByRole('button', { name: /Remove the rule/ })
      .last()
      .click()
    await page.getByRole('button', { name: 'Remove the rule', exact: true }).click()
    await rules.getByRole('cell', { name: 'Exotic Liquids' }).waitFor({ state: 'detached' })
  })

  it('is nothing for customer service', async () => {
    const page = await story.visitAs('C1')
    await page.goto('/settings/privacy')
    await page.getByRole('heading', { name: 'There is nothing here for you to see' }).waitFor()
  })

  it('says that the server is away, and tries again', async () => {
    const page = await story.visitAs('A1')
    await page.route('**/api/v1/privacy/**', (route) => route.abort())
    await page.goto('/settings/privacy')
    await page.getByRole('button', { name: 'Try again' }).first().waitFor({ timeout: 30_000 })
    await picture(page, 'privacy-away')
  })

  it('reads in French, in the dark and on a phone', async () => {
    const page = await story.visitAs('A1', { locale: 'fr-FR', colorScheme: 'dark', ...phone })
    await page.addInitScript(() => localStorage.setItem('crossdock.language', 'fr'))
    await page.goto('/settings/privacy')
    await page.getByRole('heading', { name: 'Confidentialité' }).waitFor()
    await page.getByText('90 jours').waitFor()
    await page.getByLabel('E-mail').fill('bob@example.com')
    await page.getByRole('button', { name: 'Trouver les commandes' }).click()
    await page.getByRole('checkbox', { name: 'La commande P-3 est de cet acheteur' }).check()
    await expectAccessible(page, 'privacy on a phone')
    await picture(page, 'privacy-phone-dark-french')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await page.getByRole('button', { name: 'Effacer cet acheteur' }).click()
    await page.getByLabel('Tapez « effacer » pour continuer').waitFor()
    await expectAccessible(page, 'erase on a phone')
    await picture(page, 'privacy-phone-erase')
  })
})
