import { describe, expect, it } from 'vitest'
import { bringIn, invite, password, reveal } from '../server/src/testing/people.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('people in the browser', () => {
  const story = useStory()

  it('S1.20 S3.11 the administrator invites a supplier user in two clicks from his profile; the link is revealed, works once and lands in the queue', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/orders')
    await page.getByRole('button', { name: 'Account of A1' }).click()
    await picture(page, 'people-menu')
    await page.getByRole('link', { name: 'Users' }).click()
    await page
      .getByRole('row', { name: /Exotic Liquids/ })
      .first()
      .waitFor()
    await expectAccessible(page, 'users')
    await picture(page, 'users')

    await page.getByRole('button', { name: 'Invite a user' }).click()
    const form = page.getByRole('region', { name: 'Invite a user' })
    await form.getByRole('button', { name: 'Send the invitation' }).click()
    await form.getByText('Fill this in.').first().waitFor()
    await form.getByLabel('E-mail').fill('sofia@exotic.example')
    await form.getByLabel('Role').click()
    await page.getByRole('option', { name: 'Supplier manager' }).click()
    await form.getByLabel('Supplier').click()
    await page.getByRole('option', { name: 'Exotic Liquids' }).click()
    await expectAccessible(page, 'invite')
    await picture(page, 'users-invite')
    await form.getByRole('button', { name: 'Send the invitation' }).click()
    await page.getByRole('region', { name: 'sofia@exotic.example' }).getByText('Invited', { exact: true }).waitFor()
    await expectAccessible(page, 'invited')
    await picture(page, 'users-invited')

    await page.getByRole('link', { name: 'See it in the outbox' }).click()
    await page.getByRole('button', { name: 'Reveal link' }).click()
    const link = await page.getByLabel('Link for sofia@exotic.example').inputValue()
    expect(link).toContain(`${story.url}/invitation#token=`)
    await page.getByRole('region').getByText('by A1').last().waitFor()
    await expectAccessible(page, 'outbox')
    await picture(page, 'outbox')

    const asked: string[] = []
    const visitor = await story.visit(phone)
    visitor.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''))
    await visitor.goto(link)
    await visitor.getByLabel('Your name').fill('Sofia Lind')
    expect(visitor.url()).toBe(`${story.url}/invitation`)
    await expectAccessible(visitor, 'invitation')
    await picture(visitor, 'invitation-phone')
    await visitor.getByLabel('New password').fill('short')
    await visitor.getByRole('button', { name: 'Accept the invitation' }).click()
    await visitor.getByText('Use at least 10 characters.').waitFor()
    await visitor.getByLabel('New password').fill(password)
    await visitor.getByRole('button', { name: 'Accept the invitation' }).click()
    await visitor.getByRole('heading', { name: 'To ship', exact: true }).waitFor()
    expect(visitor.url()).toBe(`${story.url}/queue`)
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.filter((url) => url.includes(link.split('=')[1]!))).toEqual([])
    await visitor.goto(link)
    await visitor.getByText('This link no longer works').waitFor()
    await picture(visitor, 'invitation-spent')
  })

  it('S1.22 the very next request of a deactivated user is refused; he is let in again when reactivated', async () => {
    await bringIn(story, { email: 'nora@example.com' })
    const nora = await story.visit()
    await nora.goto('/sign-in')
    await nora.getByLabel('E-mail').fill('nora@example.com')
    await nora.getByLabel('Password', { exact: true }).fill('not this one')
    await nora.getByRole('button', { name: 'Sign in' }).click()
    await nora.getByText('E-mail and password do not fit together').waitFor()
    await expectAccessible(nora, 'sign-in')
    await picture(nora, 'sign-in-wrong')
    await nora.getByLabel('Password', { exact: true }).fill(password)
    await nora.getByRole('button', { name: 'Sign in' }).click()
    await nora.getByRole('heading', { name: 'Orders', exact: true }).waitFor()

    const page = await story.visitAs('A1')
    await page.goto('/settings/users?q=nora')
    await page.getByRole('row', { name: /nora@example/ }).click()
    await page.getByRole('region', { name: 'Nora Quist' }).getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('is signed out everywhere at once').waitFor()
    await picture(page, 'users-deactivate')
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('Nora Quist is deactivated.').waitFor()

    await nora.getByRole('searchbox').fill('anything')
    await nora.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.getByRole('button', { name: 'Reactivate' }).click()
    await page.getByText('Nora Quist can sign in again.').waitFor()
  })

  it('S1.12 a role is changed beside the list and counts at once', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/users?q=nora')
    await page.getByRole('row', { name: /nora@example/ }).click()
    const panel = page.getByRole('region', { name: 'Nora Quist' })
    await panel.getByRole('button', { name: 'Change role and access' }).click()
    await panel.getByLabel('Role', { exact: true }).click()
    await page.getByRole('option', { name: 'Viewer' }).click()
    await panel.getByText(/^Taken away: .*buyer phone/).waitFor()
    await panel.getByRole('button', { name: 'Save the access' }).click()
    await page.getByText('The access of Nora Quist is changed. It counts at once.').waitFor()
    await picture(page, 'users-role')
  })

  it('attack 95: whoever is signed in as somebody else is asked to sign out first', async () => {
    await invite(story, { email: 'other@example.com' })
    const token = await reveal(story, 'other@example.com')
    const page = await story.visitAs('W1')
    await page.goto(`/invitation#token=${token}`)
    await page.getByText('This invitation is for other@example.com').waitFor()
    await expectAccessible(page, 'somebody else')
    await picture(page, 'invitation-somebody-else')
    await page.getByRole('button', { name: 'Sign out and go on' }).click()
    await page.getByLabel('New password').waitFor()
  })

  it('S1.14 customer service finds no users, no outbox and no way there; his own account is his', async () => {
    const page = await story.visitAs('C1')
    for (const path of ['/settings/users', '/settings/outbox']) {
      await page.goto(path)
      await page.getByRole('heading', { name: 'There is nothing here for you to see' }).waitFor()
    }
    await page.getByRole('button', { name: 'Account of C1' }).click()
    expect(await page.getByRole('link', { name: 'Users' }).count()).toBe(0)
    await page.getByRole('link', { name: 'My account' }).click()
    await page.getByRole('heading', { name: 'My account' }).waitFor()
    await expectAccessible(page, 'my account')
    await picture(page, 'my-account')
  })

  it('reads in French, in the dark and on a phone', async () => {
    const french = { locale: 'fr-FR', colorScheme: 'dark' } as const
    for (const [name, options] of [
      ['french-dark', french],
      ['french-phone', { ...french, ...phone }],
    ] as const) {
      const page = await story.visitAs('A1', options)
      await page.addInitScript(() => localStorage.setItem('crossdock.language', 'fr'))
      await page.goto('/settings/users')
      await page.getByRole('heading', { name: 'Utilisateurs' }).waitFor()
      await page
        .getByRole('row', { name: /Exotic Liquids/ })
        .first()
        .waitFor()
      await expectAccessible(page, `users ${name}`)
      await picture(page, `users-${name}`)
      await page.getByRole('row', { name: /other@example/ }).click()
      await page.getByRole('region', { name: 'other@example.com' }).waitFor()
      await expectAccessible(page, `person ${name}`)
      await picture(page, `person-${name}`)
      await page.goto('/settings/users?invite=yes')
      await page.getByRole('button', { name: 'Envoyer l’invitation' }).waitFor()
      await expectAccessible(page, `invite ${name}`)
      await picture(page, `invite-${name}`)
      await page.goto('/settings/outbox')
      await page.getByRole('row', { name: /other@example/ }).click()
      await page.getByRole('button', { name: 'Révéler le lien' }).waitFor()
      await expectAccessible(page, `outbox ${name}`)
      await picture(page, `outbox-${name}`)
      await page.goto('/settings/me')
      await page.getByRole('heading', { name: 'Mon compte' }).waitFor()
      await expectAccessible(page, `my account ${name}`)
      await picture(page, `my-account-${name}`)
    }
  })

  it('works by keyboard alone: list, panel, form', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/users')
    await page
      .getByRole('row', { name: /Exotic Liquids/ })
      .first()
      .waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Close the panel' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Close the panel' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Invite a user' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('input[name=email]:focus').waitFor()
    await page.keyboard.type('keys@example.com')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'Viewer' }).waitFor()
    const isAt = (name: RegExp) =>
      page.getByRole('option', { name }).and(page.locator('[data-combobox-selected]')).count()
    const place = () =>
      page
        .getByRole('option')
        .evaluateAll((options) => options.findIndex((option) => option.hasAttribute('data-combobox-selected')))
    while ((await isAt(/^Viewer/)) === 0) {
      const before = await place()
      await page.keyboard.press('ArrowDown')
      await expect.poll(place).not.toBe(before)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('option').first().waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+Enter')
    await page.getByRole('region', { name: 'keys@example.com' }).waitFor()
  })
})
