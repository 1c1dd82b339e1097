import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashToken } from '#kernel/tokens.ts'
import { stores, tokenOf } from '../testing/cast.ts'
import { importAll, upload } from '../testing/upload.ts'
import { at, useWorld } from '../testing/world.ts'
import { importFile } from './index.ts'

describe('what a column fills', () => {
  const world = useWorld()
  const content =
    'Commande;Article;Combien;Pays;Le;Prix\n1;TEA-01;2;France;03/04/2026;12,50\n2;CUP-07;1;Espagne;04/04/2026;3,00\n'

  it('is proposed, changed, kept under a name and offered for the next such file', async () => {
    const { body } = await upload(world, 'A1', 'orders', content)
    expect(body.format).toMatchObject({ delimiter: ';', decimalComma: true, dateOrder: 'dmy' })
    expect(body.certainty.dateOrder).toBe(false)
    expect(body.faults.map((fault: { field: string }) => fault.field)).toEqual(['quantity'])
    const unready = await world.as('A1', `POST /imports/${body.id}/check`)
    expect([unready.status, unready.body.errors[0].field]).toEqual([400, 'columns.quantity'])
    const changed = await world.as(
      'A1',
      `PATCH /imports/${body.id}`,
      {
        columns: [
          { index: 2, field: 'quantity' },
          { index: 4, field: 'placed_on' },
        ],
      },
      at(1),
    )
    expect(changed.body.faults).toEqual([])
    expect(changed.body.columns[2]).toMatchObject({ field: 'quantity', confidence: null, samples: ['2', '1'] })
    const kept = await world.as('A1', 'POST /import-mappings', { importId: body.id, name: 'Boutique' })
    expect(kept.status).toBe(201)
    const next = await upload(world, 'F1', 'orders', content)
    expect(next.body.mappings).toEqual([{ id: kept.body.id, name: 'Boutique' }])
    const recalled = await world.as('F1', `PATCH /imports/${next.body.id}`, { mappingId: kept.body.id }, at(1))
    expect(recalled.body.faults).toEqual([])
    expect((await world.as('F1', `DELETE /import-mappings/${kept.body.id}`)).status).toBe(200)
    expect((await world.as('A1', 'GET /import-mappings')).body.items).toEqual([])
  })

  it('one field takes one column', async () => {
    const { body } = await upload(world, 'A1', 'orders', content)
    const twice = await world.as(
      'A1',
      `PATCH /imports/${body.id}`,
      {
        columns: [
          { index: 2, field: 'quantity' },
          { index: 5, field: 'quantity' },
        ],
      },
      at(1),
    )
    expect([twice.status, twice.body.errors[0].field]).toEqual([400, 'columns'])
  })

  it('153 an unknown field is refused, whatever a heading calls itself', async () => {
    const crooked = 'Order number,SKU,Quantity,__proto__,account_id,status,Cost,SKU\n1,T,1,x,y,z,1,U\n'
    const read = await upload(world, 'A1', 'orders', crooked)
    expect(read.status).toBeLessThan(500)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    const { body } = await upload(world, 'A1', 'orders', content)
    for (const field of ['account_id', '__proto__', 'constructor']) {
      const answer = await world.as('A1', `PATCH /imports/${body.id}`, { columns: [{ index: 2, field }] }, at(1))
      expect([answer.status, answer.body.errors[0].field]).toEqual([400, 'columns'])
    }
  })

  it('a change after the check asks for a new check, and none is possible once it runs', async () => {
    const { draft, done } = await importAll(world, 'A1', 'orders', content, {
      columns: [{ index: 2, field: 'quantity' }],
    })
    expect(done.created).toBe(2)
    expect((await world.as('A1', `PATCH /imports/${draft.id}`, { currency: 'USD' }, at(2))).status).toBe(409)
    expect((await world.as('A1', `POST /imports/${draft.id}/run`)).status).toBe(409)
  })

  it('a local time is the account zone’s, a time with its offset an instant', async () => {
    const dates =
      'Order number,SKU,Quantity,Country,Order date\nD1,T,1,FR,2026-07-01 23:30\nD2,T,1,FR,2026-07-01T23:30:00Z\nD3,T,1,FR,2026-07-01\n'
    await importAll(world, 'A1', 'orders', dates)
    const { rows } = await world.owner.query(
      "select number, placed_at, placed_on, placed_precision from orders.orders where number like 'D_' order by number",
    )
    expect(rows).toEqual([
      { number: 'D1', placed_at: '2026-07-01T21:30:00.000Z', placed_on: '2026-07-01', placed_precision: 'time' },
      { number: 'D2', placed_at: '2026-07-01T23:30:00.000Z', placed_on: '2026-07-02', placed_precision: 'time' },
      { number: 'D3', placed_at: '2026-07-01T00:00:00.000Z', placed_on: '2026-07-01', placed_precision: 'day' },
    ])
  })

  it('the templates need no matching', async () => {
    for (const kind of ['orders', 'products'])
      for (const language of ['en', 'fr']) {
        const file = await world.as('A1', `GET /imports/template?kind=${kind}&language=${language}`)
        const { body } = await upload(world, 'A1', kind, file.text)
        expect(body.exact, `${kind} ${language}`).toBe(true)
        expect(body.columns.filter((column: { field: null }) => column.field === null)).toEqual([])
        await world.as('A1', `POST /imports/${body.id}/check`)
        await world.drain()
        const { survey } = (await world.as('A1', `GET /imports/${body.id}`)).body
        expect([survey?.rejected, survey?.rows]).toEqual([0, 2])
      }
  })
})

describe('the front door of the command line', () => {
  const world = useWorld()
  const content = 'Order number,SKU,Quantity,Country\n1,TEA-01,1,FR\n2,TEA-01,0,FR\n'
  const credential = { tokenHash: hashToken(tokenOf('A1')), purpose: 'web' as const }
  const given = async (text: string, more: object = {}) => {
    const path = join(await mkdtemp(join(tmpdir(), 'crossdock-import-')), 'orders.csv')
    await writeFile(path, text)
    return await importFile(world.deps, credential, { kind: 'orders', path, mapping: 'auto', ...more })
  }

  it('imports what is good and lists what is not, by the same steps', async () => {
    expect(await given(content, { store: 'Store b', currency: 'CHF' })).toEqual({
      created: 1,
      changed: 0,
      unchanged: 0,
      refused: 1,
      notes: [],
      unlisted: false,
      rejected: [
        {
          line: 3,
          heading: 'Quantity',
          value: '0',
          message: 'The quantity is zero. Leave the row out, or enter 1 or more.',
        },
      ],
    })
    expect(await given(content, { store: stores.b })).toMatchObject({ created: 0, unchanged: 1 })
    const shipped = await given('Order number,SKU,Quantity,Country,Shipped on\n9,TEA-01,1,FR,2026-01-02\n')
    expect(shipped.notes[0]).toContain('already shipped: 1;')
    const { items } = (await world.as('A1', 'GET /imports')).body
    expect(items.map((item: { state: string }) => item.state)).toEqual(['done', 'done', 'done'])
  })

  it('refuses where a required field found no column, an unknown store and an unknown mapping', async () => {
    await expect(given('A,B\n1,2\n')).rejects.toThrow('No column is chosen')
    await expect(given(content, { store: 'Nowhere' })).rejects.toMatchObject({
      detail: expect.stringContaining('Store a'),
    })
    await expect(given(content, { mapping: 'Boutique' })).rejects.toMatchObject({
      detail: expect.stringContaining('Boutique'),
    })
  })
})
