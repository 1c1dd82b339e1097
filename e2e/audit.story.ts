import { describe, expect, it } from 'vitest'
import { memberOf, stores } from '../server/src/testing/cast.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('the audit log in the browser', () => {
  const story = useStory()

  it('the administrator finds who did what, old and new, and takes it out', async () => {
    const made = await story.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'AUD-1',
      contact: { email: 'old@example.com' },
      lines: [{ sku: 'S', quantity: 1 }],
    })
    const { id } = made.body
    await story.as('C1', `PATCH /orders/${id}`, { contact: { email: 'new@example.com' } }, { 'if-match': '"1"' })
    await story.as('V1', 'POST /products', { sku: 'NO', name: 'No' })
    const page = await story.visitAs('A1')
    await page.goto('/settings/audit')
    const edited = page.getByRole('row', { name: /Edited an order/ })
    await edited.getByText('Order AUD-1').waitFor()
    await expectAccessible(page, 'the audit log')
    await picture(page, 'audit')
    await edited.getByText('Edited an order').click()
    const panel = page.getByRole('region', { name: 'Edited an order' })
    await panel.getByText('old@example.com').waitFor()
    await panel.getByText('new@example.com').waitFor()
    await expectAccessible(page, 'an entry')
    await picture(page, 'audit-entry')
    await panel.getByRole('button', { name: 'All that was done to this record' }).click()
    await page.getByRole('row', { name: /Created an order/ }).waitFor()
    await expect.poll(() => page.getByRole('row').count()).toBe(3)
    await page.goto('/settings/audit?outcome=refused')
    await page.getByRole('row', { name: /createProduct/ }).waitFor()
    await page.goto('/settings/audit?action=order.cancelled')
    await page.getByText('No entry matches').waitFor()
    await picture(page, 'audit-none')
    const file = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    expect((await file).suggestedFilename()).toMatch(/^audit-log-.*\.csv$/)
    await page.getByText('Nothing is sealed yet').click()
    await page.getByText('audit verify').waitFor()

    await page.goto(`/orders/${id}`)
    await page.getByRole('region', { name: 'History of changes' }).getByRole('button', { name: 'Show' }).click()
    await page.getByText('C1: Edited an order').waitFor()
    await picture(page, 'audit-on-order')
  })

  it('customer service has the history on the order and no log, in French, in the dark, on a phone', async () => {
    const page = await story.visitAs('C1', {
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      locale: 'fr-FR',
    })
    await story.owner.query(
      "update identity.users set locale = 'fr' where id = (select user_id from access.members where id = $1)",
      [memberOf('C1')],
    )
    const { rows } = await story.owner.query("select id from orders.orders where number = 'AUD-1'")
    await page.goto(`/orders/${rows[0].id}`)
    await page
      .getByRole('region', { name: 'Historique des modifications' })
      .getByRole('button', { name: 'Afficher' })
      .click()
    await page.getByText('C1 : A modifié une commande').or(page.getByText('C1: A modifié une commande')).waitFor()
    await expectAccessible(page, 'history on a phone')
    await picture(page, 'audit-on-order-phone-dark')
    await page.goto('/settings/audit')
    await page.getByText('Il n’y a rien à voir ici').or(page.getByText(/rien/)).first().waitFor()
  })

  it('says what failed', async () => {
    const page = await story.visitAs('A1')
    await page.route('**/api/v1/audit?*', (route) => route.fulfill({ status: 500, body: '{}' }))
    await page.goto('/settings/audit')
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    await expectAccessible(page, 'the log that does not load')
    await picture(page, 'audit-error')
  })
})
