import { describe, expect, it } from 'vitest'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('API keys in the browser', () => {
  const story = useStory()

  it('D13 S1.26 an administrator makes a key, sees it once, rotates and revokes it', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/keys')
    await page.getByRole('row', { name: /Ka/ }).waitFor()
    await expectAccessible(page, 'keys')
    await picture(page, 'keys')

    await page.getByRole('button', { name: 'Create a key' }).click()
    const form = page.getByRole('region', { name: 'Create a key' })
    await form.getByLabel('Name').fill('Web shop')
    await form.getByLabel('Networks').fill('nowhere')
    await expectAccessible(page, 'create a key')
    await picture(page, 'keys-create')
    await form.getByRole('button', { name: 'Create the key' }).click()
    await page.getByText('Write networks such as 203.0.113.0/24, one a line.').waitFor()
    await form.getByLabel('Networks').fill('127.0.0.0/8')
    await form.getByRole('button', { name: 'Create the key' }).click()
    const dialog = page.getByRole('dialog', { name: 'Copy the key now' })
    const token = await dialog.getByLabel('Key', { exact: true }).inputValue()
    expect(token).toMatch(/^cds_[\w-]{43}$/)
    await expectAccessible(page, 'the secret')
    await picture(page, 'keys-secret')
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(token)
    const call = async (key: string) =>
      (await fetch(`${story.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } })).status
    expect(await call(token)).toBe(200)

    const panel = page.getByRole('region', { name: 'Web shop' })
    await panel.getByRole('button', { name: 'Rotate' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
    const next = await dialog.getByLabel('Key', { exact: true }).inputValue()
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    expect([await call(token), await call(next)]).toEqual([200, 200])
    await expect.poll(() => panel.getByRole('listitem').filter({ hasText: 'good until' }).count()).toBe(2)
    await expectAccessible(page, 'a key')
    await picture(page, 'keys-panel')

    await panel.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('The key Web shop is revoked.').waitFor()
    expect([await call(token), await call(next)]).toEqual([401, 401])
  })

  it('73 customer service finds no keys', async () => {
    const page = await story.visitAs('C1')
    await page.goto('/settings/keys')
    await page.getByRole('heading', { name: 'There is nothing here for you to see' }).waitFor()
  })

  it('reads in French, in the dark and on a phone', async () => {
    const page = await story.visitAs('A1', { locale: 'fr-FR', colorScheme: 'dark', ...phone })
    await page.addInitScript(() => localStorage.setItem('crossdock.language', 'fr'))
    await page.goto('/settings/keys')
    await page.getByRole('heading', { name: 'Clés d’API' }).waitFor()
    await expectAccessible(page, 'keys in French')
    await picture(page, 'keys-french-phone')
    await page.getByRole('button', { name: 'Créer une clé' }).click()
    await page.getByRole('button', { name: 'Créer la clé' }).waitFor()
    await expectAccessible(page, 'create a key in French')
    await picture(page, 'keys-create-french-phone')
  })
})
