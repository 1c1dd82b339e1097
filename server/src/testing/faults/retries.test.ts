import { request as ask } from 'node:http'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { assignLines } from '#fulfillment'
import { sql } from '#kernel/db/sql.ts'
import { forgetOldAnswers } from '#kernel/kept-answers.ts'
import { registered } from '#kernel/routes.ts'
import { addOrders } from '#orders'
import { cast, memberOf, type Name, parties, stores, tokenOf } from '../cast.ts'
import { cases, pathFor } from '../matrix-cases.ts'
import { orderDraft } from '../scene.ts'
import { spawnServer } from '../spawned.ts'
import { at, useWorld } from '../world.ts'

let count = 0
const draft = () => orderDraft(`R-${++count}`)
const under = (key: string) => ({ 'idempotency-key': key })

describe('a request that is sent again', () => {
  const world = useWorld()
  let orderId: string
  beforeAll(async () => {
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [draft()] }))
    orderId = [...ids.values()][0]!
  })
  const comments = async () =>
    (await world.owner.query('select text from orders.comments where order_id = $1 order by id', [orderId])).rows.map(
      (row) => row.text as string,
    )
  const comment = (who: Name, text: string, key?: string) =>
    world.as(who, `POST /orders/${orderId}/comments`, { text, visibility: 'internal' }, key ? under(key) : {})
  const products = async (sku: string) =>
    (await world.owner.query('select 1 from catalog.products where sku = $1', [sku])).rowCount

  it('F35 a retried POST with the same key and body gets the same status and bytes, and happens once', async () => {
    const first = await world.as('A1', 'POST /products', { sku: 'F35', name: 'Tea' }, under('k-35'))
    const again = await world.as('A1', 'POST /products', { sku: 'F35', name: 'Tea' }, under('k-35'))
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text])
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.headers.etag).toBe(first.headers.etag)
    expect(await products('F35')).toBe(1)
    await comment('A1', 'F35', 'k-35') // another route: the key is free there
    await comment('A1', 'F35', 'k-35')
    expect(await comments()).toEqual(['F35'])
    await comment('A1', 'F35')
    await comment('A1', 'F35')
    expect(await comments()).toEqual(['F35', 'F35', 'F35'])
  })

  it('F35 a key may be any visible characters, up to 255; another is refused by name', async () => {
    expect((await comment('A1', 'long', '~'.repeat(255))).status).toBe(201)
    for (const key of ['x'.repeat(256), 'two words', 'é']) {
      const refused = await comment('A1', 'long', key)
      expect([refused.status, refused.body.errors?.[0].field]).toEqual([400, 'Idempotency-Key'])
    }
    expect((await comment('V1', 'long', 'two words')).status, 'who may not ask learns nothing').toBe(403)
  })

  it('F36 fifty parallel POSTs with one key have one effect; who waited may ask again', async () => {
    const before = (await comments()).length
    const answers = await Promise.all(Array.from({ length: 50 }, () => comment('A1', 'F36', 'k-36')))
    expect(new Set(answers.map(({ status }) => status)).has(201)).toBe(true)
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect([answer.status, answer.body.code]).toEqual([409, 'in_progress'])
      expect(answer.headers['retry-after']).toBe('1')
    }
    expect((await comments()).length).toBe(before + 1)
    expect((await comment('A1', 'F36', 'k-36')).headers['idempotency-replayed']).toBe('true')
  })

  it('F36 who comes while the first is at work is told so, and gives his connection back', async () => {
    const blocker = world.work('A1', async (tx) => {
      await tx.rows(sql`insert into access.kept_answers (account_id, member_id, route, key, request_hash, permissions)
                        values (app.account_id(), app.member_id(), 'POST /orders/:id/comments', 'k-at-work', '', '{}')`)
      const since = Date.now()
      const waiting = await comment('A1', 'late', 'k-at-work')
      expect([waiting.status, waiting.body.code]).toEqual([409, 'in_progress'])
      expect(Date.now() - since).toBeLessThan(2000)
      throw new Error('undone')
    })
    await expect(blocker).rejects.toThrow('undone')
    expect((await comment('A1', 'late', 'k-at-work')).status).toBe(201)
  })

  it('F37 the same key with another body is refused; another principal has keys of his own', async () => {
    expect((await comment('A1', 'mine', 'k-37')).status).toBe(201)
    const other = await comment('A1', 'something else', 'k-37')
    expect([other.status, other.body.code]).toEqual([422, 'key_reused'])
    for (const who of ['C1', 'Ka'] as const) expect((await comment(who, `of ${who}`, 'k-37')).status).toBe(201)
    expect((await comments()).slice(-3)).toEqual(['mine', 'of C1', 'of Ka'])
  })

  it('F35 a refusal is not kept: the same key may be used once it can succeed', async () => {
    const hold = () => world.as('A1', `POST /orders/${orderId}/hold`, { reason: 'r' }, under('k-hold'))
    expect((await world.as('A1', `POST /orders/${orderId}/release`, undefined, under('k-release'))).status).toBe(409)
    expect((await hold()).status).toBe(200)
    expect((await world.as('A1', `POST /orders/${orderId}/release`, undefined, under('k-release'))).status).toBe(200)
    expect((await hold()).headers['idempotency-replayed'], 'done already').toBe('true')
  })

  it('F38 the client goes before the answer: one effect, and the answer is there when he comes back', async () => {
    await world.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = world.app.server.address() as { port: number }
    const body = JSON.stringify({ text: 'F38', visibility: 'internal' })
    await new Promise<void>((resolve) => {
      const left = ask({
        port,
        method: 'POST',
        path: `/api/v1/orders/${orderId}/comments`,
        headers: {
          cookie: `crossdock_session=${tokenOf('A1')}`,
          'content-type': 'application/json',
          ...under('k-38'),
        },
      })
      left.on('error', () => resolve())
      left.on('close', () => resolve())
      left.end(body, () => setImmediate(() => left.destroy()))
    })
    const kept = () => world.owner.query("select from access.kept_answers where key = 'k-38'")
    await vi.waitUntil(async () => (await kept()).rowCount === 1, { timeout: 5000, interval: 20 })
    const again = await comment('A1', 'F38', 'k-38')
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true'])
    expect((await comments()).filter((text) => text === 'F38')).toHaveLength(1)
  })

  it('F39 after 24 hours the key is free again; what has a natural key is still not there twice', async () => {
    const create = () => world.as('A1', 'POST /products', { sku: 'F39', name: 'Tea' }, under('k-39'))
    await create()
    await comment('A1', 'F39', 'k-39')
    await world.owner.query("update access.kept_answers set kept_at = now() - interval '25 hours' where key = 'k-39'")
    await comment('A1', 'F39', 'k-39')
    expect((await comments()).filter((text) => text === 'F39')).toHaveLength(2)
    expect((await create()).body.code).toBe('already_exists')
    expect(await products('F39')).toBe(1)
  })

  it('F39 the worker forgets what is older than 24 hours, and nothing else', async () => {
    await comment('A1', 'old', 'k-old')
    await comment('A1', 'young', 'k-young')
    await world.owner.query("update access.kept_answers set kept_at = now() - interval '25 hours' where key = 'k-old'")
    await forgetOldAnswers(world.deps)
    const { rows } = await world.owner.query("select key from access.kept_answers where key in ('k-old', 'k-young')")
    expect(rows).toEqual([{ key: 'k-young' }])
  })

  it('F12 killed between commit and answer: the retry gets the stored answer from the next server', async () => {
    const call = [`POST /orders/${orderId}/comments`, { text: 'F12', visibility: 'internal' }, under('k-12')] as const
    const first = await spawnServer(world, { CROSSDOCK_FAILPOINT: 'answer.before_send:1:kill' })
    await expect(first.as('A1', ...call)).rejects.toThrow()
    expect(await first.ended).toBe('SIGKILL')
    const next = await spawnServer(world)
    const again = await next.as('A1', ...call)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    await next.kill()
    expect((await comments()).filter((text) => text === 'F12')).toHaveLength(1)
  }, 30_000)
})

describe('a kept answer', () => {
  const world = useWorld()
  const offered = async () => {
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [draft()] }))
    const orderId = [...ids.values()][0]!
    return await world.work('A1', async (tx) => {
      const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
        select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${orderId}`)
      return (await assignLines(tx, { lines, to: { supplierId: parties.S1.id } }))[0]!.fulfillmentOrderId
    })
  }

  it('is gone for who no longer sees what it is about, in the words of what never was', async () => {
    const id = await offered()
    const accept = (which = id) => world.as('S1', `POST /queue/${which}/accept`, {}, under('k-accept'))
    expect((await accept()).status).toBe(200)
    expect((await accept()).headers['idempotency-replayed']).toBe('true')
    expect((await world.as('A1', `POST /fulfillment-orders/${id}/unassign`)).status).toBe(200)
    const never = await world.as('S1', 'POST /queue/01900000-0000-7000-8000-000000000000/accept', {})
    expect((await accept()).bare).toBe(never.bare)
  })

  it('is not given to who may less than he did then', async () => {
    const create = () =>
      world.as(
        'F1',
        'POST /products',
        { sku: 'LESS', name: 'T', cost: { micros: 1, currency: 'EUR' } },
        under('k-less'),
      )
    expect((await create()).status).toBe(201)
    expect((await create()).text).toContain('cost')
    await world.owner.query(
      "update access.roles set permissions = array_remove(permissions, 'products:costs') where slug = 'full-access'",
    )
    expect((await create()).status).toBe(404)
    await world.owner.query(
      "update access.roles set permissions = array_remove(permissions, 'products:edit') where slug = 'full-access'",
    )
    expect((await create()).status).toBe(403)
  })

  it('is nobody else’s, in SQL either', async () => {
    await world.as('A1', 'POST /products', { sku: 'OWN', name: 'T' }, under('k-own'))
    for (const who of ['C1', 'F1', 'P1', 'S1', 'A2'] as const) {
      const seen = await world.work(who, (tx) =>
        tx.rows(sql<{ member_id: string }>`select member_id from access.kept_answers`),
      )
      expect(seen.filter((row) => row.member_id !== memberOf(who))).toEqual([])
      await world.work(who, (tx) => tx.rows(sql`delete from access.kept_answers`))
    }
    await expect(
      world.work('C1', (tx) =>
        tx.rows(sql`insert into access.kept_answers (account_id, member_id, route, key, request_hash, permissions)
                    values (app.account_id(), ${memberOf('A1')}, 'POST /products', 'planted', '', '{}')`),
      ),
    ).rejects.toMatchObject({ code: 'not_found' })
    const again = await world.as('A1', 'POST /products', { sku: 'OWN', name: 'T' }, under('k-own'))
    expect(again.headers['idempotency-replayed']).toBe('true')
  })

  it('remembers what it is about, on every route that names something', async () => {
    const forgetful: string[] = []
    for (const { name, endpoint } of registered) {
      const one = cases[name]!
      if (endpoint.method !== 'POST' || !endpoint.path.includes(':id') || endpoint.keepAnswer === false) continue
      const subject = await one.subject!(world, 'own')
      // An administrator changes it himself: nothing is to be asked for. What a client announced, he sends.
      const others: Record<string, Name> = { askForChange: 'C1', shipTransfer: 'P1' }
      const who: Name = endpoint.path.startsWith('/queue') ? 'S1' : (others[name] ?? 'A1')
      const path = pathFor(endpoint.path, subject)
      const answer = await world.as(who, `POST ${path}`, one.body?.(subject), { ...one.headers, ...under('k-about') })
      expect(answer.status, `${name} as ${cast[who].role}`).toBeLessThan(300)
      const { rows } = await world.owner.query<{ about: boolean; answer: string }>(
        "select $1::uuid[] <@ subject_ids as about, answer from access.kept_answers where key = 'k-about' and route = $2",
        [subject.split(',').slice(0, endpoint.path.match(/:\w+/g)!.length), `POST ${endpoint.path}`],
      )
      if (endpoint.keepAnswer === false) expect(rows, name).toEqual([])
      else if (!rows[0]?.about) forgetful.push(name)
    }
    expect(forgetful).toEqual([])
  }, 30_000)
})

describe('an edit', () => {
  const world = useWorld()
  const edits = () => registered.filter(({ endpoint }) => endpoint.method === 'PATCH' || endpoint.method === 'PUT')

  it('F45 says what it is based on, but for what is one’s own, or kept under a name', () => {
    const free = edits().filter(({ endpoint }) => !endpoint.ifMatch)
    expect(free.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)).toEqual([
      'PATCH /me',
      'PUT /orders/export-presets',
    ])
  })

  it('F45 two people edit one thing: the second is shown both values and nothing is lost, on every route', async () => {
    // What an account has one of is tried where it belongs: there is none of another to take it for.
    for (const { name, endpoint } of edits().filter((one) => one.endpoint.ifMatch && cases[one.name]!.subject)) {
      const { subject, body } = cases[name]!
      const [mine, foreign] = [await subject!(world, 'own'), await subject!(world, 'foreign')]
      const edit = (id: string, headers: Record<string, string>) =>
        world.as('A1', `${endpoint.method} ${pathFor(endpoint.path, id)}`, body!(id), headers)
      for (const headers of [{}, { 'if-match': '*' }] as Record<string, string>[]) {
        const blind = await edit(mine, headers)
        expect([name, blind.status, blind.body.code]).toEqual([name, 428, 'version_missing'])
      }
      for (const old of ['"2"', '"0"', 'W/"1"', '1', '"x"', '"1", "2"'])
        expect([name, old, (await edit(mine, { 'if-match': old })).status]).toEqual([name, old, 412])
      const both = await Promise.all([edit(mine, at(1)), edit(mine, at(1))])
      expect([name, ...both.map(({ status }) => status).sort()]).toEqual([name, 200, 412])
      const [saved, late] = both[0]!.status === 200 ? both : [both[1]!, both[0]!]
      expect(saved!.headers.etag).toMatch(/^"2-/)
      expect(late!.body, name).toMatchObject({ code: 'changed_meanwhile', version: 2, fields: {} })
      expect((await edit(mine, { 'if-match': String(saved!.headers.etag) })).status).toBe(200)
      const never = await edit('01900000-0000-7000-8000-000000000000', at(1))
      for (const headers of [at(1), at(7), { 'if-match': String(saved!.headers.etag) }])
        expect((await edit(foreign, headers)).bare, name).toBe(never.bare)
    }
  })

  it('F45 the loser sees the other value beside his own', async () => {
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [draft()] }))
    const path = `/orders/${[...ids.values()][0]}`
    const edit = (who: Name, city: string) => world.as(who, `PATCH ${path}`, { recipient: { city } }, at(1))
    const [one, other] = await Promise.all([edit('A1', 'Lyon'), edit('C1', 'Nice')])
    const [won, lost] = one!.status === 200 ? ['Lyon', 'Nice'] : ['Nice', 'Lyon']
    const late = one!.status === 200 ? other : one
    expect([late!.status, late!.body.fields]).toEqual([412, { 'recipient.city': { yours: lost, theirs: won } }])
    expect((await world.as('A1', `GET ${path}`)).body.recipient.city).toBe(won)
  })
})

describe('30 a condition on a reading', () => {
  const world = useWorld()

  it('spares the answer to who has it, and is heard only after his right', async () => {
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [draft()] }))
    const id = [...ids.values()][0]!
    const path = `/orders/${id}`
    const { etag } = (await world.as('A1', `GET ${path}`)).headers as { etag: string }
    expect(etag).toMatch(/^"1-[\w-]{16}"$/)
    const known = await world.as('A1', `GET ${path}`, undefined, { 'if-none-match': `"x", ${etag}` })
    expect([known.status, known.text, known.headers.etag]).toEqual([304, '', etag])
    expect((await world.as('V1', `GET ${path}`, undefined, { 'if-none-match': etag })).status, 'sees less').toBe(200)
    await world.as('A1', `POST ${path}/comments`, { text: 'new', visibility: 'internal' })
    expect((await world.as('A1', `GET ${path}`, undefined, { 'if-none-match': etag })).status).toBe(200)
    expect((await world.as('A1', `PATCH ${path}`, { priority: true }, { 'if-match': etag })).status).toBe(200)

    const never = '/orders/01900000-0000-7000-8000-000000000000'
    for (const who of ['P1', 'C1s', 'A2', 'Ka'] as const)
      for (const headers of [
        {},
        { 'if-none-match': etag },
        { 'if-none-match': '*' },
        { range: 'bytes=0-9' },
        at(1),
      ] as Record<string, string>[]) {
        const bares = await Promise.all(
          [path, never].map(async (one) => (await world.as(who, `GET ${one}`, undefined, headers)).bare),
        )
        expect([who, headers, bares[0]]).toEqual([who, headers, bares[1]])
        expect(bares[0]).toContain('"status":404')
        for (const method of ['HEAD', 'OPTIONS']) {
          const [hidden, none] = await Promise.all(
            [path, never].map((one) => world.as(who, `${method} ${one}`, undefined, headers)),
          )
          expect([method, hidden!.status, hidden!.text.length]).toEqual([method, none!.status, none!.text.length])
          expect(hidden!.status).toBe(404)
        }
      }
  })
})
