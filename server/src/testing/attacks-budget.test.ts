import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { Buckets } from '#kernel/rate-limit.ts'
import { registered } from '#kernel/routes.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import { addOrders } from '#orders'
import { accounts, memberOf, type Name, parties, stores, warehouses } from './cast.ts'
import { orderDraft } from './scene.ts'
import { upload } from './upload.ts'
import { useWorld, type World } from './world.ts'

describe('46 how often one may ask', () => {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const world = useWorld(async () => {}, {
    limits: { key: { perSecond: 2, burst: 4 }, web: { perSecond: 1, burst: 6 } },
    now: () => new Date(now),
  })
  const ask = async (who: Name, times: number) => {
    const answers = []
    for (let n = 0; n < times; n++) answers.push(await world.as(who, 'GET /me'))
    return answers
  }
  const statuses = async (who: Name, times: number) => (await ask(who, times)).map(({ status }) => status)

  it('a key and a session have their own budgets; what one spends is taken from no other', async () => {
    expect(await statuses('Ka', 5)).toEqual([200, 200, 200, 200, 429])
    expect(await statuses('A1', 7)).toEqual([200, 200, 200, 200, 200, 200, 429])
    for (const who of ['F1', 'A2', 'S1'] as const) expect(await statuses(who, 1)).toEqual([200])
  })

  it('says after how many seconds to go on, of the own budget alone, and is true to it', async () => {
    const [refused] = await ask('A1', 1)
    expect(refused!.body).toMatchObject({ code: 'rate_limited', status: 429 })
    expect(refused!.headers).toMatchObject({
      'retry-after': '1',
      'ratelimit-policy': '"web";q=6;w=6',
      ratelimit: '"web";r=0;t=1',
    })
    now += 999
    expect(await statuses('A1', 1)).toEqual([429])
    now += 1
    expect(await statuses('A1', 2)).toEqual([200, 429])
    now += 3600_000
    expect(await statuses('Ka', 5)).toEqual([200, 200, 200, 200, 429])
    now -= 7200_000 // a clock that is set back gives nothing and takes nothing
    expect(await statuses('Ka', 1)).toEqual([429])
  })

  it('an answer that is given tells nothing of any budget', async () => {
    now += 14_400_000
    const [answer] = await ask('A1', 1)
    expect(Object.keys(answer!.headers).filter((name) => /ratelimit|retry|timing/.test(name))).toEqual([])
  })

  it('made-up tokens fill no memory, and who rested longest is forgotten first', () => {
    const buckets = new Buckets({ key: { perSecond: 1, burst: 1 }, web: { perSecond: 0, burst: 0 } })
    expect([buckets.take('key', 'mine', 0), buckets.take('key', 'mine', 0)]).toEqual([0, 1])
    for (let n = 0; n < 9_999; n++) buckets.take('key', `made up ${n}`, 0)
    expect(buckets.take('key', 'mine', 0)).toBe(1)
    for (let n = 0; n < 20_000; n++) buckets.take('key', `more ${n}`, 0)
    expect(buckets.take('key', 'mine', 0)).toBe(0)
    expect(buckets.take('web', 'anybody', 0)).toBe(0)
  })
})

/** Two rows or more in every list that has pages. */
async function layOutLists(world: World): Promise<void> {
  const ids = await world.work('A1', (tx) =>
    addOrders(tx, { storeId: stores.a, orders: ['1', '2', '3'].map((number) => orderDraft(number)) }),
  )
  for (const orderId of ids.values())
    await world.work('A1', async (tx) => {
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${orderId}`)
      await assignLines(tx, { lines, to: { supplierId: parties.S1.id } })
    })
  for (const orderId of ids.values())
    await world.as('C1', `POST /orders/${orderId}/requests`, {
      reason: 'He moved',
      edit: { recipient: { country: 'BE' } },
    })
  for (const sku of ['P-1', 'P-2', 'P-3']) {
    const { id } = (await world.as('A1', 'POST /products', { sku, name: 'P' })).body
    const goods = { productId: id, warehouseId: warehouses.main }
    await world.as('A1', 'POST /stock/adjustments', { ...goods, by: 5, reason: 'found' })
    await world.as('W1', 'POST /stock/counts', { ...goods, counted: 100, expected: 5, reason: 'counted' })
    const lines = [{ sku, quantity: 1 }]
    await world.as('A1', 'POST /transfers', { warehouseId: warehouses.main, supplierId: parties.S1.id, lines })
  }
  const { body } = await upload(
    world,
    'A1',
    'orders',
    'Order number,SKU,Quantity,Country\n1,T,x,FR\n2,T,y,FR\n3,T,z,FR\n',
  )
  await world.as('A1', `POST /imports/${body.id}/check`)
  await world.drain()
}

describe('13 a page marker', () => {
  const world = useWorld(layOutLists)
  const paged = () =>
    registered.filter(({ endpoint }) => endpoint.query?.properties && 'cursor' in endpoint.query.properties)
  const asker = (path: string): Name => (path.startsWith('/queue') ? 'S1' : path.startsWith('/portal/') ? 'P1' : 'A1')
  const others = (path: string): Name[] =>
    path.startsWith('/queue') ? ['S1p', 'S2'] : path.startsWith('/portal/') ? ['P2', 'A1'] : ['F1', 'A2']
  const pathOf = async (path: string) => {
    const { rows } = await world.owner.query('select id from intake.imports where account_id = $1', [accounts.one.id])
    return path.replace('/imports/:id', `/imports/${rows[0].id}`)
  }

  it('goes on in every list, and is good for its member, list and filter alone', async () => {
    const lists = paged()
    expect(lists.length).toBeGreaterThan(3)
    for (const { name, endpoint } of lists) {
      const path = await pathOf(endpoint.path)
      const who = asker(path)
      const first = await world.as(who, `GET ${path}?limit=1`)
      expect([name, first.status, first.body.items.length, typeof first.body.nextCursor]).toEqual([
        name,
        200,
        1,
        'string',
      ])
      const next = `cursor=${encodeURIComponent(first.body.nextCursor)}`
      const second = await world.as(who, `GET ${path}?limit=1&${next}`)
      expect([name, second.status]).toEqual([name, 200])
      expect(second.body.items, name).not.toEqual(first.body.items)

      for (const other of others(path)) {
        const stolen = await world.as(other, `GET ${path}?limit=1&${next}`)
        // Where the list itself is not his, it is not there for him; else the marker is refused.
        const itself = await world.as(other, `GET ${path}?limit=1`)
        expect([name, other, stolen.status]).toEqual([name, other, itself.status === 200 ? 400 : itself.status])
        if (itself.status === 200) expect(stolen.body.code).toBe('bad_cursor')
      }
      for (const bad of [`${next}x`, 'cursor=x', 'cursor=..', `cursor=.${first.body.nextCursor}`, `cursor=é.é.é`])
        expect([name, bad, (await world.as(who, `GET ${path}?limit=1&${bad}`)).body.code]).toEqual([
          name,
          bad,
          'bad_cursor',
        ])
      const filters = Object.keys(endpoint.query!.properties!).filter((one) => one === 'q' || one === 'archived')
      for (const filter of filters) {
        const elsewhere = await world.as(who, `GET ${path}?limit=1&${next}&${filter}=${filter === 'q' ? 'x' : 'true'}`)
        expect([name, filter, elsewhere.body.code]).toEqual([name, filter, 'bad_cursor'])
      }
      for (const list of lists.filter((one) => one.name !== name && asker(one.endpoint.path) === who))
        expect((await world.as(who, `GET ${await pathOf(list.endpoint.path)}?${next}`)).body.code).toBe('bad_cursor')
    }
  })

  it('is still good when its member signs in anew', async () => {
    const { nextCursor } = (await world.as('A1', 'GET /orders?limit=1')).body
    const token = mintToken('staff')
    await world.owner.query(
      "insert into identity.sessions (token_hash, purpose, account_id, member_id) values ($1, 'web', $2, $3)",
      [hashToken(token), accounts.one.id, memberOf('A1')],
    )
    const again = await world.as(null, `GET /orders?limit=1&cursor=${nextCursor}`, undefined, {
      cookie: `crossdock_session=${token}`,
    })
    expect(again.status).toBe(200)
  })
})
