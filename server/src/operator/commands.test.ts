import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const cli = join(import.meta.dirname, '../cli.ts')
const northwind = join(import.meta.dirname, '../intake/reading/fixtures/northwind')

describe('the command line, on an empty data folder and without a server', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossdock-cli-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (args: string[], input = '') =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const env = { ...process.env, DATA_DIR: join(folder, 'data'), DEMO: '0' }
      const child = execFile(process.execPath, [cli, ...args], { env, maxBuffer: 50_000_000 }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      )
      child.stdin!.end(input)
    })

  it('creates an account, imports the real files, exports one row an order line, makes keys', async () => {
    const made = await run(
      ['account', 'create', '--name', 'Northwind', '--admin-email', 'a@example.com', '--password-stdin'],
      'a good password\n',
    )
    expect(made).toMatchObject({ code: 0 })
    const products = await run([
      'import',
      'products',
      join(northwind, 'products-flat.csv'),
      '--account',
      'Northwind',
      '--mapping',
      'auto',
    ])
    expect(products).toMatchObject({ code: 0, err: '' })
    const orders = await run([
      'import',
      'orders',
      join(northwind, 'orders-flat.csv'),
      '--account',
      'northwind',
      '--mapping',
      'auto',
      '--currency',
      'USD',
    ])
    expect(orders).toMatchObject({ code: 0, err: '', out: '830 created, 0 changed, 0 unchanged, 0 refused.\n' })
    const again = await run([
      'import',
      'orders',
      join(northwind, 'orders-flat.csv'),
      '--account',
      'Northwind',
      '--mapping',
      'auto',
      '--currency',
      'USD',
    ])
    expect(again).toMatchObject({ code: 0, out: '0 created, 0 changed, 830 unchanged, 0 refused.\n' })
    const exported = await run(['export', 'orders', '--account', 'Northwind'])
    const lines = exported.out.trim().split('\n')
    expect(lines[0]!.startsWith('Order Number,')).toBe(true)
    expect(lines).toHaveLength(2_156)

    expect((await run(['key', 'create', '--account', 'Northwind', '--role', 'customer-service'])).out).toMatch(
      /^cds_[\w-]{43}\n$/,
    )
    const partyless = await run(['key', 'create', '--account', 'Northwind', '--role', 'supplier-packer'])
    expect(partyless).toMatchObject({ code: 2, out: '' })
    expect(partyless.err).toContain('--supplier')
  }, 120_000)

  it('names the refused rows on standard error and ends with 1, the good ones are in', async () => {
    const file = join(folder, 'bad.csv')
    writeFileSync(
      file,
      'Order number,Name,Country,SKU,Quantity\nX-1,Ann,France,A,1\nX-2,Bob,Atlantis,A,1\nX-3,Cy,France,A,-4\n',
    )
    const done = await run(['import', 'orders', file, '--account', 'Northwind', '--mapping', 'auto'])
    expect(done.code).toBe(1)
    expect(done.out).toContain('1 created')
    expect(done.err).toContain('line 3')
    expect(done.err).toContain('Atlantis')
    expect(done.err).toContain('line 4')
  }, 60_000)

  it('says what is wrong with what was typed', async () => {
    expect(
      await run(['import', 'orders', join(folder, 'none.csv'), '--account', 'Northwind', '--mapping', 'auto']),
    ).toMatchObject({ code: 2 })
    expect((await run(['export', 'orders', '--account', 'Nobody'])).err).toContain('no account "Nobody"')
    expect((await run(['nonsense'])).code).toBe(2)
    const handOver = (to: string) => run(['account', 'hand-over', '--account', 'Northwind', '--to', to])
    expect((await handOver('nobody@example.com')).err).toContain('no active administrator')
    expect(await handOver('a@example.com')).toMatchObject({ code: 0, out: 'a@example.com owns the account now.\n' })
  }, 60_000)
})
