import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { portal, stores } from '../server/src/testing/cast.ts'
import { password } from '../server/src/testing/people.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('clients in the browser', () => {
  const story = useStory()

  it('S2.1 S2.8 S2.10 a client is made, gets a store, and its user is invited, comes in by the link, and sees the orders', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/orders')
    await page.getByRole('link', { name: 'Clients' }).click()
    await page.getByRole('link', { name: 'Client Petit' }).waitFor()
    await expectAccessible(page, 'clients')
    await picture(page, 'clients')
    await page.getByRole('button', { name: 'New client' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Name').fill('Maison Verte')
    await form.getByLabel('Language').click()
    await page.getByRole('option', { name: 'Français' }).click()
    await expectAccessible(page, 'new client')
    await form.getByRole('button', { name: 'Create client' }).click()

    await page.getByLabel('Name of the store').fill('Verte shop')
    await page.getByRole('button', { name: 'Create store' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Verte shop' }).waitFor()
    await expectAccessible(page, 'client stores')
    await picture(page, 'client-stores')
    const { rows } = await story.owner.query("select id from channels.stores where name = 'Verte shop'")
    const numbers = ['V-1', 'V-2'].map((number) => orderDraft(number))
    await story.work('A1', (tx) => addOrders(tx, { storeId: rows[0].id, orders: numbers }))

    await page.getByRole('link', { name: 'Portal users' }).click()
    await page.getByText('Nobody of this client is in the portal yet').waitFor()
    await page.getByRole('button', { name: 'Invite a portal user' }).first().click()
    await form.getByLabel('E-mail').fill('camille@verte.example')
    await form.getByRole('button', { name: 'Send the invitation' }).click()
    await form.getByText('Choose at least one.').waitFor()
    await form.getByLabel('Warehouses').click()
    await page.getByRole('option', { name: 'Main warehouse' }).click()
    await page.keyboard.press('Escape')
    await form.getByText('2 more orders').waitFor()
    await expectAccessible(page, 'invite a portal user')
    await picture(page, 'client-invite')
    await form.getByRole('button', { name: 'Send the invitation' }).click()
    await page
      .getByRole('row', { name: /camille@verte/ })
      .getByText('Invited')
      .waitFor()
    await expectAccessible(page, 'portal users')
    await picture(page, 'client-users')

    await page.getByRole('link', { name: 'See it in the outbox' }).click()
    await page.getByRole('button', { name: 'Reveal link' }).click()
    const link = await page.getByLabel('Link for camille@verte.example').inputValue()
    expect(link).toContain(portal.base)
    const visitor = await story.visit({ ...phone, locale: 'fr-FR' })
    await visitor.goto(link)
    await visitor.getByRole('heading', { name: 'Rejoindre Aster Goods' }).waitFor()
    await picture(visitor, 'client-invitation-phone')
    await visitor.getByLabel('Votre nom').fill('Camille')
    await visitor.getByLabel('Nouveau mot de passe').fill(password)
    await visitor.getByRole('button', { name: 'Accepter l’invitation' }).click()
    await visitor.getByRole('heading', { name: 'Maison Verte' }).waitFor()
    await visitor.getByRole('link', { name: 'Commandes' }).first().click()
    await visitor.getByText('V-2').first().waitFor()
    await picture(visitor, 'client-arrived-phone')
  })

  it('S2.9 S2.15 an access is changed with what it means; a colleague is asked for and invited by one click', async () => {
    await story.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [orderDraft('P-1')] }))
    const asker = await story.visitPortalAs('P1', phone)
    await asker.goto('colleagues')
    await asker.getByRole('button', { name: 'Ask for a colleague' }).first().click()
    const ask = asker.getByRole('dialog')
    await ask.getByLabel('E-mail').fill('colleague@petit.example')
    await expectAccessible(asker, 'ask for a colleague')
    await picture(asker, 'colleagues-ask-phone')
    await ask.getByRole('button', { name: 'Ask', exact: true }).click()
    await asker.getByText('Waiting').waitFor()
    await expectAccessible(asker, 'colleagues')
    await picture(asker, 'colleagues-phone')

    const page = await story.visitAs('A1', { colorScheme: 'dark' })
    await page.goto('/clients')
    await page
      .getByRole('row', { name: /Client Petit/ })
      .getByText('Asks for a colleague')
      .waitFor()
    await page.getByRole('link', { name: 'Client Petit' }).click()
    await page.getByText('Its people may hold orders and ask for changes').waitFor()
    await expectAccessible(page, 'client')
    await picture(page, 'client-dark')
    await page.getByRole('link', { name: /^Requests/ }).click()
    await page.getByRole('button', { name: 'Approve and invite' }).waitFor()
    await expectAccessible(page, 'client requests')
    await picture(page, 'client-requests-dark')
    await page.getByRole('button', { name: 'Approve and invite' }).click()
    await page.getByText('Approved').waitFor()
    await page.getByRole('link', { name: 'Portal users' }).click()
    await page
      .getByRole('row', { name: /colleague@petit/ })
      .getByText('Invited')
      .waitFor()
    await page.getByRole('button', { name: 'P1', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Role', { exact: true }).click()
    await page.getByRole('option', { name: 'Client viewer' }).click()
    await dialog.getByText(/permissions? fewer/).waitFor()
    await expectAccessible(page, 'portal user')
    await picture(page, 'client-user-dark')
    await dialog.getByRole('button', { name: 'Save the access' }).click()
    await page.getByText('The access of P1 is changed. It counts at once.').waitFor()
    expect((await story.as('P1', 'GET /portal/user-requests')).status).toBe(403)
  })

  it('reads in French on a phone, and says who may not', async () => {
    const french = await story.visitAs('A1', { ...phone, locale: 'fr-FR' })
    await french.addInitScript(() => localStorage.setItem('crossdock.language', 'fr'))
    for (const [path, name] of [
      ['/clients', 'clients'],
      [
        `/clients/${(await story.owner.query("select id from access.parties where name = 'Client Petit'")).rows[0].id}?tab=users`,
        'client-users',
      ],
    ] as const) {
      await french.goto(path)
      await french.getByText('Client Petit').first().waitFor()
      await expectAccessible(french, name)
      await picture(french, `french-${name}-phone`)
      expect(await french.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    }
    const refused = await story.visitAs('C1')
    await refused.goto('/clients')
    await refused
      .getByRole('heading', { name: /not|no/i })
      .first()
      .waitFor()
    await picture(refused, 'clients-refused')
  })
})
