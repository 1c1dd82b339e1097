import { describe, expect, it } from 'vitest'
import { stores } from '../server/src/testing/cast.ts'
import { useStory } from './story.ts'

const evil = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>{{7*7}}<svg onload=window.hit=1>`

describe('what a buyer writes, in the browser', () => {
  const story = useStory()

  it('145 146 150 stays text on every page, and the page runs nothing that is not its own', async () => {
    const made = await story.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'EVIL<b>1</b>',
      buyerNote: evil,
      recipient: { name: evil.slice(0, 100), line1: evil.slice(0, 100), city: 'javascript:alert(1)', country: 'FR' },
      lines: [{ sku: '<i>SKU</i>', name: evil, quantity: 1 }],
    })
    expect(made.status).toBe(201)
    await story.as('A1', `POST /orders/${made.body.id}/comments`, { visibility: 'internal', text: `**b** ${evil}` })
    const page = await story.visitAs('A1')
    const reports: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) reports.push(message.text())
    })
    for (const path of ['/orders', `/orders/${made.body.id}`, '/settings/audit']) {
      await page.goto(path)
      await page
        .getByText(/EVIL<b>1<\/b>/)
        .first()
        .waitFor()
      expect(await page.evaluate('window.hit')).toBeUndefined()
      expect(await page.locator('main img[src="x"], main svg[onload], main b, main i').count()).toBe(0)
    }
    await page.goto(`/orders/${made.body.id}`)
    await page.getByText('**b**').waitFor()
    expect(reports).toEqual([])
    const ran = await page.evaluate(`(() => {
      const script = document.createElement('script')
      script.textContent = 'window.hit = 2'
      document.body.append(script)
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.hit = 3')
      document.body.append(button)
      button.click()
      return window.hit
    })()`)
    expect(ran).toBeUndefined()
    const policy = (await page.request.get('/orders')).headers()['content-security-policy']
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe-eval')
  })
})
