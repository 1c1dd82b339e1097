import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accounts, memberOf } from '../server/src/testing/cast.ts'
import { openProvider } from '../server/src/testing/providers/real-provider.ts'
import { expectAccessible, picture, useStory } from './story.ts'

describe('sign-in by a provider, and several accounts, in the browser', () => {
  const story = useStory()
  let provider: Awaited<ReturnType<typeof openProvider>>
  beforeAll(async () => {
    story.deps.allowPrivateProviders = true
    provider = await openProvider(`${story.url}/sign-in/back`)
  })
  afterAll(() => provider?.close())

  it('an administrator sets a provider up; somebody of its domain comes in by it', async () => {
    const page = await story.visitAs('A1')
    await page.goto('/settings/sign-in')
    await page.getByText('Everybody signs in by password or passkey').waitFor()
    await expectAccessible(page, 'sign-in settings')
    await page.getByRole('button', { name: 'Add a provider' }).click()
    const form = page.getByRole('dialog', { name: 'Add a provider' })
    await form.getByLabel('Name').fill('Corp login')
    await form.getByLabel('Issuer').fill('http://127.0.0.1:1')
    await form.getByLabel('Client id').fill('crossdock')
    await form.getByLabel('Client secret', { exact: true }).fill('a secret of the provider')
    await form.getByLabel('Domains', { exact: true }).fill('corp.example')
    await form.getByLabel('Role without an invitation').click()
    await page.getByRole('option', { name: 'Viewer' }).click()
    await form.getByRole('button', { name: 'Save the provider' }).click()
    await form.getByText('does not answer').waitFor()
    await expectAccessible(page, 'add a provider')
    await picture(page, 'provider-form')
    await form.getByLabel('Issuer').fill(provider.issuer)
    await form.getByRole('button', { name: 'Save the provider' }).click()
    await page.getByRole('heading', { name: 'Corp login' }).waitFor()
    await page.getByText('Viewer', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Test' }).click()
    await page.getByText('answers and can be used').waitFor()
    await expectAccessible(page, 'a provider')
    await picture(page, 'providers')

    provider.present('nora', { email: 'nora@corp.example', name: 'Nora Quist' })
    const visitor = await story.visit({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await visitor.goto(`/sign-in?account=${accounts.one.id}`)
    await visitor.getByRole('button', { name: 'Sign in with Corp login' }).waitFor()
    await expectAccessible(visitor, 'sign in with a provider')
    await picture(visitor, 'sign-in-provider-phone')
    await visitor.getByRole('button', { name: 'Sign in with Corp login' }).click()
    await visitor.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
    expect(visitor.url()).not.toContain('code=')
    await visitor.goto('/settings/me')
    await visitor.getByText('You signed in by a provider').waitFor()
    await expectAccessible(visitor, 'my account by a provider')
    // By now somebody of the domain works here: who types an address of it is led to its provider.
    const next = await story.visit()
    await next.goto('/sign-in')
    await next.getByLabel('E-mail').fill('nobody@corp.example')
    await next.getByRole('button', { name: 'Sign in with Corp login' }).waitFor()
    await expectAccessible(next, 'sign in by the domain')
    await picture(next, 'sign-in-domain')
    await visitor.goto('/sign-in/back?code=x&state=y')
    await visitor.getByText('This link no longer works').waitFor()
  })

  it('121 goes to another account by the menu; a window left open in the first begins anew', async () => {
    await story.owner.query(
      'update access.members set user_id = (select user_id from access.members where id = $1) where id = $2',
      [memberOf('F1'), memberOf('A2')],
    )
    const page = await story.visitAs('F1')
    await page.goto('/orders')
    const other = await page.context().newPage()
    await other.goto('/orders')
    await other.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Account of F1' }).click()
    const go = page.getByRole('button', { name: /Go to Borage Trading/ })
    await go.waitFor()
    await expectAccessible(page, 'other accounts')
    await picture(page, 'user-menu-places')
    await go.click()
    await page.getByText('Borage Trading').first().waitFor()
    await other.getByRole('searchbox').first().fill('anything')
    await other.getByText('Borage Trading').first().waitFor()
    expect(await other.getByText('Aster Goods').count()).toBe(0)
  })
})
