import { describe, expect, inject, it } from 'vitest'
import type { Prepared } from '#kernel/db/prepare.ts'
import type { Installation } from '../installation.ts'
import { cookieOf, signIn } from '../testing/people.ts'
import { useWorld } from '../testing/world.ts'
import { ensureDemo } from './demo.ts'

describe('the demo account', () => {
  const world = useWorld()

  it('S1.25 shows who signs in as customer service real averages, of samples, and no single cost', async () => {
    await world.owner.query('update app.installation set demo_made_at = null')
    const { logins } = inject('server')
    const { pathname } = new URL(world.databaseUrl)
    const target = { ...inject('server').admin, database: pathname.slice(1) }
    const prepared = { target, login: (name: keyof typeof logins) => logins[name] } as unknown as Prepared
    const made = await ensureDemo({ deps: world.deps, prepared } as Installation)
    const { email, password } = made!.find(({ role }) => role === 'customer-service')!
    const headers = { cookie: cookieOf(await signIn(world, email, password)) }
    const { months } = (await world.as(null, 'GET /orders/averages', undefined, headers)).body
    const whole = months.filter(({ cost }: { cost: unknown[] }) => cost.length > 0)
    expect(whole.length).toBeGreaterThan(1)
    for (const { cost, handling } of whole) {
      const [all] = cost.filter(({ dimension }: { dimension: string }) => dimension === 'overall')
      expect(all.average.amount).toBeGreaterThan(400)
      expect(handling[0].days).toBeGreaterThan(1)
    }
    const carriers = whole.flatMap((month: { cost: { dimension: string; name: string }[] }) =>
      month.cost.flatMap(({ dimension, name }) => (dimension === 'carrier' ? [name] : [])),
    )
    expect([...new Set(carriers)].sort()).toEqual(['Colissimo', 'DHL'])
    const { body } = await world.as(null, 'GET /orders?limit=50', undefined, headers)
    expect(body.items.every(({ isSample }: { isSample: boolean }) => isSample)).toBe(true)
    const early = (await world.as(null, 'GET /orders?q=D-0950', undefined, headers)).body.items[0]
    const { text } = await world.as(null, `GET /orders/${early.id}/fulfillment-orders`, undefined, headers)
    expect(text).toContain('"state":"shipped"')
    expect(text).not.toContain('cost')
  })
})
