import { describe, expect, it } from 'vitest'
import { readWatched } from '#kernel/db/read-watched.ts'
import { hashToken } from '#kernel/tokens.ts'
import { accounts, memberOf, type Name, parties, stores, tokenOf } from './cast.ts'
import { useWorld } from './world.ts'

/** What is taken away is gone with the next request; each by its number in the list of attacks. */
describe('at once', () => {
  const world = useWorld(async (world) => {
    await world.as('A1', 'POST /orders', { storeId: stores.a, number: 'ONCE', lines: [{ sku: 'S', quantity: 1 }] })
  })
  const set = (who: Name, change: string) =>
    world.owner.query(`update access.members set ${change} where id = $1`, [memberOf(who)])
  const status = async (who: Name, call = 'GET /orders') => (await world.as(who, call)).status

  it('107 119 122 207 a read that begins after the change was committed is refused, a hundred times', async () => {
    for (let round = 0; round < 25; round++) {
      const before = [status('C1'), status('C1')]
      await set('C1', 'deactivated_at = now()')
      const after = await Promise.all([status('C1'), status('C1'), status('C1'), status('C1')])
      expect(after).toEqual([401, 401, 401, 401])
      await Promise.all(before)
      await set('C1', 'deactivated_at = null')
      expect(await status('C1')).toBe(200)
    }
  })

  it('107 a role, a scope and an end count from the next request', async () => {
    expect(await status('F1', 'GET /suppliers')).toBe(200)
    const roleOf = "(select id from access.roles r where r.account_id = members.account_id and r.slug = '%')"
    await set('F1', `role_id = ${roleOf.replace('%', 'viewer')}`)
    expect(await status('F1', 'GET /suppliers')).toBe(403)
    await set('F1', `role_id = ${roleOf.replace('%', 'full-access')}`)
    await set('F1', 'all_stores = false')
    expect((await world.as('F1', 'GET /orders')).body.items).toEqual([])
    await set('F1', 'all_stores = true, valid_until = now()')
    expect(await status('F1')).toBe(401)
    await set('F1', 'valid_until = null')
    expect((await world.as('F1', 'GET /orders')).body.items).toHaveLength(1)
  })

  it('194 195 a file that is being written breaks off when the right goes, or the scope changes', async () => {
    const credential = { tokenHash: hashToken(tokenOf('F1')), purpose: 'web' as const }
    const begin = () =>
      readWatched(
        world.deps.pools.staff,
        credential,
        'orders:export',
        async function* () {
          yield* ['1', '2', '3', '4']
        },
        0,
      )
    const whole: string[] = []
    for await (const piece of begin()) whole.push(piece)
    expect(whole).toEqual(['1', '2', '3', '4'])
    for (const [taken, given] of [
      ['deactivated_at = now()', 'deactivated_at = null'],
      ['all_stores = false', 'all_stores = true'],
      [
        "role_id = (select id from access.roles r where r.account_id = members.account_id and r.slug = 'viewer')",
        "role_id = (select id from access.roles r where r.account_id = members.account_id and r.slug = 'full-access')",
      ],
    ] as const) {
      const pieces = begin()
      expect((await pieces.next()).value).toBe('1')
      await set('F1', taken)
      await expect(pieces.next()).rejects.toThrow()
      await set('F1', given)
    }
  })

  it('194 what is known only at the end breaks the file too: its last piece is kept back till then', async () => {
    const credential = { tokenHash: hashToken(tokenOf('F1')), purpose: 'web' as const }
    const pieces = readWatched(world.deps.pools.staff, credential, 'orders:export', async function* () {
      yield 'all but the end'
      await set('F1', 'deactivated_at = now()')
      yield 'the end'
    })
    expect((await pieces.next()).value).toBe('all but the end')
    await expect(pieces.next()).rejects.toThrow()
    await set('F1', 'deactivated_at = null')
  })

  it('209 of two rules that would give one order to two suppliers one does, and the order says which', async () => {
    const rule = (tag: string, supplierId: string) =>
      world.as('A1', 'POST /rules', {
        name: `To ${tag}`,
        condition: { match: 'all', of: [{ about: 'sku', lines: 'any', match: 'is', value: 'RACE' }] },
        actions: [{ do: 'assign', supplierId, lines: 'matching' }],
        stopAfter: false,
      })
    const made = await rule('S1', parties.S1.id)
    if (made.status !== 201) throw new Error(made.text)
    await rule('S2', parties.S2.id)
    await world.as('A1', 'POST /orders', { storeId: stores.a, number: 'RACE', lines: [{ sku: 'RACE', quantity: 1 }] })
    await world.drain()
    const seen = async (who: Name) => (await world.as(who, 'GET /queue?view=all')).body.items.length
    expect((await seen('S1')) + (await seen('S2'))).toBe(1)
    const { rows } = await world.owner.query(
      "select t.actor, t.via from orders.timeline t join orders.orders o on o.id = t.order_id where o.account_id = $1 and o.number = 'RACE' and t.kind = 'lines.assigned'",
      [accounts.one.id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0].via).toBe('rule')
  })
})
