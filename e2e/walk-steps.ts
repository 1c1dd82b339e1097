import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, picture } from './story.ts'

export const password = 'four plain words together'

const northwind = (kind: string) =>
  join(import.meta.dirname, `../server/src/intake/reading/fixtures/northwind/${kind}-flat.csv`)

/** Follows the link of the console and fills in the form. */
export async function createAccount(page: Page, token: string): Promise<void> {
  await page.goto(`/create-account#token=${token}`)
  await page.getByLabel('Company').fill('Northwind Traders')
  await page.getByLabel('Your name').fill('Nancy Davolio')
  await page.getByLabel('E-mail').fill('nancy@northwind.example')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('combobox', { name: 'Currency' }).fill('USD')
  await page.getByRole('option', { name: /USD/ }).click()
  await expectAccessible(page, 'create account')
  await picture(page, 'walk-create-account')
  await page.getByRole('button', { name: 'Create the account' }).click()
}

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

/** Types an order's number and Enter, then opens its page. */
export async function openOrder(page: Page, number: string): Promise<void> {
  await page.goto('/orders')
  await page.getByRole('searchbox').fill(number)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Open the whole page' }).click()
  await page.getByRole('heading', { name: `Order ${number}` }).waitFor()
}

/** Filters by a product tag and downloads what the list then shows. */
export async function exportTagged(page: Page, tag: string, count: string): Promise<void> {
  await page.goto('/orders')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Product tag' }).click()
  await page.getByRole('textbox', { name: 'Search' }).fill(tag)
  await page.getByRole('radio', { name: tag }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText(count).waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Download CSV' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toMatch(/^\u{FEFF}Order Number,/u)
}

/** Marks the parts of these fulfillers as shipped, on the order's page. */
export async function shipByHand(page: Page, fulfillers: RegExp[]): Promise<void> {
  const section = page.getByRole('region', { name: 'Fulfillment' })
  for (const [place, fulfiller] of fulfillers.entries()) {
    await section
      .getByRole('button', { name: /^Actions/ })
      .and(section.getByRole('button', { name: fulfiller }))
      .click()
    await page.getByRole('menuitem', { name: 'Mark as shipped' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Carrier', { exact: true }).fill('UPS')
    await dialog.getByLabel('Tracking number').fill(`BY-HAND-${place}`)
    await dialog.getByRole('button', { name: 'Mark as shipped' }).click()
    await section.getByText(`BY-HAND-${place}`).waitFor()
  }
}

/** Opens the packing slip from the row's menu, in French. */
export async function printSlip(page: Page, row: Locator): Promise<void> {
  await row.getByRole('button', { name: 'Plus' }).click()
  const slip = page.getByRole('menuitem', { name: 'Imprimer le bon de livraison' })
  const answer = await page.context().request.get((await slip.getAttribute('href'))!)
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf'])
  await page.keyboard.press('Escape')
}

/** Accepts 34 of 35 units and refuses the last one, in French. */
export async function answerInPart(page: Page, row: Locator, product: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await row.getByRole('button', { name: 'Plus' }).click()
  await page.getByRole('menuitem', { name: 'Accepter une partie' }).click()
  await dialog.getByLabel(product).fill('34')
  await dialog.getByRole('button', { name: 'Accepter' }).click()
  await row.getByText('34 accept').waitFor()
  await row.getByRole('button', { name: 'Refuser' }).click()
  await dialog.getByLabel('Motif').fill('Rupture de stock')
  await dialog.getByLabel(product).fill('1')
  await expectAccessible(page, 'reject, French')
  await picture(page, 'walk-reject-fr-390')
  await dialog.getByRole('button', { name: 'Refuser' }).click()
  await row.waitFor({ state: 'detached' })
}

/** Ships two orders by two pasted columns, in French. */
export async function pasteTracking(page: Page, columns: string): Promise<void> {
  await page.getByRole('button', { name: 'Saisir des numéros de suivi' }).click()
  await page.getByLabel('Deux colonnes').fill(columns)
  await page.getByRole('dialog').getByRole('button', { name: 'Marquer comme expédiée' }).click()
  await page.getByText('2 marquées comme expédiées').waitFor()
  await expectAccessible(page, 'pasted, French')
  await picture(page, 'walk-pasted-fr-390')
}

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
export async function focusByTab(page: Page, control: Locator): Promise<void> {
  await control.waitFor()
  for (let presses = 0; presses < 60; presses++) {
    if (await control.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not get there')
}

/** Opens one page after the other; each must be fit for everybody. */
export async function lookAround(page: Page, addresses: string): Promise<void> {
  for (const address of addresses.split(' ')) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page, `${address}, dark, French`)
    const name = address.replace(/[0-9a-f-]{36}/, 'one').replaceAll(/\W+/g, '-')
    await picture(page, `walk${name}-dark-fr`)
  }
}
