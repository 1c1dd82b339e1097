import { describe, expect, inject, it, vi } from 'vitest'
import type { Prepared } from '#kernel/db/prepare.ts'
import { addOrders } from '#orders'
import { privacyCommands } from '../../operator/privacy-commands.ts'
import { stores } from '../cast.ts'
import { orderDraft } from '../scene.ts'
import { useWorld } from '../world.ts'

describe('a backup that is older than an erasure', () => {
  const world = useWorld()

  it('206 comes back with the buyer; reapply erases him again, and what had not left then once it has', async () => {
    const orders = ['gone', 'open-in-backup', 'neighbour'].map((number) => orderDraft(number))
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
    const id = (number: string) => ids.get(number)!
    for (const number of ['gone', 'open-in-backup'])
      await world.as('A1', `POST /orders/${id(number)}/cancel`, { reason: 'changed his mind' })
    const his = [id('gone'), id('open-in-backup')]
    expect((await world.as('A1', 'POST /privacy/erase', { orderIds: his })).status).toBe(202)
    await world.drain()
    const nameOf = async (number: string) => (await world.as('A1', `GET /orders/${id(number)}`)).body.recipient.name
    expect(await nameOf('gone')).toBe('')

    // The older backup: he is there again, and one of his orders is not cancelled yet.
    await world.owner.query(
      "update orders.recipients set name = 'Paul Henriot', faded_at = null where order_id = any ($1)",
      [his],
    )
    await world.owner.query('update orders.orders set erased_at = null where id = any ($1)', [his])
    await world.owner.query(
      "update orders.orders set status = 'awaiting_shipment', cancelled_at = null where id = $1",
      [id('open-in-backup')],
    )
    await world.owner.query('delete from privacy.erasures')
    const { host, port } = world.owner
    const prepared = {
      target: { host, port, database: world.owner.database },
      login: (name: keyof ReturnType<typeof logins>) => logins()[name],
      installation: '',
    } as Prepared
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const reapply = () =>
      privacyCommands['privacy reapply']!.run({
        installation: { deps: world.deps, prepared, close: async () => {} },
        options: {},
        positionals: [],
      })
    try {
      expect(await reapply()).toBe(0)
      expect(log).toHaveBeenLastCalledWith(
        'The buyers of 1 orders are erased again; 1 more will be once their orders have left.',
      )
      expect(await reapply()).toBe(0)
    } finally {
      log.mockRestore()
    }
    expect(await nameOf('gone')).toBe('')
    expect(await nameOf('neighbour')).toBe('Paul Henriot')
    const { waiting } = (await world.as('A1', 'GET /privacy/erasures')).body
    expect(waiting.map((one: { number: string }) => one.number)).toEqual(['open-in-backup'])
  })
})

const logins = () => inject('server').logins
