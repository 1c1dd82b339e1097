import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { addOrders } from '../server/src/orders/index.ts'
import { adjustStock } from '../server/src/stock/index.ts'
import { emailOf, parties, stores, warehouses } from '../server/src/testing/cast.ts'
import { line, orderDraft } from '../server/src/testing/scene.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const

describe('what the host did for a client, and looking at what the client sees', () => {
  const story = useStory()
  const speaks = (locale: string) =>
    story.owner.query('update identity.users set locale = $2 where email = $1', [emailOf('P1'), locale])
  const fits = async (page: Page) => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)

  it('S2.1 a client reads the statement of the month, and that of another one, in French on a phone in the dark', async () => {
    const tea = { sku: 'TEA', name: 'Green tea', clientId: parties.P1.id }
    const productId = (await story.as('A1', 'POST /products', tea)).body.id
    await story.work('A1', async (tx) => {
      await adjustStock(tx, { productId, by: 40, warehouseId: warehouses.main, reason: 'Opening' })
      await addOrders(tx, { storeId: stores.a, orders: [orderDraft('SO-1', { lines: [line('TEA', 2, 9_000_000)] })] })
    })
    const page = await story.visitPortalAs('P1')
    await page.goto('.')
    await page.getByRole('link', { name: 'Statements' }).click()
    await page.getByRole('region', { name: 'Figures by product' }).getByText('TEA', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Download CSV' }).waitFor()
    await expectAccessible(page, 'statement')
    await picture(page, 'portal-statement')
    await speaks('fr')
    const small = await story.visitPortalAs('P1', phone)
    await small.goto('statements')
    await small.getByRole('list', { name: 'Chiffres par produit' }).getByText('TEA', { exact: true }).waitFor()
    await expectAccessible(small, 'statement on a phone, dark, in French')
    await fits(small)
    await picture(small, 'portal-statement-fr-dark-390')
    await small.getByRole('combobox', { name: 'Mois' }).click()
    await small.getByRole('option').nth(1).click()
    await small.getByText('Rien n’a été reçu, expédié ni stocké ce mois-ci').waitFor()
    await expectAccessible(small, 'an empty statement')
  })

  it('D8 48 S2.15 a client lets the host look; it sees the client’s own pages and changes nothing; the client reads what was looked at', async () => {
    await speaks('fr')
    const client = await story.visitPortalAs('P1', phone)
    await client.goto('assist')
    await client.getByLabel('Que doit regarder l’hébergeur').fill('Ma commande SO-1')
    await expectAccessible(client, 'let the host look')
    await picture(client, 'portal-assist-allow-fr-dark-390')
    await client.getByRole('button', { name: 'Autoriser' }).click()
    await client.getByRole('button', { name: 'Y mettre fin maintenant' }).waitFor()

    const host = await story.visitAs('F1')
    await host.goto(`/clients/${parties.P1.id}`)
    await host.getByText('Ma commande SO-1').waitFor()
    await host.getByRole('button', { name: 'Look', exact: true }).click()
    await host.getByText('You are looking as P1').waitFor()
    await host.getByRole('heading', { name: 'Client Petit' }).waitFor()
    await host.getByText('Open orders').first().waitFor()
    await expectAccessible(host, 'the first page of a client, looked at')
    await picture(host, 'assist-home')
    await host.getByRole('link', { name: 'Orders', exact: true }).click()
    await host.getByRole('link', { name: 'SO-1' }).click()
    await host.getByRole('heading', { name: 'Order SO-1' }).waitFor()
    await host.getByText('Nothing has left yet.').waitFor()
    expect(await host.getByRole('button', { name: /Hold|Ask|Comment|Request/ }).count()).toBe(0)
    await picture(host, 'assist-order')
    for (const [path, heading, none] of [
      ['statements', 'Statements', 'Download CSV'],
      ['colleagues', 'Colleagues', 'Ask for a colleague'],
      ['assist', 'Let the host look', 'End it now'],
      ['products', 'Products', 'Download as CSV'],
      ['stock', 'Stock', 'Download as CSV'],
      ['transfers', 'Stock transfers', /New transfer|CSV/],
    ] as const) {
      await host.goto(`/${path}`)
      await host.getByRole('heading', { name: heading, exact: true }).waitFor()
      await host.getByText('Nothing can be changed.').waitFor()
      await expect.poll(() => host.getByText('Loading').count()).toBe(0)
      expect(await host.getByText(none).count(), `${none}`).toBe(0)
    }
    await expectAccessible(host, 'transfers of a client, looked at')

    await client.reload()
    for (const words of ['Commande SO-1', 'Relevés', 'Collègues', 'Transferts de stock'])
      await client.getByRole('main').getByText(words, { exact: true }).first().waitFor()
    await expectAccessible(client, 'who looked')
    await fits(client)
    await picture(client, 'portal-assist-looked-fr-dark-390')
    expect(await client.getByRole('main').innerText()).not.toMatch(/getPortal|listPortal/)
    await client.getByRole('button', { name: 'Y mettre fin maintenant' }).click()
    await client.getByRole('button', { name: 'Autoriser' }).waitFor()
    await host.getByRole('link', { name: 'Orders', exact: true }).click()
    await host.getByText('The view has ended. You are yourself again.').waitFor()
    await host.getByRole('heading', { name: 'Client Petit' }).waitFor()
    await speaks('en')
  })
})
