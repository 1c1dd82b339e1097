import { describe, expect, it } from 'vitest'
import { writeReads } from '#kernel/reads.ts'
import { memberOf, parties, stores } from '../../testing/cast.ts'
import { useWorld } from '../../testing/world.ts'

interface Entry {
  action: string
  actor: string
  fields: string[]
  changes?: Record<string, unknown>
  subject: { kind: string; id: string; name: string | null } | null
}

describe('reading the audit log', () => {
  let orderId = ''
  let partId = ''
  const world = useWorld(async (world) => {
    const made = await world.as('A1', 'POST /orders', {
      storeId: stores.a,
      number: 'H-1',
      recipient: { name: 'Ada CNRY-name', line1: 'Street 1', city: 'Lyon', country: 'FR' },
      contact: { email: 'cnry@example.com' },
      lines: [{ sku: 'S', quantity: 2 }],
    })
    orderId = made.body.id
    await world.as('A1', `POST /orders/${orderId}/assign`, { supplierId: parties.S1.id })
    const { rows } = await world.owner.query('select id from fulfillment.fulfillment_orders where order_id = $1', [
      orderId,
    ])
    partId = rows[0].id
    await world.as('C1', `POST /orders/${orderId}/hold`, { reason: 'wait' })
    await world.as('C1', `POST /orders/${orderId}/release`)
    await world.as('A1', `PATCH /orders/${orderId}`, { contact: { email: 'cnry2@example.com' } }, { 'if-match': '"1"' })
    await world.as('S1', `POST /queue/${partId}/accept`, {})
  })
  const history = async (who: Parameters<typeof world.as>[0], kind: string, id: string) =>
    (await world.as(who, `GET /history?kind=${kind}&id=${id}`)).body.items as Entry[]

  it('the administrator reads all of it, narrowed by person, action, record, way, outcome and day, page after page', async () => {
    const list = async (query: string) => (await world.as('A1', `GET /audit?${query}`)).body.items as Entry[]
    const held = await list(`action=order.held&recordId=${orderId}&memberId=${memberOf('C1')}&via=hand&outcome=done`)
    expect(held).toMatchObject([
      { action: 'order.held', actor: 'C1', changes: { reason: 'wait' }, subject: { kind: 'order', name: 'H-1' } },
    ])
    expect(await list('action=order.held&from=2999-01-01')).toEqual([])
    expect(await list('action=order.held&to=2999-01-01')).toHaveLength(1)
    expect(await list('via=rule&action=order.held')).toEqual([])
    await world.as('V1', 'POST /products', { sku: 'NO', name: 'No' })
    expect(await list('outcome=refused')).toMatchObject([{ action: 'createProduct', actor: 'V1' }])
    const first = await world.as('A1', 'GET /audit?limit=2')
    const second = await world.as('A1', `GET /audit?limit=2&cursor=${first.body.nextCursor}`)
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
    expect((await world.as('A2', `GET /audit?limit=2&cursor=${first.body.nextCursor}`)).status).toBe(400)
  })

  it('34 226 each sees the history of records he may see, and values of fields he may read', async () => {
    const actions = (entries: Entry[]) => entries.map(({ action }) => action)
    const all = ['fulfillment_order.accepted', 'order.edited', 'order.released', 'order.held', 'order.assigned']
    expect(actions(await history('A1', 'order', orderId))).toEqual(expect.arrayContaining(all))
    expect(actions(await history('C1s', 'order', orderId))).toEqual(expect.arrayContaining(all))
    const edited = async (who: Parameters<typeof world.as>[0]) =>
      (await history(who, 'order', orderId)).find(({ action }) => action === 'order.edited')!
    expect((await edited('C1')).changes).toEqual({
      'contact.email': { from: 'cnry@example.com', to: 'cnry2@example.com' },
    })
    expect(await edited('V1')).toMatchObject({ fields: ['contact.email'] })
    expect((await edited('V1')).changes).toBeUndefined()
    // Own side only: the supplier's acceptance, none of what the house did to the same fulfillment order.
    expect(actions(await history('S1', 'fulfillment_order', partId))).toEqual(['fulfillment_order.accepted'])
    expect(await history('P1', 'order', orderId)).toEqual([])
  })

  it('34 a product, a supplier, a rule, a role and a user have a history too, for who may see the record', async () => {
    const product = (await world.as('F1', 'POST /products', { sku: 'HIST', name: 'Old' })).body
    const change = (version: number, body: object) =>
      world.as('F1', `PATCH /products/${product.id}`, body, { 'if-match': `"${version}"` })
    expect((await change(product.version, { name: 'New' })).status).toBe(200)
    const cost = { micros: 5_000_000, currency: 'EUR' }
    expect((await change(product.version + 1, { cost })).status).toBe(200)
    const changed = (entries: Entry[]) => entries.filter(({ action }) => action === 'product.changed')
    const [byF1] = changed(await history('F1', 'product', product.id))
    expect(byF1!.changes).toHaveProperty('cost')
    const [costs, names] = changed(await history('V1', 'product', product.id))
    expect(costs!.changes).toBeUndefined()
    expect(names!.changes).toHaveProperty('name')
    const roles = (await world.as('A1', 'GET /roles')).body.items as { id: string; slug: string }[]
    for (const [kind, id, reader, other] of [
      ['supplier', parties.S1.id, 'F1', 'V1'],
      ['role', roles.find(({ slug }) => slug === 'viewer')!.id, 'A1', 'F1'],
      ['member', memberOf('C1'), 'A1', 'F1'],
      ['product', product.id, 'V1', 'S1'],
      ['order', orderId, 'V1', 'S1'],
      ['fulfillment_order', partId, 'S1', 'P1'],
    ] as const) {
      expect([kind, (await world.as(reader, `GET /history?kind=${kind}&id=${id}`)).status]).toEqual([kind, 200])
      expect([kind, (await world.as(other, `GET /history?kind=${kind}&id=${id}`)).status]).toEqual([kind, 404])
    }
  })

  it("34 the history of what is not one's own is not there, as for an id never issued", async () => {
    const never = '0c000000-0000-7000-8000-00000000ffff'
    for (const [who, kind, id] of [
      ['A2', 'order', orderId],
      ['P2', 'order', orderId],
      ['S1', 'order', orderId],
      ['S2', 'fulfillment_order', partId],
      ['C1', 'rule', orderId],
    ] as const) {
      const answer = await world.as(who, `GET /history?kind=${kind}&id=${id}`)
      expect(answer.status).toBe(404)
      expect(answer.bare).toBe((await world.as(who, `GET /history?kind=${kind}&id=${never}`)).bare)
    }
    for (const who of ['F1', 'C1', 'P1', 'S1', 'V1'] as const)
      expect((await world.as(who, 'GET /audit')).status).toBe(403)
  })

  it('a look at the contact data of an order is an entry, one for each person, record and hour', async () => {
    const looks = async () =>
      (
        await world.owner.query<{ actor: string }>(
          "select actor from access.audit where action in ('order.contact-read', 'fulfillment_order.recipient-read') order by actor",
        )
      ).rows.map(({ actor }) => actor)
    for (const who of ['C1', 'V1', 'P1'] as const) await world.as(who, `GET /orders/${orderId}`)
    await world.as('S1', `GET /queue/${partId}`)
    await writeReads(world.deps)
    await world.as('C1', `GET /orders/${orderId}`)
    await writeReads(world.deps)
    // The viewer saw no contact data, the client looked at his own customers.
    expect(await looks()).toEqual(['C1', 'S1'])
    const reads = (await world.as('A1', 'GET /audit?reads=true')).body.items as Entry[]
    expect(reads.map(({ action }) => action).sort()).toEqual(['fulfillment_order.recipient-read', 'order.contact-read'])
  })

  it('takes the log out as CSV, which is an entry of its own, and says how far it is sealed', async () => {
    const file = await world.as('A1', 'POST /audit/export', { action: 'order.held' })
    expect(file.status).toBe(200)
    const lines = file.text.replace('\u{FEFF}', '').trim().split('\r\n')
    expect(lines[0]).toMatch(/^at,actor,role,via,action/)
    expect(file.text).toContain(',C1,customer-service,hand,order.held,done,order,H-1,')
    const { items } = (await world.as('A1', 'GET /audit?action=audit.exported')).body
    expect(items).toMatchObject([{ actor: 'A1', changes: { action: 'order.held' } }])
    const { body } = await world.as('A1', 'GET /audit/seal')
    expect(body).toMatchObject({ sealed: 0, head: null })
    expect(body.actions).toContain('order.held')
  })
})
