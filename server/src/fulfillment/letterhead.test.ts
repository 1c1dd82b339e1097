import { buffer } from 'node:stream/consumers'
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sql } from '#kernel/db/sql.ts'
import { addOrders } from '#orders'
import { accounts, parties, stores } from '../testing/cast.ts'
import { pdfText } from '../testing/pdf-text.ts'
import { dot } from '../testing/pictures.ts'
import { houseStore, orderDraft } from '../testing/scene.ts'
import { form } from '../testing/upload.ts'
import { useWorld } from '../testing/world.ts'
import { assignLines } from './commands/assign-lines.ts'
import { printable } from './letterhead.ts'
import { slipsOf } from './queries/slips.ts'
import { printSlips } from './slip.ts'

/** A PNG of 2 × 2 pixels, each row given with the way it is filtered. */
function png(
  kind: number,
  rows: number[][],
  more: { head?: Partial<Record<number, number>>; chunks?: [string, number[]][] } = {},
) {
  const chunk = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), content])
    const [before, after] = [Buffer.alloc(4), Buffer.alloc(4)]
    before.writeUInt32BE(content.length)
    after.writeUInt32BE(crc32(body))
    return Buffer.concat([before, body, after])
  }
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, kind, 0, 0, 0])
  for (const [at, value] of Object.entries(more.head ?? {})) head[Number(at)] = value!
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...(more.chunks ?? []).map(([name, content]) => chunk(name, Buffer.from(content))),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('the head of what is printed', () => {
  const parts: Record<string, string> = {}
  const world = useWorld(async (w) => {
    await w.owner.query("update portal.brands set name = 'Petit Quai' where account_id = $1", [accounts.one.id])
    for (const [name, storeId] of [
      ['client', stores.a],
      ['house', await houseStore(w)],
    ] as const)
      await w.work('A1', async (tx) => {
        const made = await addOrders(tx, { storeId, orders: [orderDraft(name)] })
        const lines = await tx.rows(sql<{ orderId: string; orderLineId: string }>`
          select order_id as "orderId", id as "orderLineId" from orders.lines where order_id = ${[...made.values()][0]!}`)
        parts[name] = (await assignLines(tx, { lines, to: { supplierId: parties.S1.id } }))[0]!.fulfillmentOrderId
      })
  })
  const keep = (content: Buffer) => {
    const { body, headers } = form({ kind: 'logo-light' }, { name: 'logo.png', content })
    return world.as('F1', 'POST /portal-brand/images', body, headers)
  }
  const slip = async (who: 'F1' | 'S1', ids: string[]) =>
    await buffer(await printSlips(await world.work(who, (tx) => slipsOf(tx, ids)), 'en', { compress: false }))

  it('53 the slip of a client’s order bears name and logo of the portal, any other the account’s name', async () => {
    expect(
      (
        await keep(
          png(6, [
            [0, 255, 0, 0, 255, 0, 0, 0, 0],
            [2, 0, 0, 0, 0, 0, 0, 0, 0],
          ]),
        )
      ).body.logoOnPaper,
    ).toBe(true)
    for (const who of ['F1', 'S1'] as const) {
      const client = await slip(who, [parts.client!])
      expect(pdfText(client)).toContain('Petit Quai')
      expect(pdfText(client)).not.toContain('Aster Goods')
      expect(client.toString('latin1')).toContain('/Subtype /Image')
      const house = await slip(who, [parts.house!])
      expect(pdfText(house)).toContain('Aster Goods')
      expect(pdfText(house)).not.toContain('Petit Quai')
      expect(house.toString('latin1')).not.toContain('/Subtype /Image\n')
    }
    const both = (await slip('S1', [parts.client!, parts.house!, parts.client!])).toString('latin1')
    expect(both.match(/\/Subtype \/Image/g)).toHaveLength(1)
  })

  it('a logo that cannot be printed is left out, and ends nothing', async () => {
    const bad = [
      png(6, [[0, 1, 2]]), // breaks off
      png(2, [
        [9, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0],
      ]), // no such filter
      png(
        2,
        [
          [0, 0, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0, 0],
        ],
        { head: { 3: 1 } },
      ), // more than it says
      png(6, [[0]], { head: { 12: 1 } }),
      png(3, [[0, 0, 0]], { head: { 8: 1 } }),
      dot.subarray(0, 40),
      Buffer.from('RIFF....WEBP'),
    ]
    for (const [index, one] of bad.entries()) expect([index, printable(one)]).toEqual([index, undefined])
    expect(printable(null)).toBeUndefined()
    expect((await keep(bad[0]!)).body.logoOnPaper).toBe(false)
    expect(pdfText(await slip('S1', [parts.client!]))).toContain('Petit Quai')
    expect(printable(Buffer.from('ffd8ffe0', 'hex'))).toBeDefined()
  })

  it('what is transparent is white on paper; palettes, greys and every filter are read', () => {
    for (const one of [
      png(0, [
        [1, 10, 20],
        [2, 1, 1],
      ]),
      png(2, [
        [3, 1, 2, 3, 4, 5, 6],
        [4, 1, 1, 1, 1, 1, 1],
      ]),
      png(
        3,
        [
          [0, 0, 1],
          [0, 1, 0],
        ],
        {
          chunks: [
            ['PLTE', [255, 0, 0, 0, 0, 255]],
            ['tRNS', [0]],
          ],
        },
      ),
      png(4, [
        [0, 9, 255, 9, 0],
        [0, 9, 0, 9, 0],
      ]),
      dot,
    ])
      expect(printable(one)?.subarray(1, 4).toString()).toBe('PNG')
  })
})
