import { describe, expect, it } from 'vitest'
import { mark, side } from '#kernel/endpoint.ts'
import { registered } from '#kernel/routes.ts'
import { type Name, parties, stores } from './cast.ts'
import { useWorld } from './world.ts'

/**
 * Every filter and sort of every list, and what it matches on: a field that whoever may call the list sees ('seen'), words that are kept
 * apart by class ('by class'), or a field for some, by its permission or its side. A new filter without a line fails.
 */
const filters: Record<string, Record<string, string>> = {
  listOrders: {
    status: 'seen',
    storeId: 'seen',
    q: 'by class',
    tag: 'seen',
    productTag: 'staff',
    productTagLines: 'staff',
    supplierId: 'fulfillment:read',
    issue: 'staff',
    assignedToMe: 'staff',
    only: 'client',
    placedFrom: 'seen',
    placedTo: 'seen',
    sort: 'seen',
  },
  listPortalOrders: {
    status: 'seen',
    storeId: 'seen',
    q: 'by class',
    tag: 'seen',
    only: 'client',
    placedFrom: 'seen',
    placedTo: 'seen',
  },
  listQueue: { view: 'seen', q: 'by class', mine: 'seen' },
  listJobs: { state: 'seen', routine: 'seen' },
  listAuditEntries: {
    memberId: 'seen',
    action: 'seen',
    recordId: 'seen',
    via: 'seen',
    outcome: 'seen',
    from: 'seen',
    to: 'seen',
    reads: 'seen',
  },
}
/** What takes the filter of another list. */
const alike: Record<string, string> = {
  countOrders: 'listOrders',
  exportOrders: 'listOrders',
  exportQueue: 'listQueue',
}
const paging = ['cursor', 'limit']

describe('matching is reading', () => {
  const world = useWorld()

  it('every filter of a list that clients or suppliers may call says what it matches on', () => {
    const wrong: string[] = []
    for (const { name, endpoint } of registered) {
      const said = filters[alike[name] ?? name]
      if (!said) continue
      const filter = endpoint.body?.properties.filter as { properties: object } | undefined
      const schemas = { ...endpoint.query?.properties, ...filter?.properties } as Record<string, Record<string, string>>
      for (const [field, schema] of Object.entries(schemas)) {
        if (paging.includes(field)) continue
        const is = schema[mark] ?? schema[side]
        const wanted = said[field]
        if (wanted === undefined || is !== (/seen|class/.test(wanted) ? undefined : wanted))
          wrong.push(`${name} ${field}: ${is}, here ${wanted}`)
      }
    }
    expect(wrong).toEqual([])
    for (const name of [...Object.keys(filters), ...Object.keys(alike)])
      expect(
        registered.some((one) => one.name === name),
        name,
      ).toBe(true)
  })

  it('who does not see a field is refused a filter by it; who sees it is not', async () => {
    const asked = { productTag: 'x', issue: 'any', supplierId: parties.S1.id }
    for (const [field, value] of Object.entries(asked))
      for (const path of ['/orders', '/orders/count']) {
        const call = `GET ${path}?${field}=${value}`
        expect((await world.as('C1', call)).status, call).toBe(200)
        const refused = await world.as('P1', call)
        expect(refused.status, call).toBe(403)
        expect(refused.body.detail).toContain(field)
      }
    expect((await world.as('P1', `GET /orders?storeId=${stores.a}&q=x&sort=placed`)).status).toBe(200)
  })

  it('words of a field that is not seen find nothing, in the list, the count and the queue', async () => {
    await world.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'MATCH',
      recipient: { name: 'Zebulon', line1: 'S', city: 'Lyon', country: 'FR' },
      contact: { email: 'zebra@example.com' },
      lines: [{ sku: 'S', quantity: 1 }],
    })
    const found = async (who: Name, q: string) => {
      const listed = (await world.as(who, `GET /orders?q=${q}`)).body.items.length
      expect((await world.as(who, `GET /orders/count?q=${q}`)).body.value).toBe(listed)
      return listed
    }
    for (const q of ['zebulon', 'zebra@example.com']) {
      expect(await found('C1', q)).toBe(1)
      expect(await found('V1', q)).toBe(0)
      expect(await found('$1', q)).toBe(0)
    }
  })
})
