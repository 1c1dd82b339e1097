import { describe, expect, it } from 'vitest'
import { memberOf, parties, stores } from '../server/src/testing/cast.ts'
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

  it('34 every record with a page has its history: a product, a supplier, a user, a role, and the part of a supplier', async () => {
    const product = (await story.as('A1', 'POST /products', { sku: 'HIS-1', name: 'Old name' })).body
    const change = { name: 'New name', price: { micros: 12_500_000, currency: 'EUR' } }
    await story.as('A1', `PATCH /products/${product.id}`, change, { 'if-match': `"${product.version}"` })
    const { rows } = await story.owner.query("select id from orders.orders where number = 'AUD-1'")
    await story.as('A1', `POST /orders/${rows[0].id}/assign`, { supplierId: parties.S1.id })
    const part = (await story.owner.query('select id from fulfillment.fulfillment_orders')).rows[0].id
    await story.as('S1', `POST /queue/${part}/accept`, {})
    const page = await story.visitAs('A1')
    const look = async (what: string, picked: string) => {
      const region = page.getByRole('region', { name: 'History of changes' })
      await region.getByRole('button', { name: 'Show' }).click()
      await region.getByText(picked).first().waitFor()
      await expectAccessible(page, `the history of ${what}`)
      await picture(page, `audit-on-${what}`)
    }
    await page.goto('/products')
    await page.getByText('New name').first().click()
    await look('product', 'A1: Changed a product')
    await page.goto(`/settings/users?open=${memberOf('C1')}`)
    await page.getByRole('region', { name: 'C1' }).waitFor()
    await page.getByRole('region', { name: 'History of changes' }).getByRole('button', { name: 'Show' }).click()
    await page.getByText('Nothing is recorded here.').waitFor()
    expect(await page.getByRole('row', { name: /Ka/ }).count()).toBe(0)
    const supplier = await story.visitAs('S1', { viewport: { width: 390, height: 844 } })
    await supplier.goto('/queue?view=to_ship')
    await supplier.getByRole('button', { name: /^More about/ }).click()
    await supplier.getByRole('menuitem', { name: 'History of changes' }).click()
    await supplier.getByText(/^S1: /).waitFor()
    expect(await supplier.getByText(/A1: /).count()).toBe(0)
    await expectAccessible(supplier, 'the history of a part')
    await picture(supplier, 'audit-on-queue-phone')
  })

  it('reads in French, in the dark and on a phone', async () => {
    await story.owner.query(
      "update identity.users set locale = 'fr' where id = (select user_id from access.members where id = $1)",
      [memberOf('A1')],
    )
    const looks = { colorScheme: 'dark', locale: 'fr-FR' } as const
    const wide = await story.visitAs('A1', looks)
    await wide.goto('/settings/audit')
    await wide.getByRole('row', { name: /A modifié une commande/ }).waitFor()
    await wide.getByRole('row', { name: /A modifié un produit/ }).click()
    await wide.getByRole('region', { name: 'A modifié un produit' }).waitFor()
    await picture(wide, 'audit-french-dark')
    const phone = await story.visitAs('A1', { ...looks, viewport: { width: 390, height: 844 } })
    await phone.goto('/settings/audit')
    await phone.getByRole('row', { name: /A modifié une commande/ }).waitFor()
    await expectAccessible(phone, 'the audit log on a phone')
    await picture(phone, 'audit-french-dark-phone')
    await phone.getByRole('row', { name: /A modifié un produit/ }).click()
    await phone.getByRole('region', { name: 'A modifié un produit' }).waitFor()
    await picture(phone, 'audit-entry-french-dark-phone')
    await story.owner.query(
      "update identity.users set locale = 'en' where id = (select user_id from access.members where id = $1)",
      [memberOf('A1')],
    )
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
