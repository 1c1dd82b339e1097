import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addOrders } from '#orders'
import { adjustStock } from '#stock'
import { parties, stores, warehouses } from '../cast.ts'
import { accept, invite, reveal } from '../people.ts'
import { line, orderDraft } from '../scene.ts'
import { importAll } from '../upload.ts'
import { useWorld, type World } from '../world.ts'
import { expectInvariants, offenders } from './invariants.ts'

const file = 'Order number,SKU,Quantity,Country\nI-1,X,1,FR\nI-2,X,1,FR\n'

/** One of everything that the invariants are about, done through the routes. */
async function layOut(world: World) {
  const ok = async (...call: Parameters<World['as']>) => {
    const answer = await world.as(...call)
    expect(answer.status, `${call[1]} ${answer.text}`).toBeLessThan(300)
    return answer.body
  }
  const tea = await ok('A1', 'POST /products', { sku: 'NW-011', name: 'Tea', clientId: parties.P1.id })
  const opening = { warehouseId: warehouses.main, productId: tea.id, by: 3, reason: 'Opening' }
  await world.work('A1', (tx) => adjustStock(tx, opening))
  const lines = [line('NW-011', 2, 10_000_000), line('NW-042', 1, 10_000_000)]
  const orders = ['N-1', 'N-2', 'N-3'].map((number) => orderDraft(number, { lines }))
  const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
  await ok('A1', `POST /orders/${ids.get('N-1')}/assign`, { supplierId: parties.S1.id })
  await ok('A1', `POST /orders/${ids.get('N-2')}/assign`, { supplierId: parties.S2.id })
  await ok('A1', `POST /orders/${ids.get('N-3')}/hold`, { reason: 'wait' })
  const { items } = await ok('S1', 'GET /queue')
  await ok('S1', `POST /queue/${items[0].id}/ship`, { carrier: 'UPS', trackingNumber: 'T-1' })
  await importAll(world, 'A1', 'orders', file)
  await invite(world, { email: 'nora@example.com' })
  await accept(world, await reveal(world, 'nora@example.com'))
}

/** A fault in the data, as a bug or a crash in the wrong place would leave it, and the invariant that must notice. */
const planted: [string, string][] = [
  ['I3', 'update stock.levels set on_hand = on_hand + 1'],
  ['I3', "delete from stock.movements where kind = 'allocated'"],
  ['I3', 'update stock.allocations set allocated = allocated + 1'],
  ['I3', 'delete from stock.allocations'],
  ['I4', "update orders.orders set status = 'shipped' where number = 'N-2'"],
  ['I4', 'update orders.count_deltas set delta = delta + 1'],
  ['I4', 'delete from orders.contacts'],
  ['I4', "delete from orders.timeline where kind = 'order.created'"],
  ['I4', 'delete from orders.line_amounts'],
  ['I4', 'update orders.orders set quantity = quantity + 1'],
  ['I4', 'update fulfillment.lines set quantity = quantity + 1'],
  ['I4', "update fulfillment.fulfillment_orders set state = 'accepted' where state = 'offered'"],
  ['I4', "update orders.holds set released_at = now(), released_by = 'x'"],
  ['I4', 'update fulfillment.lines set shipped = shipped - 1 where shipped > 0'],
  ['I4', 'delete from fulfillment.recipients'],
  ['I4', 'update intake.imports set created = created + 1'],
  ['I4', 'update intake.imports set checkpoint = checkpoint - 1'],
  ['I5', 'update orders.orders set import_id = gen_random_uuid()'],
  ['I5', `update fulfillment.lines set supplier_id = '${parties.S2.id}'`],
  ['I5', 'update orders.issues set line_id = gen_random_uuid()'],
  ...[
    'invitation.created',
    'invitation.accepted',
    'import.created',
    'import.finished',
    'order.assigned',
    'order.held',
    'fulfillment_order.shipped',
  ].map((action): [string, string] => ['I6', `delete from access.audit where action = '${action}'`]),
  ['I7', "update notices.outbox set state = 'dead', last_error = ''"],
  ['I7', 'update access.invitations set accepted_at = null; delete from notices.outbox'],
  ['I8', "update intake.imports set state = 'running'"],
]

describe('the invariants', () => {
  const world = useWorld(layOut)

  it('hold where nothing went wrong', async () => {
    const { rows } = await world.owner.query('select id from orders.orders')
    await expectInvariants(world, {
      acknowledged: rows.map(({ id }) => ({ table: 'orders.orders', id })),
      mails: [
        { to: 'a', token: '1' },
        { to: 'a', token: '2' },
      ],
    })
  })

  it.each(planted)('%s notices: %s', async (invariant, fault) => {
    await world.owner.query('begin')
    try {
      await world.owner.query(fault)
      const found = await offenders(world)
      expect(found.join('\n')).toMatch(new RegExp(`^${invariant} `, 'm'))
    } finally {
      await world.owner.query('rollback')
    }
  })

  it('I1 notices what was acknowledged and is not there', async () => {
    const id = '01900000-0000-7000-8000-000000000000'
    expect(await offenders(world, { acknowledged: [{ table: 'orders.orders', id }] })).toEqual([
      `I1 what was acknowledged is there: orders.orders ${id}`,
    ])
  })

  it('I2 notices a link that was mailed twice', async () => {
    const mail = { to: 'nora@example.com', token: 't' }
    expect(await offenders(world, { mails: [mail, mail] })).toEqual(['I2 no link is mailed twice: nora@example.com'])
  })

  it('I8 notices a job that nobody will take up', async () => {
    await world.owner.query(
      "insert into jobs.jobs (account_id, id, member_id, kind, state) select account_id, gen_random_uuid(), id, 'lost', 'running' from access.members limit 1",
    )
    expect((await offenders(world)).join()).toContain('I8 no job is stuck: lost running')
    await world.owner.query("delete from jobs.jobs where kind = 'lost'")
  })

  it('I9 notices a file without a row', async () => {
    const orphan = join(world.deps.filesDir, 'orphan')
    await writeFile(orphan, 'x')
    expect(await offenders(world)).toEqual(['I9 no file is without its row: orphan'])
    await rm(orphan)
  })

  it('I10 notices a transaction and a lock that nobody ended', async () => {
    const client = await world.deps.pools.staff.connect()
    await client.query('begin; select pg_advisory_lock(1)')
    const found = (await offenders(world)).join('\n')
    expect(found).toContain('idle in transaction')
    expect(found).toContain('holds an advisory lock')
    await client.query('select pg_advisory_unlock(1); commit')
    client.release()
    await expectInvariants(world)
  })
})
