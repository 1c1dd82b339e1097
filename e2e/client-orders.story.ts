import { describe, expect, it } from 'vitest'
import { assignLines, shipFulfillmentOrder } from '../server/src/fulfillment/index.ts'
import { sql } from '../server/src/kernel/db/sql.ts'
import { addOrders } from '../server/src/orders/index.ts'
import { accounts, emailOf, stores, warehouses } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('a client with his orders, on a phone and in French', () => {
  const story = useStory()

  it('S2.13 S2.17 S2.18 D14 sees how it stands, tags, comments, holds and asks; the host sees whose it is and answers', async () => {
    const made = await story.work('A1', (tx) =>
      addOrders(tx, {
        storeId: stores.a,
        orders: ['CMD-1', 'CMD-2', 'CMD-3'].map((number) =>
          orderDraft(number, { lines: [line('NW-011', 2, 14_000_000)] }),
        ),
      }),
    )
    const id = made.get('CMD-1')!
    const speaks = (locale: string) =>
      story.owner.query('update identity.users set locale = $2 where email = $1', [emailOf('P1'), locale])
    await speaks('fr')
    await story.as('A1', `POST /orders/${id}/comments`, { text: 'Only for us', visibility: 'internal' })
    await story.as('A1', `POST /orders/${id}/comments`, { text: 'Bonjour, elle part demain.', visibility: 'client' })

    const phone = await story.visitPortalAs('P1', { viewport: { width: 390, height: 844 } })
    await phone.goto('orders')
    const row = phone.getByRole('listitem').filter({ hasText: 'CMD-1' })
    await row.getByText('1 commentaire non lu').waitFor()
    await picture(phone, 'portal-orders-fr-390')
    await expectAccessible(phone, 'portal orders')
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await row.getByRole('link', { name: 'CMD-1' }).click()
    await phone.getByText('Bonjour, elle part demain.').waitFor()
    await phone.getByText(accounts.one.name).first().waitFor()
    expect(await phone.getByText('Only for us').count()).toBe(0)
    await phone.getByLabel('Votre commentaire').fill('Merci ! Un ruban rouge, s’il vous plaît.')
    await phone.getByRole('button', { name: 'Commenter' }).click()
    await phone.getByText('Un ruban rouge').waitFor()
    await phone.getByRole('combobox', { name: 'Tags de la commande CMD-1' }).fill('cadeau')
    await phone.keyboard.press('Enter')
    await phone.getByText('cadeau').first().waitFor()
    await phone.getByRole('button', { name: 'Demander l’annulation' }).click()
    const dialog = phone.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Commandée deux fois')
    await picture(phone, 'portal-ask-fr-390')
    await dialog.getByRole('button', { name: 'Demander l’annulation' }).click()
    await phone.getByText('Commandée deux fois').first().waitFor()
    await picture(phone, 'portal-order-fr-390')
    await expectAccessible(phone, 'portal order')

    const desk = await story.visitAs('A1')
    await desk.goto('/orders')
    await desk.getByText('1 unread comment').waitFor()
    await desk.goto(`/orders/${id}`)
    await desk.getByText('Tag of the client:').waitFor()
    await desk.getByText('P1 · Client Petit').first().waitFor()
    await picture(desk, 'order-with-client')
    await expectAccessible(desk, 'order with what a client wrote')
    await desk.getByRole('button', { name: 'Refuse' }).click()
    await desk.getByLabel('Why').fill('Déjà emballée.')
    await desk.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click()
    await desk.getByText('The request is refused.').waitFor()

    const part = await story.work('A1', async (tx) => {
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${id}`)
      return (await assignLines(tx, { lines, to: { warehouseId: warehouses.north } }))[0]!.fulfillmentOrderId
    })
    await story.work('A1', (tx) => shipFulfillmentOrder(tx, part, { carrier: 'La Poste', trackingNumber: '8L0042' }))
    await phone.reload()
    await phone.getByText('Expédiée').first().waitFor()
    await phone.getByText('8L0042').first().waitFor()
    await phone.getByText('un autre entrepôt').waitFor()
    await phone.getByText('Déjà emballée.').first().waitFor()
    await phone.getByRole('button', { name: 'Demander un retour' }).click()
    await phone.getByRole('dialog').getByRole('textbox').fill('Arrivée cassée')
    await phone.getByRole('dialog').getByRole('button', { name: 'Demander un retour' }).click()
    await phone.getByText('Arrivée cassée').first().waitFor()
    await picture(phone, 'portal-order-shipped-fr-390')

    await speaks('en')
    const dark = await story.visitPortalAs('P1', { colorScheme: 'dark' })
    await dark.goto(`orders/${made.get('CMD-2')}`)
    await dark.getByRole('button', { name: 'Hold' }).click()
    await dark.getByRole('dialog').getByLabel('Reason').fill('Wrong colour')
    await dark.getByRole('dialog').getByRole('button', { name: 'Hold' }).click()
    await dark.getByText('Wrong colour').first().waitFor()
    await picture(dark, 'portal-order-held-dark')
    await expectAccessible(dark, 'portal order, dark')
    await dark.goto('orders?q=nothing')
    await dark.getByText('No order matches').waitFor()
    await dark.goto(`orders/${accounts.one.id}`)
    await dark.getByText('There is nothing here for you to see').waitFor()
  })
})
