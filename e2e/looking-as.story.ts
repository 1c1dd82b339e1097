import { describe, expect, it } from 'vitest'
import { assignLines } from '../server/src/fulfillment/index.ts'
import { sql } from '../server/src/kernel/db/sql.ts'
import { addOrders } from '../server/src/orders/index.ts'
import { memberOf, parties, stores } from '../server/src/testing/cast.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('people, what they see, and looking as them', () => {
  const story = useStory()
  const layOut = () =>
    story.work('A1', async (tx) => {
      const made = await addOrders(tx, { storeId: stores.a, orders: [orderDraft('10248'), orderDraft('10249')] })
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${made.get('10248')!}`)
      await assignLines(tx, { lines, to: { supplierId: parties.S1.id } })
    })

  it('the administrator reads what customer service of one store can see', async () => {
    await layOut()
    const page = await story.visitAs('A1')
    await page.goto('/settings/users')
    await page.getByRole('row', { name: /C1s/ }).getByText('Stores: Store a').waitFor()
    await picture(page, 'people-list')
    await page.getByRole('row', { name: /C1s/ }).click()
    const panel = page.getByRole('region', { name: 'C1s', exact: true })
    await panel.getByRole('button', { name: 'Show' }).first().click()
    await panel.getByText('From the role Customer service.').waitFor()
    expect(await panel.getByRole('definition').filter({ hasText: /^2$/ }).count()).toBeGreaterThan(0)
    await panel.getByText('Costs of products not seen').waitFor()
    await expectAccessible(page, 'sight')
    await picture(page, 'people-sight')
  })

  it('S2.15 he looks as a supplier whose people are not invited yet, changes nothing, and leaves by Escape twice', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await story.visitAs('A1', { colorScheme: scheme })
      await page.goto('/settings/users?view=yes')
      const form = page.getByRole('region', { name: 'View as' })
      await form.getByLabel('Role').click()
      await page.getByRole('option', { name: 'Supplier manager' }).click()
      await form.getByLabel('Supplier').click()
      await page.getByRole('option', { name: 'Exotic Liquids' }).click()
      await picture(page, `view-as-panel-${scheme}`)
      await form.getByRole('button', { name: 'View as this role' }).click()
      await page.getByText('You are looking as Supplier manager · Exotic Liquids').waitFor()
      await page.getByRole('heading', { name: 'To ship', exact: true }).waitFor()
      await page.getByText('10248').first().waitFor()
      expect(await page.getByRole('button', { name: /^(Accept|Reject|Ship)/ }).count()).toBe(0)
      await expectAccessible(page, `view of a supplier ${scheme}`)
      await picture(page, `view-as-supplier-${scheme}`)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { name: 'Users', exact: true }).waitFor()
      expect(await page.getByText('You are looking as').count()).toBe(0)
    }
  })

  it('he looks as one of customer service; when that one is deactivated the view ends and the page says so', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await story.visitAs('A1', { colorScheme: scheme })
      await page.goto(`/settings/users?open=${memberOf('C1s')}`)
      await page.getByRole('button', { name: 'View as C1s' }).click()
      await page.getByText('You are looking as C1s · Customer service').waitFor()
      await page.getByText('Stores: Store a').waitFor()
      await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
      expect(await page.getByRole('link', { name: 'Products' }).count()).toBe(0)
      await expectAccessible(page, `view of customer service ${scheme}`)
      await picture(page, `view-as-service-${scheme}`)
      if (scheme === 'light') await page.getByRole('button', { name: /Exit/ }).click()
      else {
        await story.owner.query('update access.members set deactivated_at = now() where id = $1', [memberOf('C1s')])
        await page.getByRole('searchbox').fill('anything')
        await page.getByText('The view has ended. You are yourself again.').waitFor()
      }
      await page.getByRole('heading', { name: 'Users', exact: true }).waitFor()
    }
  })

  it('who is refused a page asks for access, and finds the answer under his permissions', async () => {
    const page = await story.visitAs('C1')
    await page.goto('/products')
    await page.getByRole('heading', { name: 'There is nothing here for you to see' }).waitFor()
    await page.getByRole('link', { name: 'Ask for access' }).click()
    await page.getByText('It will name the page you came from: /products').waitFor()
    await page.getByRole('combobox', { name: 'What you need' }).click()
    await page.getByRole('option', { name: 'See products', exact: true }).click()
    await page.getByLabel('What for').fill('Customers ask for sizes')
    await expectAccessible(page, 'my permissions')
    await picture(page, 'my-permissions')
    await page.getByRole('button', { name: 'Send the request' }).click()
    await page.getByText('Waiting for an answer').waitFor()

    const admin = await story.visitAs('A1')
    await admin.goto('/settings/users')
    await admin.getByRole('link', { name: 'Access requests 1' }).click()
    await admin.getByText('Customers ask for sizes').waitFor()
    await expectAccessible(admin, 'access requests')
    await picture(admin, 'access-requests')
    await admin.getByRole('main').getByRole('link', { name: 'C1', exact: true }).click()
    const panel = admin.getByRole('region', { name: 'C1', exact: true })
    await panel.getByText(/Proposed: one of the roles/).waitFor()
    await picture(admin, 'access-request-answer')
    await panel.getByLabel('Your answer').fill('Ask the warehouse instead.')
    await panel.getByRole('button', { name: 'Refuse', exact: true }).click()
    await admin.getByText('Answered: the person finds it under My permissions.').waitFor()
    await page.reload()
    await page.getByText('Ask the warehouse instead.').waitFor()
  })

  it('a page that is open follows when rights change, without an error', async () => {
    const page = await story.visitAs('F1')
    await page.goto('/orders')
    await page.getByRole('link', { name: 'Products' }).click()
    await page.getByRole('heading', { name: 'Products', exact: true }).waitFor()
    await story.owner.query(
      `update access.members m set role_id = r.id from access.roles r
        where m.id = $1 and r.account_id = m.account_id and r.slug = 'customer-service'`,
      [memberOf('F1')],
    )
    await page.getByRole('searchbox').fill('tea')
    await page.getByRole('heading', { name: 'There is nothing here for you to see' }).waitFor()
    await page.getByRole('link', { name: 'Products' }).waitFor({ state: 'detached' })
    await picture(page, 'rights-changed')
  })

  it('reads in French, in the dark and on a phone', async () => {
    const page = await story.visitAs('A1', {
      locale: 'fr-FR',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    })
    await page.addInitScript(() => localStorage.setItem('crossdock.language', 'fr'))
    await page.goto(`/settings/users?open=${memberOf('W1')}`)
    await page.getByRole('button', { name: 'Afficher' }).first().click()
    await page.getByText('Nom et adresse du destinataire').waitFor()
    await expectAccessible(page, 'sight in French')
    await picture(page, 'people-sight-fr-phone')
    await page.getByRole('button', { name: 'Voir comme W1' }).click()
    await page.getByText('Vous voyez comme W1').waitFor()
    await expectAccessible(page, 'view in French')
    await picture(page, 'view-as-fr-phone')
    await page.getByRole('button', { name: /Quitter/ }).click()
    await page.getByRole('heading', { name: 'Utilisateurs' }).waitFor()
    await page.goto('/settings/access')
    await page.getByRole('heading', { name: 'Mes droits' }).waitFor()
    await expectAccessible(page, 'my permissions in French')
    await picture(page, 'my-permissions-fr-phone')
  })
})
