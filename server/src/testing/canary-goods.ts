import { sql } from '#kernel/db/sql.ts'
import { plant } from './canaries.ts'
import type { GoodsKind } from './canary-readers.ts'
import { memberOf, type Name, parties, stores, warehouses } from './cast.ts'
import { form, importAll } from './upload.ts'
import { at, type World } from './world.ts'

/** Plants a word of its own for each kind and place. */
const word = (kind: GoodsKind, where: string) =>
  plant(`cnrygoods${where}`, { kind, account: kind === 'goodsOfTwo' ? 'two' : 'one' })

/** Goods of both clients and of the house, what is said of them and of orders, and who is asked in: after the canaries of orders. */
export async function layOutGoods(world: World): Promise<void> {
  const as = async (who: Name, call: string, body?: object, headers?: Record<string, string>) => {
    const answer = await world.as(who, call, body, headers)
    if (answer.status >= 400) throw new Error(`${who} ${call}: ${answer.text}`)
    return answer.body
  }
  await world.owner.query('update access.members set name = $2 where id = $1', [
    memberOf('W1'),
    word('person', 'person'),
  ])
  await world.owner.query('update stock.warehouses set name = $2, line1 = $3 where id = $1', [
    warehouses.north,
    word('warehouse', 'north'),
    word('warehouse', 'northstreet'),
  ])
  await world.owner.query('update stock.warehouses set line1 = $2 where id = $1', [
    warehouses.main,
    word('address', 'street'),
  ])
  await layOutStock(world, as)
  await layOutReceipts(as)
  await layOutPortal(world, as)
  await layOutTalk(world, as)
}
// biome-ignore lint/suspicious/noExplicitAny: whatever came back
type As = (who: Name, call: string, body?: object, headers?: Record<string, string>) => Promise<any>

async function layOutStock(world: World, as: As): Promise<void> {
  const adjust = (productId: string, warehouseId: string, by: number, reason: string) =>
    as('W1', 'POST /stock/counts', { productId, warehouseId, expected: 0, counted: by, reason })
  const owners = [
    ['goodsOfP1', parties.P1.id],
    ['goodsOfP2', parties.P2.id],
    ['goodsOfHouse', undefined],
  ] as const
  for (const [kind, clientId] of owners) {
    const product = await as('A1', 'POST /products', {
      sku: word(kind, `${kind}sku`),
      name: word(kind, `${kind}name`),
      description: word(kind, `${kind}text`),
      barcodes: [{ code: word(kind, `${kind}code`), quantity: 1 }],
      tags: [word('goodsOfHouse', `${kind}tag`)],
      ...(clientId ? { clientId } : {}),
    })
    await adjust(product.id, warehouses.main, 7, word(kind, `${kind}reason`))
    await adjust(product.id, warehouses.north, 8, word('goodsOfHouse', `${kind}north`))
    await as('W1', 'POST /stock/counts', {
      productId: product.id,
      warehouseId: warehouses.main,
      expected: 7,
      counted: 500,
      reason: word('counted', `${kind}waits`),
    })
    // A figure of its own: what of it lies where its owner has no grant.
    const figure = { goodsOfP1: 739_177, goodsOfP2: 739_179, goodsOfHouse: 739_181 }[kind]
    await as('A1', 'POST /stock/adjustments', {
      productId: product.id,
      warehouseId: warehouses.north,
      by: figure,
      reason: 'r',
    })
    plant(String(figure), { kind: 'goodsOfHouse', account: 'one' })
    plant(String(figure + 8), { kind: 'goodsOfHouse', account: 'one' })
    const low = { productId: product.id, warehouseId: warehouses.main, level: figure + 100_000 }
    await as('A1', 'PUT /stock/low-levels', low, at(1))
    plant(String(figure + 100_000), { kind: 'goodsOfHouse', account: 'one' })
  }
  await as('A1', 'POST /products', { sku: 'COST-1', name: 'C', cost: { micros: 97_531_864_000_000, currency: 'EUR' } })
  plant('97531864', { kind: 'cost', account: 'one' })
  await as('A2', 'POST /products', { sku: 'TWO-1', name: word('goodsOfTwo', 'two') })
  const rejected = `SKU,Name,Weight (g)\n${word('fileOfP1', 'file')},x,heavy\n`
  await importAll(world, 'P1', 'products', rejected)
}

/** What came otherwise than a client had said, and why. */
async function layOutReceipts(as: As): Promise<void> {
  for (const party of ['P1', 'P2'] as const) {
    const say = (what: string) => word(`goodsOf${party}`, `${party}${what}`)
    const made = await as(party, 'POST /transfers', {
      warehouseId: warehouses.main,
      lines: [{ sku: 'CAN-T', quantity: 9 }],
    })
    await as(party, `POST /transfers/${made.id}/ship`, {})
    const lines = [{ lineId: made.lines[0].id, good: 3, damaged: 1, reason: say('wet') }]
    await as('W1', `POST /transfers/${made.id}/receive`, { lines, reason: say('receipt') }, at(2))
    const photo = form({}, { name: 'p.png', content: Buffer.from('89504e470d0a1a0a0000000d', 'hex') })
    await as('W1', `POST /transfers/${made.id}/photos`, photo.body, photo.headers)
    await as('W1', `POST /transfers/${made.id}/close`, { reason: say('lost'), rest: 'written_off' }, at(3))
    await as('W1', `POST /transfers/${made.id}/confirm`)
  }
  await as('W1', 'POST /transfers/unannounced', {
    warehouseId: warehouses.north,
    ownerId: parties.P1.id,
    lines: [{ sku: 'CAN-T', good: 2 }],
    note: word('goodsOfHouse', 'tookin'),
  })
}

/** Who is let into the portal, and for what. */
async function layOutPortal(world: World, as: As): Promise<void> {
  const grant = { role: 'client-viewer', stores: [stores.a], warehouses: [warehouses.main] }
  const mail = (kind: GoodsKind, where: string) => `${word(kind, where)}@example.com`
  await as('A1', `POST /clients/${parties.P1.id}/users`, { email: mail('portalUser', 'invited'), ...grant })
  await as('P1', 'POST /portal/user-requests', { email: mail('colleague', 'colleague'), ...grant })
  await as('P1', 'POST /assist', { hours: 1, note: word('assist', 'assist') })
  await world.owner.query('update access.parties set email = $2 where id = $1', [
    parties.P1.id,
    mail('clientMail', 'clientmail'),
  ])
  await as('A1', 'POST /keys', { name: word('key', 'key'), role: 'viewer' })
  const everything = { match: 'all', of: [] }
  await as('A1', 'POST /rules', {
    name: word('rule', 'rule'),
    condition: everything,
    actions: [{ do: 'tag', tag: 't' }],
    enabled: false,
  })
}

/** What is said of an order of store a, by the client and by the house. */
async function layOutTalk(world: World, as: As): Promise<void> {
  const order = await world.work('A1', (tx) =>
    tx.first(sql<{ id: string }>`select id from orders.orders where store_id = ${stores.a} limit 1`),
  )
  const say = (who: Name, call: string, body: object) => as(who, `POST /orders/${order!.id}/${call}`, body)
  await say('P1', 'tags', { tag: word('saidByP1', 'tag') })
  await say('P1', 'hold', { reason: word('saidByP1', 'hold') })
  await say('P1', 'comments', { text: word('commentToP1', 'asks'), visibility: 'client' })
  await say('A1', 'hold', { reason: word('heldByHouse', 'household') })
  await say('A1', 'tags', { tag: word('heldByHouse', 'housetag') })
  await say('W1', 'comments', { text: word('commentToP1', 'answers'), visibility: 'client' })
  await say('W1', 'comments', { text: word('commentOfHouse', 'among'), visibility: 'internal' })
  await as('P1', `POST /orders/${order!.id}/requests`, { cancel: {}, reason: word('saidByP1', 'asked') })
}
