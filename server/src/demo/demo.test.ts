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
    // Two clients share the warehouse: each has goods that came, goods on their way, and orders of which some wait.
    const levels = await world.owner.query(
      `select p.name, sum(l.on_hand)::int > 0 as stock, sum(l.in_transit)::int > 0 as coming, sum(l.allocated)::int > 0 as kept,
              sum(l.backordered)::int > 0 as waiting
         from stock.levels l join access.parties p on p.account_id = l.account_id and p.id = l.owner_party_id
         join access.accounts a on a.id = l.account_id and a.is_demo group by p.name order by p.name`,
    )
    const all = { stock: true, coming: true, kept: true, waiting: true }
    expect(levels.rows).toEqual([
      { name: 'Atelier Petit', ...all },
      { name: 'Brandt Outdoor', ...all },
    ])
    expect(made!.filter(({ role }) => role === 'client-admin').map((login) => login.email)).toEqual([
      'camille@demo.example',
      'rhea@demo.example',
    ])
  }, 60_000)
})
