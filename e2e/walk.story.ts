import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { hashToken, mintLinkToken } from '../server/src/kernel/tokens.ts'
import { expectAccessible, picture, useStory } from './story.ts'
import {
  answerInPart,
  checkFile,
  createAccount,
  exportTagged,
  focusByTab,
  importFile,
  inviteAndReveal,
  lookAround,
  openOrder,
  password,
  pasteTracking,
  printSlip,
  run,
  shipByHand,
} from './walk-steps.ts'

const phone = { viewport: { width: 390, height: 844 }, locale: 'fr-FR' }
const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)

/** The main job on real orders, by people new to the pages; each step goes on where the last one ended. */
describe('the walk, in the browser', () => {
  const story = useStory()
  let administrator: Page
  let supplier: Page
  let agent: Page
  const row = (page: Page, name: RegExp) => page.getByRole('row', { name }).first()
  const part = (number: string) => supplier.getByRole('listitem', { name: number, exact: true })

  it('1. the one-time link of the console makes an account', async () => {
    const token = mintLinkToken()
    await story.owner.query(
      "insert into identity.one_time_tokens (token_hash, purpose, expires_at) values ($1, 'create-account', now() + interval '1 day')",
      [hashToken(token)],
    )
    const page = await story.visit()
    administrator = page
    await createAccount(page, token)
    await page.getByRole('heading', { name: 'No orders yet' }).waitFor()
    await expectAccessible(page, 'orders, empty')
    await picture(page, 'walk-empty')
  })

  it('2. products and orders come in from other people’s files, and nothing twice', async () => {
    const page = administrator
    await page.getByRole('link', { name: 'Imports' }).click()
    await importFile(page, 'products', 'Import 77 products')
    await importFile(page, 'orders', 'Import 830 orders')
    await page.getByRole('link', { name: 'Show the orders' }).click()
    await page.getByText('830 orders').first().waitFor()
    await expectAccessible(page, 'orders')
    await picture(page, 'walk-orders')
    await checkFile(page, 'orders')
    await page.getByText('Nothing of it is new: there is nothing to import.').waitFor()
    expect(await page.getByRole('main').textContent()).toContain('There already830')
    await picture(page, 'walk-check-again')
  })

  it('3. S3.5 S3.28 the tags make 29 suppliers and their rules, which are run on what is there', async () => {
    const page = administrator
    await page.getByRole('link', { name: 'Suppliers' }).click()
    await page.getByRole('button', { name: 'Propose from tags' }).first().click()
    const create = page.getByRole('button', { name: 'Create 29 suppliers and 29 rules' })
    await create.waitFor()
    await expectAccessible(page, 'proposal')
    await picture(page, 'walk-proposal')
    await create.click()
    await row(page, /Pavlova, Ltd/).waitFor()
    await expectAccessible(page, 'suppliers')
    await picture(page, 'walk-suppliers')
    await page.getByRole('link', { name: 'Rules' }).click()
    await page.getByText('Pavlova, Ltd.').first().waitFor()
    await expectAccessible(page, 'rules')
    await picture(page, 'walk-rules')
    await run(page)

    await openOrder(page, '10248')
    const did = page.getByRole('region', { name: 'What rules did' })
    await did.getByText('assigned 10 × NW-042 to Leka Trading').waitFor()
    await did.getByText('assigned 12 × NW-011 to Cooperativa de Quesos').waitFor()
    await expectAccessible(page, 'order')
    await picture(page, 'walk-order')
  })

  it('4. S2.10 S3.24 a supplier user and a customer-service user set passwords that nobody else sees', async () => {
    const page = administrator
    const toSupplier = await inviteAndReveal(page, 'olga@pavlova.example', 'Supplier manager', 'Pavlova, Ltd.')
    const toAgent = await inviteAndReveal(page, 'carol@northwind.example', 'Customer service')

    supplier = await story.visit(phone)
    await supplier.goto(toSupplier)
    await supplier.getByLabel('Votre nom').fill('Olga Petrova')
    await supplier.getByLabel('Nouveau mot de passe').fill(password)
    await expectAccessible(supplier, 'invitation in French')
    await picture(supplier, 'walk-invitation-fr-390')
    await supplier.getByRole('button', { name: 'Accepter l’invitation' }).click()
    await supplier.getByRole('heading', { name: 'À expédier', exact: true }).waitFor()

    agent = await story.visit()
    await agent.goto(toAgent)
    await agent.getByLabel('Your name').fill('Carol Quist')
    await agent.getByLabel('New password').fill(password)
    await agent.getByRole('button', { name: 'Accept the invitation' }).click()
    await agent.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
  })

  it('5. S3.12 S3.13 S3.21 the supplier, in French on a phone, has exactly his lines: a part, a refusal, one and many', async () => {
    const page = supplier
    await page.getByRole('link', { name: 'Toutes 153' }).waitFor()
    await part('10255').getByText('35 ×').waitFor()
    await expectAccessible(page, 'queue to answer, French')
    await picture(page, 'walk-queue-fr-390')
    await printSlip(page, part('10255'))
    await answerInPart(page, part('10255'), 'Pavlova')
    for (const number of ['10260', '10263']) {
      await part(number).getByRole('button', { name: 'Accepter', exact: true }).click()
      await part(number).waitFor({ state: 'detached' })
    }
    await page.getByRole('link', { name: /^À expédier/ }).click()
    await part('10255').getByText('Rupture de stock').waitFor()
    const desk = await story.visit({ storageState: await page.context().storageState() })
    await desk.addInitScript(() => localStorage.setItem('crossdock.language', 'en'))
    await desk.goto('/queue?view=to_ship')
    await desk.getByLabel('Carrier').first().waitFor()
    await expectAccessible(desk, 'queue at a desk')
    await picture(desk, 'walk-queue')
    await part('10255').getByLabel('Transporteur').fill('DHL')
    await part('10255').getByLabel('Numéro de suivi').fill('WALK-1')
    await expectAccessible(page, 'queue to ship, French')
    await picture(page, 'walk-queue-ship-fr-390')
    await part('10255').getByRole('button', { name: 'Marquer comme expédiée' }).click()
    await part('10255').waitFor({ state: 'detached' })
    await pasteTracking(page, '10260\tWALK-2\n10263\tWALK-3')
    await page.keyboard.press('Escape')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await page.getByRole('main').textContent()).not.toMatch(/[$€]/)
  })

  it('6. S3.20 the merchant finds it by tracking, partially shipped, with who did what', async () => {
    const page = administrator
    await page.goto('/orders')
    await page.getByRole('searchbox').fill('walk-1')
    await page.getByText('1 order', { exact: true }).waitFor()
    await row(page, /10255/).click()
    const panel = page.getByRole('region', { name: 'Order 10255' })
    await panel.getByText('Partially shipped').first().waitFor()
    await panel.getByText('Olga Petrova · Pavlova, Ltd.').first().waitFor()
    await panel.getByText('WALK-1').first().waitFor()
    await expectAccessible(page, 'order, partially shipped')
    await picture(page, 'walk-tracked')
  })

  it('7. S1.12-S1.17 customer service finds, corrects, holds, releases, comments; no amount anywhere', async () => {
    const page = agent
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents()).toEqual(['Orders'])
    await page.getByRole('searchbox').fill('chevalier')
    await row(page, /10248/).waitFor()
    await expectAccessible(page, 'orders, customer service')
    await picture(page, 'walk-agent')
    expect(await page.getByRole('main').textContent()).not.toMatch(/[$€]/)
    await row(page, /10248/).click()
    const panel = page.getByRole('region', { name: 'Order 10248' })
    await panel.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('dialog').getByLabel('Street').fill('1 rue Neuve')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await panel.getByText('1 rue Neuve').waitFor()
    await panel.getByRole('button', { name: 'Hold' }).click()
    await page.getByLabel('Reason').fill('The buyer calls back')
    await page.getByLabel('Until').fill(inThreeDays)
    await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click()
    await panel.getByText('On hold').first().waitFor()
    await panel.getByRole('button', { name: 'Release' }).click()
    await panel.getByText('Carol Quist released the order').waitFor()
    await panel.getByLabel('Internal comment').fill('Address corrected on the phone')
    await panel.getByRole('button', { name: 'Comment' }).click()
    await panel.getByRole('listitem').filter({ hasText: 'Address corrected' }).first().waitFor()
    await picture(page, 'walk-agent-order')
    expect(await page.getByRole('main').textContent()).not.toMatch(/[$€]/)
  })

  it('8. S3.17 S3.18 S1.22 filters by product tag, exports, ships by hand, deactivates', async () => {
    const page = administrator
    await exportTagged(page, 'supplier:Pavlova, Ltd.', '153 orders')
    await openOrder(page, '10249')
    await shipByHand(page, [/Mayumi/, /Mate/])
    await page.getByRole('main').getByText('Shipped', { exact: true }).first().waitFor()
    await picture(page, 'walk-shipped')

    await page.goto('/orders?sort=placed')
    await row(page, /10255/).click()
    await page.getByRole('region', { name: 'Order 10255' }).getByText('WALK-1').first().waitFor()
    await picture(page, 'walk-list')

    await page.goto('/settings/users?q=olga')
    await row(page, /olga@/).click()
    await page.getByRole('region', { name: 'Olga Petrova' }).getByRole('button', { name: 'Deactivate' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('Olga Petrova is deactivated.').waitFor()
    await supplier.getByRole('link', { name: /^Expédiée/ }).click()
    await supplier.getByRole('heading', { name: 'Se connecter' }).waitFor()
    await supplier.getByText('Votre session a pris fin').waitFor()
    await expectAccessible(supplier, 'sign-in, session ended')
    await picture(supplier, 'walk-ended-fr-390')
  })

  it('9. the list, an order and a hold by keyboard alone', async () => {
    const page = agent
    await page.goto('/orders')
    await row(page, /11077/).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: 'Order 11077' })
    await focusByTab(page, panel.getByRole('button', { name: 'Hold' }))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('Asked to wait')
    await page.keyboard.press('Control+Enter')
    await panel.getByText('On hold').first().waitFor()
    // While the form is on its way out, an Escape is still its own.
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  it('10. the language is switched in the page and remembered; everything reads in French and in the dark', async () => {
    const page = administrator
    await page.goto('/orders')
    await page.getByRole('button', { name: 'Account of Nancy Davolio' }).click()
    await page.getByText('Français', { exact: true }).click()
    await page.getByRole('heading', { name: 'Commandes', exact: true }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Commandes', exact: true }).waitFor()
    const dark = await story.visit({
      storageState: await page.context().storageState(),
      colorScheme: 'dark',
      locale: 'fr-FR',
    })
    await lookAround(dark, '/orders /imports /products /suppliers /rules /settings/users /settings/outbox')
    await dark.goto('/imports')
    await dark.getByRole('link', { name: 'orders-flat.csv' }).first().click()
    await dark.getByRole('heading', { name: 'orders-flat.csv' }).waitFor()
    const draft = new URL(dark.url()).pathname
    await lookAround(dark, `${draft}?step=match ${draft}?step=check`)
    await dark.goto('/orders?q=10255')
    await row(dark, /10255/).click()
    await dark.getByRole('link', { name: 'Ouvrir la page entière' }).click()
    await dark.getByRole('heading', { name: 'Commande 10255' }).waitFor()
    await lookAround(dark, new URL(dark.url()).pathname)
  })
})
