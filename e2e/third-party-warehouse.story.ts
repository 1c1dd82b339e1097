import { describe, expect, it } from 'vitest'
import { hashPassword } from '../server/src/access/identity/passwords.ts'
import { accounts, emailOf, parties, stores, warehouses } from '../server/src/testing/cast.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const secret = 'four plain words together'
const phone = { viewport: { width: 390, height: 844 } }

describe('a third-party warehouse and two clients who compete', () => {
  const story = useStory()
  const signIn = async (who: 'P1' | 'P2', options = {}) => {
    const page = await story.visit({ baseURL: story.url.replace('127.0.0.1', 'portal.localhost'), ...options })
    await page.goto('/')
    await page.getByLabel('E-mail').fill(emailOf(who))
    await page.getByLabel('Mot de passe', { exact: true }).fill(secret)
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
    await page.getByRole('link', { name: 'Transferts' }).first().waitFor()
    return page
  }

  it('from announced goods to a shipped order, in French at the portal’s own host; the other one sees none of it', async () => {
    const { owner } = story
    await owner.query("update identity.users set password_hash = $1, locale = 'fr' where email like 'p%'", [
      await hashPassword(secret),
    ])
    await owner.query(
      "update portal.portals set domain = 'portal.localhost', token = 'proved', verified_at = now() where slug = 'aster-goods'",
    )
    await owner.query("update portal.brands set name = 'Petit Quai', locale = 'fr' where account_id = $1", [
      accounts.one.id,
    ])
    for (const party of [parties.P1.id, parties.P2.id])
      await owner.query(
        "insert into catalog.products (account_id, id, owner_party_id, sku, name) values ($1, gen_random_uuid(), $2, 'TSHIRT-M', 'T-shirt M')",
        [accounts.one.id, party],
      )

    const client = await signIn('P1')
    await client.getByRole('link', { name: 'Transferts' }).first().click()
    await client.getByRole('link', { name: 'Nouveau transfert' }).first().click()
    await client.getByLabel('SKU').fill('TSHIRT-M')
    await client.getByLabel('Unités').fill('10')
    await client.getByRole('button', { name: 'Créer le transfert' }).click()
    await client.getByRole('button', { name: 'Expédier', exact: true }).click()
    await client.getByLabel('Transporteur').fill('Colissimo')
    await client.getByRole('dialog').getByRole('button', { name: 'Expédier' }).click()
    await client.getByText('est en route').waitFor()
    await picture(client, '3pl-transfer-sent')

    const house = await story.visitAs('W1')
    await house.goto('/transfers')
    await house
      .getByRole('row', { name: /P1 · Client Petit/ })
      .getByRole('link')
      .click()
    await house.getByRole('button', { name: 'Receive' }).click()
    await house.getByRole('button', { name: 'All of it came, and is good' }).click()
    await house.getByRole('button', { name: 'Receive', exact: true }).click()
    await house.getByText('what you counted is in stock').waitFor()

    const made = await story.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'PETIT-1',
      lines: [{ sku: 'TSHIRT-M', quantity: 3 }],
    })
    const ship = { carrier: 'DHL', trackingNumber: 'JD0146' }
    expect((await story.as('W1', `POST /orders/${made.body.id}/ship`, ship)).status).toBe(200)

    const small = await signIn('P1', phone)
    await small.getByRole('link', { name: 'Commandes' }).first().click()
    await small.getByText('PETIT-1').first().click()
    await small.getByText('JD0146').first().waitFor()
    await expectAccessible(small, 'a shipped order at the portal, on a phone')
    await picture(small, '3pl-order-shipped-phone')
    await small.getByRole('link', { name: 'Produits' }).first().click()
    await small.getByText('TSHIRT-M').first().waitFor()
    await picture(small, '3pl-products-phone')

    const other = await signIn('P2')
    await other.getByRole('link', { name: 'Transferts' }).first().click()
    await other.getByText('Aucun transfert de stock').waitFor()
    await other.goto(`/orders/${made.body.id}`)
    await other.getByRole('heading', { level: 1 }).waitFor()
    expect(await other.locator('body').innerText()).not.toMatch(/PETIT-1|JD0146|Client Petit/)
    await picture(other, '3pl-other-client')
    const { rows } = await owner.query(
      `select p.owner_party_id = $2 as mine, sum(l.on_hand)::int as on_hand from stock.levels l
         join catalog.products p on p.id = l.product_id where l.warehouse_id = $1 group by 1`,
      [warehouses.main, parties.P1.id],
    )
    expect(rows).toEqual([{ mine: true, on_hand: 7 }])
  })
})
