import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { readAnchors, Sealer, verifyAudit } from '#access'
import { addOrders } from '#orders'
import { parties, stores } from '../testing/cast.ts'
import { line, orderDraft } from '../testing/scene.ts'
import { importAll } from '../testing/upload.ts'
import { useWorld, type World } from '../testing/world.ts'
import { lookAfterPrivacy } from './look-after.ts'
import { readTombstones } from './tombstones.ts'

/** What only the buyer's rows say, and what only his neighbour's do: the same doors, other words. */
const wordsOf = (who: 'zoe' | 'bob') => ({
  email: `canary.${who}@mail.example`,
  phone: who === 'zoe' ? '+33 6 11 22 33 44' : '+33 6 99 88 77 66',
  name: `Canary ${who} Person`,
  street: `12 ${who}canary Street`,
  city: `${who}ville-canary`,
  postcode: who === 'zoe' ? 'ZC-4711' : 'BC-0815',
  note: `note ${who}canary one`,
  gift: `gift ${who}canary two`,
  newName: `Renamed ${who}canary`,
  newMail: `new.${who}canary@mail.example`,
  comment: `comment ${who}canary three`,
  hold: `hold ${who}canary four`,
  reject: `reject ${who}canary five`,
  tracking: `TRK${who.toUpperCase()}CANARY`,
})
type Words = ReturnType<typeof wordsOf>
const his = wordsOf('zoe')
const neighbours = wordsOf('bob')

const ok = async (answer: ReturnType<World['as']>) => {
  const got = await answer
  expect(got.status, got.text).toBeLessThan(300)
  return got.body
}

/** A file that brings one order of him, and a row of his that is refused; with somebody else between. */
const fileOf = (name: string, { email, phone, name: person, street, city, postcode, note, gift }: Words) =>
  [
    'Order number,SKU,Quantity,Country,Recipient,Address 1,City,Postcode,Email,Phone,Buyer note,Gift message',
    `${name}-1,T,1,FR,${person},"${street}",${city},${postcode},${email},${phone},${note},${gift}`,
    `${name}-x,T,1,FR,Paul Henriot,"59, rue de l'Abbaye",Reims,51100,paul@example.com,26.47.15.10,"said ""hi""",`,
    `${name}-2,T,nothing,FR,${person},${street},${city},${postcode},${email},${phone},,`,
    '',
  ].join('\r\n')

/** Lets somebody come in by every door there is: file, order, edit, comment, hold, rejection, tracking, export, search. */
async function plant(world: World, tag: string, words: Words) {
  await importAll(world, 'A1', 'orders', fileOf(`F${tag}`, words))
  const draft = {
    ...orderDraft(`N${tag}`),
    recipient: {
      ...orderDraft('').recipient,
      buyerName: words.name,
      name: words.name,
      line1: words.street,
      city: words.city,
    },
    contact: { email: words.email, phone: words.phone },
    postcode: words.postcode,
    buyerNote: words.note,
    giftText: words.gift,
    internalNote: words.comment,
    lines: [line('NW-011', 2, 10_000_000), line('NW-042', 1, 10_000_000)],
  }
  const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: [draft] }))
  const id = ids.get(`N${tag}`)!
  await ok(world.as('C1', `POST /orders/${id}/comments`, { text: words.comment, visibility: 'client' }))
  await ok(world.as('C1', `POST /orders/${id}/hold`, { reason: words.hold }, { 'idempotency-key': `hold-${tag}` }))
  await ok(world.as('C1', `POST /orders/${id}/release`))
  const { version } = await ok(world.as('C1', `GET /orders/${id}`))
  await ok(
    world.as(
      'C1',
      `PATCH /orders/${id}`,
      { recipient: { name: words.newName }, contact: { email: words.newMail } },
      { 'if-match': `"${version}"` },
    ),
  )
  await ok(world.as('A1', `POST /orders/${id}/assign`, { supplierId: parties.S2.id }))
  const offered = (await ok(world.as('S2', 'GET /queue'))).items.find(
    (item: { number: string }) => item.number === `N${tag}`,
  )
  await ok(world.as('S2', `POST /queue/${offered.id}/reject`, { reason: words.reject }))
  await ok(world.as('A1', `POST /orders/${id}/assign`, { supplierId: parties.S1.id }))
  await ok(world.as('A1', `POST /orders/${id}/tags`, { tag: `vip ${words.email}` }))
  // Another's order speaks of him.
  const about = await world.work('A1', (tx) =>
    addOrders(tx, { storeId: stores.b, orders: [orderDraft(`About-${tag}`)] }),
  )
  await ok(
    world.as('C1', `POST /orders/${[...about.values()][0]}/comments`, {
      text: `same as ${words.email}`,
      visibility: 'internal',
    }),
  )
  await ok(world.as('A1', 'POST /orders/export', { filter: { q: words.email } }))
  const imported = await world.owner.query('select id from orders.orders where number = $1', [`F${tag}-1`])
  return { id, importedId: imported.rows[0].id as string, tag }
}
type Planted = Awaited<ReturnType<typeof plant>>

async function ship(world: World, { id, importedId, tag }: Planted, words: Words) {
  const queue = await ok(world.as('S1', 'GET /queue'))
  const item = queue.items.find((one: { number: string }) => one.number === `N${tag}`)
  await ok(world.as('S1', `POST /queue/${item.id}/ship`, { carrier: 'UPS', trackingNumber: words.tracking }))
  await ok(world.as('A1', `POST /orders/${importedId}/cancel`, { reason: words.comment }))
  return id
}

/** Every cell of every table of the database that holds one of the words, by table; asked of the catalogue, as superuser. */
async function scan(world: World, words: Words): Promise<Map<string, string[]>> {
  const root = new pg.Client({ ...inject('server').admin, database: world.owner.database } as pg.ClientConfig)
  await root.connect()
  const found = new Map<string, string[]>()
  try {
    const { rows: tables } = await root.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`,
    )
    for (const { name } of tables) {
      const { rows } = await root.query<{ hit: string }>(
        `select word || ': ' || body as hit from (select lower(t::text || to_jsonb(t)::text) as body from ${name} t) x, unnest($1::text[]) word
          where position(word in body) > 0`,
        [needles(words)],
      )
      if (rows.length > 0)
        found.set(
          name,
          rows.map(({ hit }) => hit),
        )
    }
  } finally {
    await root.end()
  }
  return found
}

/** The words, and the forms in which search rows and files would hold them. */
const needles = (words: Words) =>
  [
    ...new Set(Object.values(words).flatMap((word) => [word.toLowerCase(), word.toLowerCase().replaceAll(' ', '-')])),
  ].concat(words === his ? ['zoecanary', 'canary.zoe'] : ['bobcanary', 'canary.bob'])

async function filesWith(world: World, words: Words): Promise<string[]> {
  const names = await readdir(world.dataDir, { recursive: true, withFileTypes: true })
  const hits: string[] = []
  for (const entry of names.filter((one) => one.isFile())) {
    const text = (await readFile(join(entry.parentPath, entry.name), 'utf8')).toLowerCase()
    if (needles(words).some((word) => text.includes(word))) hits.push(entry.name)
  }
  return hits
}

const totals = async (world: World) =>
  (
    await world.owner.query(`select (select sum(total) from orders.order_amounts) as total, (select count(*) from orders.orders) as orders,
      (select sum(quantity) from orders.lines) as units, (select sum(shipped) from fulfillment.lines) as shipped,
      (select string_agg(number || status || country, ',' order by id) from orders.orders) as statuses`)
  ).rows[0]

async function verify(world: World) {
  await new Sealer(world.deps).seal()
  await world.owner.query('begin')
  const verdict = await verifyAudit(world.owner, await readAnchors(world.dataDir))
  await world.owner.query('rollback')
  return verdict
}

describe('one buyer is erased', () => {
  let zoe: Planted
  let bob: Planted
  const world = useWorld(async (made) => {
    zoe = await plant(made, 'Z', his)
    bob = await plant(made, 'B', neighbours)
    await ship(made, bob, neighbours)
    await new Sealer(made.deps).seal()
  })
  const find = (body: object) => ok(world.as('A1', 'POST /privacy/find', body))

  it('227 is found by e-mail, phone, or name and address, each order with what it was found by', async () => {
    const byMail = await find({ email: his.email.toUpperCase(), phone: '0033' })
    expect(byMail.items.map((item: { number: string }) => item.number)).toEqual(['FZ-1'])
    const both = await find({ email: his.newMail, phone: '+33611223344', name: his.name, address: 'zoecanary' })
    expect(both.items.map(({ number, by }: { number: string; by: string[] }) => [number, by]).sort()).toEqual([
      ['FZ-1', ['phone', 'name']],
      ['NZ', ['email', 'phone', 'name']],
    ])
    expect((await find({ name: his.name, address: 'elsewhere' })).items).toEqual([])
    expect((await world.as('A1', 'POST /privacy/find', {})).status).toBe(400)
  })

  it('S1.28 is in the hands of administrators alone', async () => {
    for (const who of ['F1', 'C1', 'V1', 'Ka', 'P1', 'S1'] as const)
      expect((await world.as(who, 'POST /privacy/find', { email: his.email })).status).toBe(403)
    expect((await world.as('A2', 'POST /privacy/find', { email: his.email })).body.items).toEqual([])
    expect((await world.as('A2', 'POST /privacy/erase', { orderIds: [zoe.id] })).status).toBe(404)
  })

  it('gets everything that is kept about him in one file', async () => {
    const answer = await world.as('A1', 'POST /privacy/export', { orderIds: [zoe.id, zoe.importedId] })
    expect(answer.headers['content-disposition']).toContain('buyer.json')
    const told = JSON.parse(answer.text)
    for (const word of [
      his.email,
      his.newMail,
      his.name,
      his.street,
      his.note,
      his.gift,
      his.comment,
      his.hold,
      his.reject,
    ])
      expect(answer.text, word).toContain(word)
    expect(told.orders).toHaveLength(2)
    expect(answer.text).not.toContain('bobcanary')
  })

  it('refuses while an order of his has not left, and names it', async () => {
    const answer = await world.as('A1', 'POST /privacy/erase', { orderIds: [zoe.id, zoe.importedId] })
    expect(answer.status).toBe(409)
    expect(answer.body.detail).toBe(
      'Orders FZ-1, NZ have not left yet: ship or cancel them first, or have them erased once they are shipped.',
    )
  })

  it('227 leaves nothing of him in tables, files and answers, and all of his neighbour; totals and the audit chain stay', async () => {
    const asked = await ok(
      world.as('A1', 'POST /privacy/erase', { orderIds: [zoe.id, zoe.importedId], open: 'ship_first' }),
    )
    expect(asked).toEqual({ jobId: null, erasing: 0, waiting: 2 })
    await lookAfterPrivacy(world.deps)
    expect((await ok(world.as('A1', 'GET /privacy/erasures'))).waiting).toHaveLength(2)
    await ship(world, zoe, his)
    // The scan can see: he stands in many tables and files, and so does the neighbour.
    const before = await scan(world, his)
    expect(before.size).toBeGreaterThanOrEqual(13)
    expect((await filesWith(world, his)).length).toBeGreaterThanOrEqual(1)
    const neighbour = await scan(world, neighbours)
    const sums = await totals(world)

    await lookAfterPrivacy(world.deps)
    await world.drain()

    expect(Object.fromEntries(await scan(world, his))).toEqual({})
    expect(await filesWith(world, his)).toEqual([])
    expect(await totals(world)).toEqual(sums)
    const after = await scan(world, neighbours)
    const places = (scanned: Map<string, string[]>) => [...scanned].map(([table, rows]) => `${table}: ${rows.length}`)
    expect(places(after)).toEqual(places(neighbour))
    expect(await verify(world)).toMatchObject({ findings: [] })
    expect((await verify(world)).erased).toBeGreaterThan(5)
    for (const path of [`/orders/${zoe.id}`, '/orders?limit=50', '/jobs', '/privacy/erasures', '/imports', '/outbox'])
      expect((await world.as('A1', `GET ${path}`)).text.toLowerCase(), path).not.toMatch(/zoecanary|canary\.zoe/)
    expect((await world.as('S1', 'GET /queue')).text.toLowerCase()).not.toContain('zoecanary')
  })

  it('says that he was erased, to who looks and to who prints', async () => {
    const order = await ok(world.as('A1', `GET /orders/${zoe.id}`))
    expect(order.removedAt).toMatch(/^\d{4}-/)
    const queue = await ok(world.as('S1', 'GET /queue?view=shipped'))
    const item = queue.items.find((one: { number: string }) => one.number === 'NZ')
    expect(item.removedAt).toMatch(/^\d{4}-/)
    const other = queue.items.find((one: { number: string }) => one.number === 'NB')
    expect(other.removedAt).toBeNull()
    expect((await find({ email: his.newMail })).erasedAt).toMatch(/^\d{4}-/)
    expect((await find({ email: neighbours.newMail })).erasedAt).toBeNull()
    const { items } = await ok(world.as('A1', 'GET /privacy/erasures'))
    expect(items[0]).toMatchObject({ actor: 'A1', orders: ['FZ-1', 'NZ'] })
  })

  it('206 is remembered outside the database, by orders and not by name, to be done again after a restore', async () => {
    const stones = await readTombstones(world.dataDir)
    expect([...stones.values()].flat().sort()).toEqual([zoe.id, zoe.importedId].sort())
    expect(bob.id).not.toBe(zoe.id)
  })
})
