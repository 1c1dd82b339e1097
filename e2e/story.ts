import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Name, portal, tokenOf } from '../server/src/testing/cast.ts'
import { freePort } from '../server/src/testing/free-port.ts'
import { openServedWorld, type ServedWorld } from '../server/src/testing/served-world.ts'
import { launchBrowser } from './browser.ts'

export interface Story extends ServedWorld {
  browser: Browser
  /** A fresh browser window: own cookies, English, 1280×800, no motion, unless told otherwise. */
  visit(options?: BrowserContextOptions): Promise<Page>
  /** A window in which one of the cast is signed in. */
  visitAs(who: Name, options?: BrowserContextOptions): Promise<Page>
  /** The same for a client, at the portal: `page.goto('orders')`, without a slash in front. */
  visitPortalAs(who: 'P1' | 'P2', options?: BrowserContextOptions): Promise<Page>
}

/** The real server on a port of its own, with the cast in its database, and a browser in front of it. */
export function useStory(): Story {
  const story = {} as Story
  let world: ServedWorld & { close(): Promise<void> }
  const contexts: BrowserContext[] = []
  beforeAll(async () => {
    world = await openServedWorld(await freePort())
    const browser = await launchBrowser()
    const visit = async (options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({
        baseURL: world.url,
        viewport: { width: 1280, height: 800 },
        locale: 'en-US',
        reducedMotion: 'reduce',
        ...options,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      page.on('pageerror', (error) => expect.soft(error, 'an error in the page').toBeUndefined())
      return page
    }
    const visitAs = async (who: Name, options: BrowserContextOptions = {}) => {
      const page = await visit(options)
      await page.context().addCookies([{ name: 'crossdock_session', value: tokenOf(who), url: world.url }])
      return page
    }
    const visitPortalAs = async (who: 'P1' | 'P2', options: BrowserContextOptions = {}) => {
      const page = await visit({ ...options, baseURL: `${world.url}${portal.base}/` })
      const cookie = { name: portal.cookie, value: tokenOf(who), domain: '127.0.0.1', path: portal.base }
      await page.context().addCookies([cookie])
      return page
    }
    Object.assign(story, world, { browser, visit, visitAs, visitPortalAs })
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await story.browser?.close()
    await world?.close()
  })
  return story
}

/** axe finds nothing on the page as it stands (WCAG 2.2 AA and best practices). */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${name}: ${id} at ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 4)
          .join(' · ')}`,
    ),
  ).toEqual([])
}

/** Keeps a picture of the page under screenshots/ when SCREENSHOTS=1, to be looked at by a person. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return
  const folder = join(import.meta.dirname, '../screenshots')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
