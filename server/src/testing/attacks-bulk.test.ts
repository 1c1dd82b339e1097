import { describe, expect, it } from 'vitest'
import { registered } from '#kernel/routes.ts'
import type { Name } from './cast.ts'
import { cases, type Slice } from './matrix-cases.ts'
import type { Schema } from './samples.ts'
import { useWorld } from './world.ts'

const never = '01900000-0000-7000-8000-000000000000'
/** What the ids of a list are of; a list by another name needs its line here. */
const kinds: Record<string, string> = { orderIds: 'getOrder', productIds: 'getProduct', ids: 'getQueueItem' }
/** Not what a call is about, but what a portal user or a store is given: a wrong one is said at its field (portal-users.test.ts, stock-http.test.ts). */
const given = ['stores', 'warehouses', 'warehouseIds']

describe('42 75 many at once', () => {
  const world = useWorld()
  /** Every endpoint that takes a list of ids, and under which name. */
  const lists = () =>
    registered.flatMap(({ name, endpoint }) =>
      [endpoint.body, endpoint.query].flatMap((part) =>
        Object.entries((part as Schema | undefined)?.properties ?? {})
          .filter(([list, { type, items }]) => type === 'array' && items?.format === 'uuid' && !given.includes(list))
          .map(([list]) => ({ name, endpoint, list })),
      ),
    )

  const deeds = async () =>
    (await world.owner.query("select count(*) from access.audit where outcome = 'done'")).rows[0].count

  it('an id that is not the caller’s to see refuses the whole request, foreign and made up alike, and nothing is done', async () => {
    const found = lists()
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['assignOrders', 'tagProducts']))
    for (const { name, endpoint, list } of found) {
      expect(Object.keys(kinds), `${name}: what are ${list} of?`).toContain(list)
      const make = (slice: Slice) => cases[kinds[list]!]!.subject!(world, slice)
      const who: Name = endpoint.path.startsWith('/queue') ? 'S1' : 'A1'
      const ask = (ids: string[]) => {
        if (endpoint.method === 'GET')
          return world.as(who, `GET ${endpoint.path}?${ids.map((id) => `${list}=${id}`).join('&')}`)
        return world.as(who, `POST ${endpoint.path}`, { ...cases[name]!.body!(ids[0]!), [list]: ids })
      }
      const [own, foreign] = [await make('own'), await make('foreign')]
      const none = await ask([own, never])
      expect([name, none.status]).toEqual([name, 404])
      const told = await deeds()
      for (const ids of [[own, foreign], [foreign, own], [foreign], [own, foreign, never]])
        expect((await ask(ids)).bare, name).toBe(none.bare)
      expect(await deeds(), name).toBe(told)
      expect([name, (await ask([own])).status < 300]).toEqual([name, true])
    }
  })
})
