import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { cookieName } from './cast.ts'
import { expectInvariants } from './proof/invariants.ts'
import { form } from './upload.ts'
import { type Answer, at, useWorld } from './world.ts'

/**
 * The main job on real orders, from the one-time link on the console to the shipped order, each step through the API as
 * the person who does it. The files are the ones of the import's tests.
 */
describe('the walk, through the API', () => {
  const world = useWorld()
  const cookies = new Map<string, string>()

  /** Sends a request with the session of a person of this story, and keeps the session he is given. */
  async function as(
    person: string,
    call: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = cookies.get(person)
    const answer = await world.as(null, call, body, { ...headers, ...(cookie ? { cookie } : {}) })
    const given = [answer.headers['set-cookie'] ?? []].flat().map((line) => String(line).split(';')[0]!)
    const session = given.find((pair) => pair.startsWith(`${cookieName}=`))
    if (session) cookies.set(person, session)
    return answer
  }
  const ok = async (...call: Parameters<typeof as>) => {
    const answer = await as(...call)
    expect([call[1], answer.status, answer.status < 300 ? '' : answer.text]).toEqual([call[1], expect.any(Number), ''])
    return answer.body
  }

  async function importFile(kind: 'products' | 'orders') {
    const content = await readFile(new URL(`../intake/reading/fixtures/northwind/${kind}-flat.csv`, import.meta.url))
    const { body, headers } = form({ kind }, { name: `${kind}.csv`, content })
    const { id } = await ok('administrator', 'POST /imports', body, headers)
    await ok('administrator', `POST /imports/${id}/check`)
    await world.drain()
    await ok('administrator', `POST /imports/${id}/run`)
    await world.drain()
    return await ok('administrator', `GET /imports/${id}`)
  }

  async function invite(person: string, role: string, partyId?: string) {
    const invitation = await ok('administrator', 'POST /invitations', {
      email: `${person}@example.com`,
      role,
      ...(partyId ? { partyId } : {}),
    })
    const { items } = await ok('administrator', 'GET /outbox')
    const mail = items.find((item: { recipient: string }) => item.recipient === invitation.email)
    const { link } = await ok('administrator', `POST /outbox/${mail.id}/reveal`)
    const token = link.split('#token=')[1]
    expect((await ok(person, 'POST /invitations/look', { token })).accountName).toBe('Northwind Traders')
    await ok(person, 'POST /invitations/accept', { token, name: person, password: `the password of ${person}` })
    expect(
      (await as(person, 'POST /invitations/accept', { token, name: person, password: 'another password' })).status,
    ).toBe(410)
  }

  let supplier: { id: string }
  beforeAll(async () => {
    const token = mintLinkToken()
    await world.owner.query(
      "insert into identity.one_time_tokens (token_hash, purpose, expires_at) values ($1, 'create-account', now() + interval '1 day')",
      [hashToken(token)],
    )
    await ok('administrator', 'POST /accounts', {
      token,
      accountName: 'Northwind Traders',
      name: 'Nancy',
      email: 'nancy@example.com',
      password: 'a good password',
      currency: 'USD',
      timezone: 'America/New_York',
    })
  })

  it('1-2. products and orders come in from other people’s files: 77, 830, and nothing twice', async () => {
    expect(await importFile('products')).toMatchObject({ state: 'done', created: 77, rejected: 0 })
    expect(await importFile('orders')).toMatchObject({ state: 'done', created: 830, rejected: 0 })
    expect(await importFile('orders')).toMatchObject({ created: 0, unchanged: 830 })
  }, 60_000)

  it('3. S3.5 S3.28 the tags propose 29 suppliers and their rules; run now splits 681 orders by line', async () => {
    const { items } = await ok('administrator', 'GET /suppliers/proposal')
    expect(items).toHaveLength(29)
    const chosen = items.map(({ tag, name }: { tag: string; name: string }) => ({ tag, name }))
    expect(await ok('administrator', 'POST /suppliers/proposal', { chosen })).toEqual({ suppliers: 29, rules: 29 })
    await ok('administrator', 'POST /rules/run')
    await world.drain()
    const { rows } = await world.owner.query(
      `select count(*) filter (where parts > 1) as mixed, count(*) as orders, sum(parts) as parts from
        (select order_id, count(*) as parts from fulfillment.fulfillment_orders group by order_id) as x`,
    )
    expect(rows[0]).toMatchObject({ mixed: 681, orders: 830 })
    const lines = await world.owner.query(
      `select p.name, count(*) as lines from fulfillment.lines l join access.parties p on p.account_id = l.account_id and p.id = l.supplier_id
        group by p.name order by 2 desc, 1 limit 5`,
    )
    expect(lines.rows).toEqual([
      { name: 'Plutzer Lebensmittelgroßmärkte AG', lines: 179 },
      { name: 'Specialty Biscuits, Ltd.', lines: 164 },
      { name: 'Pavlova, Ltd.', lines: 163 },
      { name: 'Gai pâturage', lines: 105 },
      { name: 'Norske Meierier', lines: 105 },
    ])
    const order = (await ok('administrator', 'GET /orders?q=10248')).items[0]
    const traces = await ok('administrator', `GET /orders/${order.id}/rules`)
    expect(traces.items.length).toBeGreaterThan(1)
    supplier = items.find(({ name }: { name: string }) => name === 'Pavlova, Ltd.')
    supplier = (await ok('administrator', 'GET /suppliers')).items.find(
      ({ name }: { name: string }) => name === 'Pavlova, Ltd.',
    )
  }, 60_000)

  it('4. S2.10 S3.24 a supplier user and a customer-service user set passwords that nobody else sees', async () => {
    await invite('olga', 'supplier-manager', supplier.id)
    await invite('carol', 'customer-service')
    expect((await ok('olga', 'GET /me')).party.name).toBe('Pavlova, Ltd.')
    expect((await ok('carol', 'GET /me')).role.slug).toBe('customer-service')
  })

  it('5. S3.12 S3.25 the supplier has exactly his 163 lines: accepts a part, rejects, ships one and many', async () => {
    let lines = 0
    const queue: { id: string; number: string; lines: { id: string; quantity: number }[] }[] = []
    for (let cursor = ''; ; ) {
      const page = await ok('olga', `GET /queue?limit=200${cursor && `&cursor=${cursor}`}`)
      queue.push(...page.items)
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    for (const item of queue) lines += item.lines.length
    expect(lines).toBe(163)
    const [first, second, third] = queue
    const line = first!.lines[0]!
    await ok('olga', `POST /queue/${first!.id}/accept`, { lines: [{ lineId: line.id, quantity: line.quantity - 1 }] })
    await ok('olga', `POST /queue/${first!.id}/reject`, {
      reason: 'Sold out',
      lines: [{ lineId: line.id, quantity: 1 }],
    })
    await ok('olga', `POST /queue/${first!.id}/ship`, { carrier: 'DHL', trackingNumber: 'TRACK-1' })
    const many = await ok('olga', 'POST /queue/ship', {
      carrier: 'DHL',
      rows: [
        { number: second!.number, trackingNumber: 'TRACK-2' },
        { number: third!.number, trackingNumber: 'TRACK-3' },
        { number: '99999', trackingNumber: 'TRACK-4' },
      ],
    })
    expect(many.rows.map(({ result }: { result: string }) => result)).toEqual(['done', 'done', 'unknown'])
    const slip = await as('olga', `GET /queue/${second!.id}/slip`)
    expect(slip.headers['content-type']).toContain('application/pdf')
    for (const path of ['/orders', '/products', '/suppliers', '/rules', '/members', '/outbox', '/imports']) {
      expect([path, (await as('olga', `GET ${path}`)).status]).toEqual([path, 403])
    }
  })

  it('6. S3.20 the merchant finds it by tracking, partially shipped by its quantities, with who did what', async () => {
    const found = (await ok('administrator', 'GET /orders?q=track-1')).items
    expect(found).toHaveLength(1)
    const order = await ok('administrator', `GET /orders/${found[0].id}`)
    expect(['partially_shipped', 'shipped']).toContain(order.status)
    expect(order.timeline.some(({ actor }: { actor: string }) => actor === 'olga · Pavlova, Ltd.')).toBe(true)
    expect(order.issues.map(({ kind }: { kind: string }) => kind)).toContain('rejected')
  })

  it('7. S1.12-S1.17 customer service corrects, holds, releases and comments; no amount reaches her', async () => {
    const order = (await ok('carol', 'GET /orders?q=chevalier')).items[0]
    const open = await ok('carol', `GET /orders/${order.id}`)
    expect(JSON.stringify(open)).not.toMatch(/amount|Micros|total/i)
    await ok('carol', `PATCH /orders/${order.id}`, { recipient: { line1: '1 rue Neuve' } }, at(open.version))
    await ok('carol', `POST /orders/${order.id}/hold`, { reason: 'The buyer calls back', until: '2099-01-01' })
    expect((await ok('carol', `GET /orders/${order.id}`)).status).toBe('on_hold')
    await ok('carol', `POST /orders/${order.id}/release`)
    await ok('carol', `POST /orders/${order.id}/comments`, {
      text: 'Address corrected on the phone',
      visibility: 'internal',
    })
    const now = await ok('carol', `GET /orders/${order.id}`)
    expect(now.recipient.line1).toBe('1 rue Neuve')
    expect(now.status).not.toBe('on_hold')
    expect((await as('carol', 'GET /products')).status).toBe(403)
  })

  it('8. S3.17 S3.18 S1.22 filters by product tag, ships by hand, deactivates: the very next request is refused', async () => {
    const tag = encodeURIComponent('supplier:Pavlova, Ltd.')
    const { value } = await ok('administrator', `GET /orders/count?productTag=${tag}`)
    expect(value).toBeGreaterThan(100)
    const order = (await ok('administrator', 'GET /orders?limit=1&sort=placed&status=awaiting_shipment')).items[0]
    const { items } = await ok('administrator', `GET /orders/${order.id}/fulfillment-orders`)
    for (const part of items)
      await ok('administrator', `POST /fulfillment-orders/${part.id}/ship`, {
        carrier: 'UPS',
        trackingNumber: 'BY-HAND',
      })
    expect((await ok('administrator', `GET /orders/${order.id}`)).status).toBe('shipped')

    await ok('olga', 'GET /queue')
    const olga = (await ok('administrator', 'GET /members')).items.find(({ name }: { name: string }) => name === 'olga')
    await ok('administrator', `POST /members/${olga.id}/deactivate`)
    expect((await as('olga', 'GET /queue')).status).toBe(401)
    await expectInvariants(world)
  })
})
