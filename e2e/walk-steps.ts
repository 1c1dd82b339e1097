import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, picture } from './story.ts'

export const password = 'four plain words together'

const northwind = (kind: string) =>
  join(import.meta.dirname, `../server/src/intake/reading/fixtures/northwind/${kind}-flat.csv`)

/** Takes a Northwind file through the four steps: upload, match, check, import. */
export async function importFile(page: Page, kind: 'products' | 'orders', action: string): Promise<void> {
  await checkFile(page, kind)
  await expectAccessible(page, `check ${kind}`)
  await picture(page, `walk-check-${kind}`)
  await page.getByRole('button', { name: action }).click()
  await page.getByRole('heading', { name: 'It is in' }).waitFor({ timeout: 60_000 })
  await expectAccessible(page, `imported ${kind}`)
  await picture(page, `walk-imported-${kind}`)
}

/** Uploads a Northwind file, sees what its columns are taken for, and has every row looked at. */
export async function checkFile(page: Page, kind: 'products' | 'orders'): Promise<void> {
  await page.goto('/imports')
  const main = page.getByRole('main')
  await main
    .getByText(kind === 'products' ? 'Products' : 'Orders', { exact: true })
    .first()
    .click()
  await page.getByLabel('Choose a CSV file').setInputFiles(northwind(kind))
  await page.getByRole('heading', { name: 'What the columns fill' }).waitFor()
  await expectAccessible(page, `match ${kind}`)
  await picture(page, `walk-match-${kind}`)
  await page.getByRole('button', { name: 'Check the file' }).click()
  await page.getByRole('heading', { name: 'What would happen' }).waitFor({ timeout: 60_000 })
}

/** Runs the rules on all open orders, from what they would do to the end. */
export async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run now' }).click()
  const start = page.getByRole('dialog').getByRole('button', { name: /^Assign 2,155 lines/ })
  await start.waitFor({ timeout: 30_000 })
  await expectAccessible(page, 'run the rules')
  await picture(page, 'walk-run')
  await start.click()
  await page.getByText('Done. Orders looked at: 830.').waitFor({ timeout: 60_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
}

/** Invites by the form, reveals the link in the outbox and returns it. */
export async function inviteAndReveal(page: Page, email: string, role: string, company?: string): Promise<string> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Invite a user' }).click()
  const form = page.getByRole('region', { name: 'Invite a user' })
  await form.getByLabel('E-mail').fill(email)
  await form.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: role }).click()
  if (company) {
    await form.getByRole('combobox', { name: 'Supplier' }).fill(company)
    await page.getByRole('option', { name: company }).click()
    await form.getByRole('combobox', { name: 'Language of the mail' }).click()
    await page.getByRole('option', { name: 'Français' }).click()
  }
  await expectAccessible(page, 'invite')
  await picture(page, 'walk-invite')
  await form.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByRole('link', { name: 'See it in the outbox' }).click()
  await page.getByRole('button', { name: 'Reveal link' }).click()
  const link = await page.getByLabel(`Link for ${email}`).inputValue()
  expect(link).toContain('/invitation#token=')
  await expectAccessible(page, 'outbox')
  await picture(page, 'walk-outbox')
  return link
}

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
export async function focusByTab(page: Page, control: Locator): Promise<void> {
  await control.waitFor()
  for (let presses = 0; presses < 60; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not get there')
}

/** Opens one page after the other; each must be fit for everybody. */
export async function lookAround(page: Page, addresses: string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page, `${address}, dark, French`)
    const name = address.replace(/[0-9a-f-]{36}/, 'one').replaceAll(/\W+/g, '-')
    await picture(page, `walk${name}-dark-fr`)
  }
}
