import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import type { Prepared } from '#kernel/db/prepare.ts'
import { line } from '../testing/scene.ts'
import { useStock } from '../testing/stock-scene.ts'
import { stockCommands } from './stock-commands.ts'

describe('crossdock stock recompute', () => {
  const { world, product, adjust, order, level, faults } = useStock()
  afterEach(() => vi.restoreAllMocks())

  /** Runs the command on the world's database: its exit code and what it printed. */
  async function recompute(options: Record<string, string> = {}) {
    const { user: _user, password: _password, ...target } = inject('server').admin
    const prepared = {
      target: { ...target, database: world.owner.database },
      login: (name: 'owner') => inject('server').logins[name],
    } as unknown as Prepared
    const said: string[] = []
    vi.spyOn(console, 'log').mockImplementation((text) => said.push(text))
    vi.spyOn(console, 'error').mockImplementation((text) => said.push(text))
    const installation = { prepared, deps: world.deps, close: async () => {} }
    const code = await stockCommands['stock recompute']!.run({ installation, options, positionals: [] })
    return { code, said }
  }

  it('S1.3 finds nothing where levels are the sums of the ledger, names what is not so, and puts it right', async () => {
    const tea = await product('TEA')
    await adjust(tea, 10)
    const { id } = await order('R-1', [line('TEA', 4, 0)])
    await order('R-2', [line('TEA', 2, 0)])
    expect(await recompute()).toEqual({ code: 0, said: ['Stock is what its ledger says.'] })
    await world.owner.query('update stock.levels set on_hand = 12 where product_id = $1', [tea])
    await world.owner.query('update orders.lines set quantity = 5 where order_id = $1', [id])
    const { code, said } = await recompute({ account: 'Aster Goods' })
    expect(code).toBe(1)
    expect(said.join('\n')).toMatch(/Main warehouse · TEA · on hand: 12, should be 10/)
    expect(said.join('\n')).toMatch(/R-1 · TEA · wanted: 4, should be 5/)
    expect((await recompute({ account: 'Borage Trading' })).code).toBe(0)
    expect((await recompute({ repair: 'true' })).code).toBe(0)
    expect(await level(tea)).toEqual({ onHand: 10, allocated: 7, backordered: 0 })
    expect((await recompute()).code).toBe(0)
    expect(await faults()).toEqual([])
  })
})
