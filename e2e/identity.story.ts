import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../server/src/testing/factors.ts'
import { bringIn, password } from '../server/src/testing/people.ts'
import { expectAccessible, picture, useStory } from './story.ts'

const phone = { viewport: { width: 390, height: 844 } }

describe('proving who one is, in the browser', () => {
  const story = useStory()
  /** Passkeys are for names, not for numbers: the same server, by its name on this machine. */
  const home = () => story.url.replace('127.0.0.1', 'localhost')
  const signIn = async (page: Page, email: string) => {
    await page.goto(`${home()}/sign-in`)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  const prove = (email: string) =>
    story.owner.query(
      `update identity.sessions s set proved_at = now() - interval '16 minutes'
         from access.members m where m.id = s.member_id and m.email = $1`,
      [email],
    )

  it('sets up an app, keeps recovery codes, signs in with a code, and is asked again before what matters', async () => {
    const email = 'nora@example.com'
    await bringIn(story, { email })
    const page = await story.visit()
    await signIn(page, email)
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
    await page.goto(`${home()}/settings/me`)
    await page.getByText('this one').waitFor()
    await expectAccessible(page, 'my account')
    await picture(page, 'me')
    await page.getByRole('button', { name: 'Set up an app' }).click()
    const secret = (await page.locator('code').first().textContent())!.replaceAll(' ', '')
    await expectAccessible(page, 'set up an app')
    await picture(page, 'me-app')
    await page.getByLabel('Code that the app shows now').fill('000000')
    await page.getByRole('button', { name: 'Switch it on' }).click()
    await page.getByText('This code is not right, or was used already.').waitFor()
    await page.getByLabel('Code that the app shows now').fill(codeOf(secret, new Date(), -1))
    await page.getByRole('button', { name: 'Switch it on' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).waitFor()
    expect(await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').count()).toBe(10)
    await expectAccessible(page, 'recovery codes')
    await picture(page, 'me-recovery-codes')
    await page.getByRole('button', { name: 'I have kept them' }).click()

    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    await signIn(page, email)
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    await expectAccessible(page, 'second factor')
    await picture(page, 'second-factor')
    await page.getByLabel('Code of your app').fill(codeOf(secret, new Date()))
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor()

    await prove(email)
    await page.goto(`${home()}/settings/me`)
    await page.getByRole('button', { name: 'Change the address' }).click()
    await page.getByLabel('New address').fill('nora.quist@example.com')
    await page.getByRole('button', { name: 'Send the link' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Code of your app').waitFor()
    await expectAccessible(page, 'prove again')
    await picture(page, 'prove-again')
    await dialog.getByLabel('Code of your app').fill(codeOf(secret, new Date(), 1))
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    // What was wanted goes on by itself.
    await page.getByText('nora.quist@example.com waits to be confirmed').waitFor()
    await picture(page, 'me-waiting-address')
  })

  it('makes a passkey, signs in with it alone, and removes it', async () => {
    const email = 'petra@example.com'
    await bringIn(story, { email })
    const page = await story.visit()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await signIn(page, email)
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
    await page.goto(`${home()}/settings/me`)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByLabel('Name of the passkey').fill('Desk')
    await page.getByRole('button', { name: 'Make the passkey' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('Desk', { exact: true }).waitFor()
    await picture(page, 'me-passkey')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('heading', { name: 'Orders', exact: true }).waitFor()
    await prove(email)
    await page.goto(`${home()}/settings/me`)
    await page.getByRole('button', { name: 'Rename the passkey Desk' }).click()
    const rename = page.getByRole('dialog', { name: 'Rename the passkey Desk' })
    await rename.getByLabel('Name of the passkey').fill('Office desk')
    await expectAccessible(page, 'rename a passkey')
    await rename.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('button', { name: 'Remove the passkey Office desk' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByText('Only your password stands between').waitFor()
  })

  it('a role that needs a second factor leads to setting one up; French, dark and on a phone', async () => {
    const email = 'willem@example.com'
    await bringIn(story, { email, role: 'warehouse' })
    await story.owner.query("update access.roles set second_factor = true where slug = 'warehouse'")
    const page = await story.visit({ ...phone, colorScheme: 'dark' })
    await signIn(page, email)
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    await page.getByRole('button', { name: 'Français' }).click()
    await page.getByRole('heading', { name: 'Configurer un second facteur' }).waitFor()
    await expectAccessible(page, 'enrol fr dark')
    await picture(page, 'enroll-fr-dark-phone')
    await page.getByRole('button', { name: 'Une application sur mon téléphone' }).click()
    const secret = (await page.locator('code').first().textContent())!.replaceAll(' ', '')
    await expectAccessible(page, 'enrol app fr dark')
    await picture(page, 'enroll-app-fr-dark-phone')
    await page.getByLabel('Code que l’application affiche').fill(codeOf(secret, new Date(), -1))
    await page.getByRole('button', { name: 'Activer' }).click()
    await page.getByRole('button', { name: 'Je les ai gardés' }).click()
    await page.waitForURL('**/orders**')
    await page.goto(`${home()}/settings/me`)
    await page.getByText('celle-ci').waitFor()
    await expectAccessible(page, 'my account fr dark')
    await picture(page, 'me-fr-dark-phone')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await page.context().clearCookies()
    await page.goto(`${home()}/forgot-password`)
    await page.getByLabel('E-mail').fill(email)
    await expectAccessible(page, 'forgotten fr dark')
    await page.getByRole('button', { name: 'Envoyer le lien' }).click()
    await page.getByText(`Si ${email} est connue ici`).waitFor()
    await picture(page, 'forgotten-fr-dark-phone')
    await page.goto(`${home()}/reset-password`)
    await page.getByRole('heading', { name: 'Ce lien ne fonctionne plus' }).waitFor()
    await expectAccessible(page, 'spent link')
  })
})
