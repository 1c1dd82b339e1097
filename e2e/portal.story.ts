import { describe, expect, it } from 'vitest'
import { hashPassword } from '../server/src/access/identity/passwords.ts'
import { emailOf, portal } from '../server/src/testing/cast.ts'
import { dot } from '../server/src/testing/pictures.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }
const secret = 'four plain words together'

describe('the portal', () => {
  const story = useStory()

  it('S2.4 S2.5 53 54 an administrator gives the portal its look and a host name, and is told what is wrong', async () => {
    story.deps.dns = { addresses: async () => ['192.0.2.7'], texts: async () => [] }
    const page = await story.visitAs('A1')
    await page.goto('/settings/portal')
    await page.getByLabel('Own host name').fill('https://portal.aster.example/')
    await page.getByRole('button', { name: 'Save the address' }).click()
    await page.getByText('host name alone').waitFor()
    await page.getByLabel('Own host name').fill('127.0.0.1')
    await page.getByRole('button', { name: 'Save the address' }).click()
    await page.getByText('not an address of numbers').waitFor()
    await page.getByLabel('Own host name').fill('portal.aster.example')
    await page.getByRole('button', { name: 'Save the address' }).click()
    await page.getByText('Waiting for DNS').waitFor()
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByText('does not lead to this server yet').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Petit Quai')
    await page.getByLabel('Colour').fill('#ffd400')
    await page.getByLabel('Welcome line').fill('Bienvenue chez Petit Quai')
    await page.getByLabel('Support line').fill('aide@quai.example')
    await page.getByText('So that #ffd400 can be read').waitFor()
    await page.getByText('Packing slip').waitFor()
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Français' }).click()
    await page.getByRole('button', { name: 'Save the look' }).click()
    await page.getByText('The look is saved.').waitFor()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose: Logo on light pages' }).click(),
    ])
    await chooser.setFiles({ name: 'logo.svg', mimeType: 'image/png', buffer: Buffer.from('<svg><script/></svg>') })
    await page.getByText('An SVG can carry scripts').waitFor()
    const [again] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose: Icon' }).click(),
    ])
    await again.setFiles({ name: 'icon.png', mimeType: 'image/png', buffer: dot })
    await page.getByRole('button', { name: 'Remove: Icon' }).waitFor()
    await expectAccessible(page, 'settings of the portal')
    await picture(page, 'portal-settings')
    await page.setViewportSize(phone.viewport)
    await picture(page, 'portal-settings-390')
  })

  it('S2.2 S2.14 a client signs in at the branded portal, in French on a phone, and sees his own name alone', async () => {
    const { owner } = story
    await owner.query("update identity.users set password_hash = $1, locale = 'fr'", [await hashPassword(secret)])
    await owner.query(
      "update portal.portals set domain = 'portal.localhost', verified_at = now() where slug = 'aster-goods'",
    )
    await owner.query(
      "update portal.brands set name = 'Petit Quai', color = '#a01050', locale = 'fr', welcome = 'Bienvenue chez Petit Quai', support = 'aide@quai.example' where account_id = (select account_id from portal.portals where slug = 'aster-goods')",
    )
    const home = story.url.replace('127.0.0.1', 'portal.localhost')
    const page = await story.visit({ ...phone, baseURL: home })
    await page.goto('/')
    await page.getByText('Bienvenue chez Petit Quai').waitFor()
    expect(await page.title()).toBe('Se connecter · Petit Quai')
    expect(await page.locator('body').innerText()).not.toMatch(/Crossdock|Aster/)
    await expectAccessible(page, 'sign-in of the portal')
    await picture(page, 'portal-sign-in-390')
    await page.getByLabel('E-mail').fill(emailOf('A1'))
    await page.getByLabel('Mot de passe', { exact: true }).fill(secret)
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('E-mail').fill(emailOf('P1'))
    await page.getByLabel('Mot de passe', { exact: true }).fill(secret)
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
    await page.getByRole('navigation', { name: 'Menu principal' }).or(page.getByRole('navigation').first()).waitFor()
    await page.getByText('Client Petit').first().waitFor()
    await page.getByRole('heading', { name: 'Client Petit' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await page.locator('body').innerText()).not.toMatch(/Crossdock|Client Rivet/)
    await expectAccessible(page, 'home of the portal')
    await picture(page, 'portal-home-390')
    await page.getByRole('link', { name: 'Compte' }).click()
    await page.getByRole('heading', { name: 'Mon compte' }).waitFor()
    await picture(page, 'portal-account-390')
    // What was taken from this host is worth nothing at the other one.
    const [session] = (await page.context().cookies()).filter(({ name }) => name === portal.cookie)
    const there = await fetch(`${story.url}${portal.base}/api/v1/me`, {
      headers: { cookie: `${portal.cookie}=${session!.value}` },
    })
    expect([there.status, session!.path, session!.domain]).toEqual([401, '/', 'portal.localhost'])
  })

  it('S2.7 the default address works beside it, with pages below it', async () => {
    const page = await story.visitPortalAs('P1')
    await page.goto('orders')
    await page.getByText('Client Petit').first().waitFor()
    await page.getByRole('link', { name: /Account|Compte/ }).click()
    await page.getByRole('heading', { name: /My account|Mon compte/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`${portal.base}/settings/me`)
    await page.reload()
    await page.getByRole('heading', { name: /My account|Mon compte/ }).waitFor()
    await picture(page, 'portal-account')
    const stranger = await story.visit()
    await stranger.goto('/p/nobody/orders')
    await stranger.getByText('Nothing here.').waitFor()
    await stranger.goto(`${portal.base}/orders`)
    await stranger.getByRole('heading', { name: /Sign in|Se connecter/ }).waitFor()
    expect(new URL(stranger.url()).pathname).toBe(`${portal.base}/sign-in`)
  })
})
