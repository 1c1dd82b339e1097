import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'
import type { Failpoint } from '#kernel/failpoints.ts'
import { deliverDue } from '#notices'
import { addOrders } from '#orders'
import { accounts, parties, stores } from '../cast.ts'
import { tokenIn } from '../people.ts'
import { line, orderDraft } from '../scene.ts'
import { form } from '../upload.ts'
import type { World } from '../world.ts'
import type { Client, Story } from './failing-client.ts'

const aWrite = ['write.before_commit', 'write.after_commit', 'answer.before_send'] as const
/** Where each story can be stopped; an import asks how far it is again and again, and each look has an answer. */
export const points = {
  import: [
    'write.after_commit',
    'job.taken',
    'import.before_commit',
    'import.after_batch',
    'import.before_finish',
    'job.before_finish',
  ],
  assign: [...aWrite, 'assign.after_lines'],
  ship: [...aWrite, 'ship.after_units'],
  invite: [...aWrite, 'job.taken', 'mail.before_send', 'mail.after_send', 'invite.after_user', 'invite.before_commit'],
  export: [...aWrite, 'export.after_rows'],
} satisfies Record<string, readonly Failpoint[]>

/** A mail server of the tests with a ledger of its own. */
export async function openMailPeer() {
  const ledger: { to: string; token: string }[] = []
  const peer = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, callback) {
      void buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          ledger.push({ to: mail.to![0]!.address!, token: tokenIn(mail.text!) })
          callback()
        }, callback)
    },
  })
  await new Promise<void>((ready) => peer.listen(0, '127.0.0.1', ready))
  return {
    ledger,
    url: `smtp://127.0.0.1:${(peer.server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((closed) => peer.close(() => closed())),
  }
}
export type MailPeer = Awaited<ReturnType<typeof openMailPeer>>

const anOrder = async (client: Client, run: string) => {
  const lines = [line('NW-011', 2, 10_000_000), line('NW-042', 1, 10_000_000)]
  const made = await client.world.work('A1', (tx) =>
    addOrders(tx, { storeId: stores.a, orders: [orderDraft(run, { lines })] }),
  )
  return made.get(run)!
}
const count = async (world: World, query: string, value: string) =>
  Number((await world.owner.query(`select count(*) as n from ${query}`, [value])).rows[0].n)

/** Orders of an imported file: three batches. */
const imported = 1_200

export const importStory: Story = async (client, run) => {
  const rows = Array.from({ length: imported }, (_, index) => `${run}-${index},NW-011,1,FR`)
  const file = form(
    { kind: 'orders' },
    { name: 'orders.csv', content: ['Order number,SKU,Quantity,Country', ...rows, ''].join('\n') },
  )
  const { id } = (await client.ok('A1', 'POST /imports', undefined, file)).body
  const reaches = (state: string) =>
    client.until(`import ${state}`, async () => {
      const { body } = await client.ok('A1', `GET /imports/${id}`)
      if (body.state === 'failed') throw new Error(JSON.stringify(body))
      return body.state === state ? body : undefined
    })
  await client.ok('A1', `POST /imports/${id}/check`)
  await reaches('checked')
  await client.ok('A1', `POST /imports/${id}/run`)
  const done = await reaches('done')
  expect([done.created, done.rejected.total ?? done.rejected]).toEqual([imported, 0])
  expect(await count(client.world, "orders.orders where number like $1 || '-%'", run)).toBe(imported)
  expect(await count(client.world, 'intake.imports where id = $1', id)).toBe(1)
  return { acknowledged: [{ table: 'intake.imports', id }] }
}

const assign = (id: string) => [`POST /orders/${id}/assign`, { supplierId: parties.S1.id }] as const

export const assignStory: Story = async (client, run) => {
  const id = await anOrder(client, run)
  await client.ok('A1', ...assign(id))
  expect(await count(client.world, 'fulfillment.fulfillment_orders where order_id = $1', id)).toBe(1)
  return { acknowledged: [{ table: 'orders.orders', id }] }
}

export const shipStory: Story = async (client, run) => {
  const id = await anOrder(client, run)
  expect((await client.world.as('A1', ...assign(id))).status).toBe(200)
  const { items } = (await client.ok('S1', 'GET /queue')).body
  const part = items.find(({ number }: { number: string }) => number === run)
  await client.ok('S1', `POST /queue/${part.id}/ship`, { carrier: 'UPS', trackingNumber: `T-${run}` })
  expect((await client.ok('A1', `GET /orders/${id}`)).body.status).toBe('shipped')
  expect(await count(client.world, 'fulfillment.parcels where tracking_number = $1', `T-${run}`)).toBe(1)
  return { acknowledged: [{ table: 'orders.orders', id }] }
}

/** Until the link is in the mail; what was being sent when the server died is due again in two minutes, or now. */
export const inviteStory =
  (peer: MailPeer): Story =>
  async (client, run) => {
    const email = `${run}@example.com`
    const { id } = (await client.ok('A1', 'POST /invitations', { email, role: 'viewer' })).body
    const started = Date.now()
    const waits = "notices.outbox where recipient = $1 and state in ('pending', 'sending')"
    await client.until('the mail is sent', async () => {
      if ((await count(client.world, waits, email)) === 0) return true
      if (Date.now() - started < 3_000) return undefined
      await client.world.owner.query(
        "update notices.outbox set next_attempt_at = now() where recipient = $1 and state in ('pending', 'sending')",
        [email],
      )
      await deliverDue({ ...client.world.deps, smtpUrl: peer.url })
      return undefined
    })
    const links = peer.ledger.filter(({ to }) => to === email)
    const accept = (token: string) =>
      client.ask(null, 'POST /invitations/accept', { token, name: 'Nora', password: 'four plain words together' })
    for (const old of links.slice(0, -1)) expect((await accept(old.token)).status, 'an earlier link is dead').toBe(410)
    const first = await accept(links.at(-1)!.token)
    // Where the server died after the commit, the link is spent, by us: who is in, is in.
    expect([200, 201, 410]).toContain(first.status)
    expect(await count(client.world, 'access.members where email = $1', email)).toBe(1)
    expect((await accept(links.at(-1)!.token)).status).toBe(410)
    return { acknowledged: [{ table: 'access.invitations', id }], mails: peer.ledger }
  }

/** Enough orders that an export is sent in more than one piece. */
export async function layOutExport(world: World): Promise<void> {
  const orders = Array.from({ length: 600 }, (_, index) => orderDraft(`E-${index}`))
  await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
  await world.drain()
}

export const exportStory: Story = async (client) => {
  const { text } = await client.ok('A1', 'POST /orders/export', {})
  const lines = await count(client.world, 'orders.lines where account_id = $1', accounts.one.id)
  expect(text.trim().split('\n').length - 1).toBe(lines)
  return {}
}
