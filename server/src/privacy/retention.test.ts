import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAnchors, Sealer, verifyAudit } from '#access'
import { addOrders } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { orderDraft } from '../testing/scene.ts'
import { importAll } from '../testing/upload.ts'
import { useWorld } from '../testing/world.ts'
import { lookAfterPrivacy } from './look-after.ts'

describe('what is kept, and how long', () => {
  const ids = new Map<string, string>()
  const world = useWorld(async (made) => {
    for (const [number, supplier, store] of [
      ['old', 'S1', 'a'],
      ['new', 'S1', 'a'],
      ['other', 'S2', 'b'],
    ] as const) {
      const added = await made.work('A1', (tx) =>
        addOrders(tx, { storeId: stores[store], orders: [orderDraft(number)] }),
      )
      ids.set(number, added.get(number)!)
      await made.as('A1', `POST /orders/${added.get(number)}/assign`, { supplierId: parties[supplier].id })
      const { items } = (await made.as(supplier, 'GET /queue?view=all')).body
      const item = items.find((one: { number: string }) => one.number === number)
      expect((await made.as(supplier, `POST /queue/${item.id}/ship`, { carrier: 'UPS' })).status).toBe(200)
    }
    await made.owner.query(
      "update fulfillment.fulfillment_orders set shipped_at = now() - interval '91 days' where number <> 'new'",
    )
  })
  const nextDay = () => world.owner.query('update privacy.retention set applied_on = applied_on - 1')
  const queue = async (who: 'S1' | 'S2', query = '') =>
    (await world.as(who, `GET /queue?view=shipped${query}`)).body.items
  const keep = (body: object) => world.as('A1', 'POST /privacy/retention', body)

  it("a supplier's copy of the address fades 90 days after he shipped, by itself; the order keeps its own", async () => {
    expect((await queue('S1')).map((item: { recipient: { name: string } }) => item.recipient.name)).toEqual([
      'Paul Henriot',
      'Paul Henriot',
    ])
    await lookAfterPrivacy(world.deps)
    const items = await queue('S1')
    expect(
      items.map((item: { number: string; recipient: { name: string; city: string } }) => [
        item.number,
        item.recipient.name,
      ]),
    ).toEqual([
      ['new', 'Paul Henriot'],
      ['old', ''],
    ])
    expect(items[1].removedAt).toMatch(/^\d{4}-/)
    expect(await queue('S1', '&q=henriot')).toHaveLength(1)
    expect(await queue('S1', '&q=old')).toHaveLength(1)
    const order = (await world.as('A1', `GET /orders/${ids.get('old')}`)).body
    expect(order).toMatchObject({ removedAt: null, recipient: { name: 'Paul Henriot' } })
    const { rows } = await world.owner.query(
      "select a.actor, a.via, v.changes from access.audit a join access.audit_values v on v.audit_id = a.id where action = 'retention.applied'",
    )
    expect(rows).toEqual([{ actor: 'Automation', via: 'rule', changes: { what: 'supplier_copy', faded: 2 } }])
  })

  it('says so on the slip and in files', async () => {
    const item = (await queue('S1')).find((one: { number: string }) => one.number === 'old')
    expect((await world.as('S1', `GET /queue/${item.id}/slip`)).status).toBe(200)
    expect((await world.as('S1', 'GET /queue/export?view=shipped')).text).toContain('Removed on 20')
  })

  it('each rule is gone through once a day', async () => {
    await world.owner.query(
      "update fulfillment.fulfillment_orders set shipped_at = now() - interval '91 days' where number = 'new'",
    )
    await lookAfterPrivacy(world.deps)
    expect((await queue('S1', '&q=henriot')).map((item: { number: string }) => item.number)).toEqual(['new'])
    await nextDay()
    await lookAfterPrivacy(world.deps)
    expect(await queue('S1', '&q=henriot')).toEqual([])
  })

  it('an administrator says it for a store: address, contact and notes of orders that have left, with what the audit kept of them', async () => {
    await world.owner.query('update orders.orders set buyer_note = $1', ['ring twice'])
    const values = () =>
      world.owner.query(
        'select * from access.audit_values v join access.audit a on a.id = v.audit_id where a.subject_id = $1',
        [ids.get('old')],
      )
    expect((await values()).rowCount).toBeGreaterThan(0)
    for (const what of ['recipient', 'contact', 'notes'])
      expect((await keep({ what, storeId: stores.a, days: 30 })).status).toBe(200)
    await lookAfterPrivacy(world.deps)
    const order = (number: string) => world.as('A1', `GET /orders/${ids.get(number)}`).then(({ body }) => body)
    expect(await order('old')).toMatchObject({
      recipient: { name: '', line1: '' },
      contact: { email: '', phone: '' },
      buyerNote: '',
    })
    expect((await order('old')).removedAt).toMatch(/^\d{4}-/)
    expect(await order('other')).toMatchObject({ recipient: { name: 'Paul Henriot' }, buyerNote: 'ring twice' })
    const found = async (q: string) =>
      (await world.as('A1', `GET /orders?q=${q}`)).body.items.map((row: { number: string }) => row.number)
    expect(await found('henriot')).toEqual(['other'])
    expect(await found('old')).toEqual(['old'])
    expect((await values()).rowCount).toBe(0)
    await new Sealer(world.deps).seal()
    await world.owner.query('begin')
    const verdict = await verifyAudit(world.owner, await readAnchors(world.dataDir))
    await world.owner.query('rollback')
    expect(verdict).toMatchObject({ findings: [] })
    expect(verdict.erased).toBeGreaterThan(0)
  })

  it('import files are emptied after their days, with what was said about their rows', async () => {
    const { draft } = await importAll(
      world,
      'A1',
      'orders',
      'Order number,SKU,Quantity,Country\nI-1,X,1,FR\nI-2,X,none,FR\n',
    )
    const file = async () =>
      (
        await world.owner.query(
          'select f.id, f.bytes from intake.files f join intake.imports i on i.file_id = f.id where i.id = $1',
          [draft.id],
        )
      ).rows[0]
    const size = async () => (await stat(join(world.deps.filesDir, (await file()).id))).size
    expect(await size()).toBeGreaterThan(0)
    await keep({ what: 'import_file', days: 10 })
    await lookAfterPrivacy(world.deps)
    expect(await size()).toBeGreaterThan(0)
    await world.owner.query("update intake.imports set created_at = now() - interval '11 days' where id = $1", [
      draft.id,
    ])
    await nextDay()
    await lookAfterPrivacy(world.deps)
    expect(await size()).toBe(0)
    expect((await file()).bytes).toBe(0)
    expect((await world.owner.query('select from intake.rejections where import_id = $1', [draft.id])).rowCount).toBe(0)
  })

  it('rules are data: changed, removed, and refused where they mean nothing', async () => {
    const list = async () =>
      (await world.as('A1', 'GET /privacy/retention')).body.items as { id: string; what: string; days: number }[]
    const first = (await list()).find(({ what }) => what === 'supplier_copy')!
    expect(first.days).toBe(90)
    expect((await keep({ what: 'supplier_copy', days: 30 })).body.id).toBe(first.id)
    expect((await keep({ what: 'supplier_copy', supplierId: parties.S2.id, days: 7 })).status).toBe(200)
    expect((await list()).filter(({ what }) => what === 'supplier_copy').map(({ days }) => days)).toEqual([30, 7])
    expect((await keep({ what: 'contact', supplierId: parties.S2.id, days: 7 })).status).toBe(400)
    expect((await keep({ what: 'import_file', storeId: stores.a, days: 7 })).status).toBe(400)
    expect((await keep({ what: 'contact', storeId: ids.get('old'), days: 7 })).status).toBe(404)
    expect((await keep({ what: 'contact', days: 0 })).status).toBe(400)
    expect((await world.as('A2', `DELETE /privacy/retention/${first.id}`)).status).toBe(404)
    expect((await world.as('A1', `DELETE /privacy/retention/${first.id}`)).status).toBe(200)
    expect((await list()).map(({ id }) => id)).not.toContain(first.id)
  })
})
