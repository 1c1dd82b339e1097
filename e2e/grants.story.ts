import { describe, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { memberOf, stores } from '../server/src/testing/cast.ts'
import { bringIn } from '../server/src/testing/people.ts'
import { orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('grants in the browser', () => {
  const story = useStory()

  it('S1.30 an access is narrowed beside the list, and what that means is shown before it is saved', async () => {
    const orders = ['1', '2', '3'].map((number) => orderDraft(number))
    await story.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: orders.slice(0, 2) }))
    await story.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: orders.slice(2) }))
    await bringIn(story, { email: 'nora@example.com' })
    const page = await story.visitAs('A1')
    await page.goto('/settings/users?q=nora')
    await page.getByRole('row', { name: /nora@example/ }).click()
    const panel = page.getByRole('region', { name: 'Nora Quist' })
    await panel.getByRole('button', { name: 'Change role and access' }).click()
    await panel.getByLabel('Stores').first().click()
    await page.getByRole('option', { name: 'Store a' }).click()
    await page.keyboard.press('Escape')
    await panel.getByText('1 order fewer').waitFor()
    await panel.getByLabel('Role', { exact: true }).click()
    await page.getByRole('option', { name: 'Full access' }).click()
    await panel.getByText(/^Added: .*what the buyer paid/).waitFor()
    await panel.getByLabel('Last day').fill('2998-12-31')
    await panel.getByLabel('Only at certain hours').check()
    await expectAccessible(page, 'grant')
    await picture(page, 'grant-edit')
    await panel.getByLabel('Only at certain hours').uncheck()
    await panel.getByRole('button', { name: 'Save the access' }).click()
    await page.getByText('The access of Nora Quist is changed. It counts at once.').waitFor()
    await panel.getByText('Stores: Store a').waitFor()
    await panel.getByText('Until 12/31/2998').waitFor()
    await picture(page, 'grant-saved')
  })

  it('S2.9 the access of a client’s user is changed here too, before his first day as well', async () => {
    await story.owner.query("update access.members set valid_from = now() + interval '30 days' where id = $1", [
      memberOf('P1'),
    ])
    const page = await story.visitAs('A1')
    await page.goto('/settings/users?q=p1')
    await page.getByRole('row', { name: /Client Petit/ }).click()
    const panel = page.getByRole('region', { name: 'P1', exact: true })
    await panel.getByRole('button', { name: 'Change role and access' }).click()
    await panel.getByLabel('Role', { exact: true }).click()
    await page.getByRole('option', { name: /viewer/ }).click()
    await panel.getByRole('button', { name: 'Save the access' }).click()
    await page.getByText('The access of P1 is changed. It counts at once.').waitFor()
  })

  it('S1.22 temporary staff come from a pasted list and are ended together', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/users')
    await page.getByRole('button', { name: 'Add temporary staff' }).click()
    const form = page.getByRole('region', { name: 'Add temporary staff' })
    await form.getByLabel('Name of the batch').fill('Peak')
    await form.getByLabel('People').fill('Ann Berg <ann@peak.example>\nbob@peak.example;Bob\nnora@example.com\nnobody')
    await form.getByText('2 people to invite').waitFor()
    await form.getByText('already a user').waitFor()
    await form.getByRole('button', { name: 'Invite them' }).click()
    await form.getByText('Fill this in.').waitFor()
    await form.getByLabel('Last day').fill('2998-12-31')
    await expectAccessible(page, 'batch')
    await picture(page, 'grant-batch')
    await form.getByRole('button', { name: 'Invite them' }).click()
    await page.getByText('2 people are invited as “Peak”.').waitFor()
    await page.goto('/settings/users?batch=Peak')
    await page.getByRole('row', { name: /ann@peak/ }).click()
    await page.getByRole('button', { name: 'Deactivate the whole batch' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate all' }).click()
    await page.getByText('0 deactivated, 2 invitations revoked.').waitFor()
  })

  it('S1.22 whoever comes outside of his hours is told so', async () => {
    const cookie = await bringIn(story, { email: 'late@example.com' })
    await story.owner.query("update access.members set hours = '[]' where email = 'late@example.com'")
    const page = await story.visit()
    await page.context().addCookies([{ name: 'crossdock_session', value: cookie.split('=')[1]!, url: story.url }])
    await page.goto('/orders')
    await page.getByRole('heading', { name: 'This is outside your working hours' }).waitFor()
    await expectAccessible(page, 'outside hours')
    await picture(page, 'outside-hours')
  })

  it('reads in French, in the dark and on a phone', async () => {
    const french = { locale: 'fr-FR', colorScheme: 'dark' } as const
    for (const [name, options] of [
      ['french-dark', french],
      ['french-phone', { ...french, ...phone }],
    ] as const) {
      const page = await story.visitAs('A1', options)
      await page.addInitScript(() => localStorage.setItem('crossdock.language', 'fr'))
      await page.goto('/settings/users?invite=batch')
      await page.getByRole('heading', { name: 'Ajouter des intérimaires' }).first().waitFor()
      await expectAccessible(page, `batch ${name}`)
      await picture(page, `grant-batch-${name}`)
      await page.goto('/settings/users?q=nora')
      await page.getByRole('row', { name: /nora@example/ }).click()
      await page.getByRole('button', { name: 'Modifier le rôle et l’accès' }).click()
      await page.getByText('Rien : l’accès est le même.').waitFor()
      await page.getByLabel('Dernier jour').fill('2020-01-01')
      await page.getByText('Ce jour est passé.').waitFor()
      await expectAccessible(page, `grant ${name}`)
      await picture(page, `grant-edit-${name}`)
    }
  })
})
