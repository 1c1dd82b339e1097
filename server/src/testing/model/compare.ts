import { type Statement, sql } from '#kernel/db/sql.ts'
import { write } from '#kernel/db/transaction.ts'
import { hashToken } from '#kernel/tokens.ts'
import { cookieName, doorFor, portalAt } from '../cast.ts'
import type { World } from '../world.ts'
import type { LaidOut, Person } from './lay-out.ts'
import { answerTo, type Order, refusedAtTheDoor, seesOfOrder, seesOrder, seesPart } from './model.ts'

/** What the model and the product say differently, in words; and how many answers were compared. */
export interface Comparison {
  decisions: number
  differences: string[]
}

interface Answer {
  status: number
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever came back is looked into
  json: () => any
}

/** Asks the product, over HTTP and by SQL, everything that the model can answer about this world. */
export async function compare(world: World, { orders, people }: LaidOut): Promise<Comparison> {
  const done: Comparison = { decisions: 0, differences: [] }
  for (const who of people) {
    const asked = new Asked(world, who, orders, done)
    await asked.lists()
    await asked.records()
    await asked.tables()
  }
  return done
}

/** The parts of an order that are for some only: the field of the list, that of the record, the word. */
const groups = [
  ['buyerName', 'recipient', 'orders:recipient'],
  [undefined, 'contact', 'orders:contact'],
  [undefined, 'phone', 'orders:phone'],
  ['total', 'amounts', 'orders:amounts'],
] as const

class Asked {
  readonly #world: World
  readonly #who: Person
  readonly #orders: Order[]
  readonly #done: Comparison

  constructor(world: World, who: Person, orders: Order[], done: Comparison) {
    this.#world = world
    this.#who = who
    this.#orders = orders
    this.#done = done
  }

  #is(what: string, got: unknown, said: unknown) {
    this.#done.decisions++
    if (got !== said) this.#done.differences.push(`${this.#who.audience} ${what}: ${got}, the model says ${said}`)
  }

  /** Of each that there is, whether it was among those shown. */
  #areShown<T extends { id: string; number?: string }>(
    what: string,
    all: T[],
    shown: Set<string>,
    sees: (one: T) => boolean,
  ) {
    for (const [index, one] of all.entries()) this.#is(`${what} ${one.number ?? index}`, shown.has(one.id), sees(one))
    this.#is(`${what}: how many`, shown.size, all.filter(sees).length)
  }

  async #ask(call: string, payload?: object): Promise<Answer> {
    const [method, path] = call.split(' ') as ['GET' | 'POST', string]
    const { token, isKey, audience, account, slug } = this.#who
    const portal = audience === 'client' && !isKey ? portalAt(account, slug) : undefined
    const answer = await this.#world.app.inject({
      method,
      url: `${portal?.base ?? ''}/api/v1${path}`,
      headers: isKey ? { authorization: `Bearer ${token}` } : { cookie: `${portal?.cookie ?? cookieName}=${token}` },
      ...(payload ? { payload } : {}),
    })
    // On a machine that is busy for hours somebody is told to come again: that decides nothing.
    if (answer.statusCode === 503) return this.#ask(call, payload)
    return { status: answer.statusCode, text: answer.payload, json: () => answer.json() }
  }

  async lists() {
    const who = this.#who
    const list = await this.#ask('GET /orders?limit=200')
    this.#is('list of orders', list.status, refusedAtTheDoor(who, 'orders:read') ?? 200)
    if (list.status === 200) {
      const { items } = list.json() as { items: Record<string, unknown>[] }
      this.#areShown('list shows', this.#orders, new Set(items.map(({ id }) => id as string)), (order) =>
        seesOrder(who, order),
      )
      for (const item of items)
        for (const [field, , word] of groups)
          if (field) this.#is(`list has ${field}`, field in item, who.may.includes(word))
      const count = await this.#ask('GET /orders/count')
      this.#is('count of orders', count.json().value, this.#orders.filter((order) => seesOrder(who, order)).length)
    }
    const queue = await this.#ask('GET /queue?limit=200&view=all')
    this.#is('queue', queue.status, refusedAtTheDoor(who, 'queue:read') ?? 200)
    if (queue.status === 200)
      this.#areShown(
        'queue shows',
        this.#parts(),
        new Set(queue.json().items.map(({ id }: { id: string }) => id)),
        (part) => seesPart(who, part.order, part),
      )
    if (who.audience !== 'staff') return
    const file = await this.#ask('POST /orders/export', { columns: [{ key: 'order_number' }] })
    this.#is('export', file.status, refusedAtTheDoor(who, 'orders:export') ?? 200)
    if (file.status !== 200) return
    const lines = new Set(file.text.replace('\u{FEFF}', '').trim().split(/\r?\n/).slice(1))
    for (const order of this.#orders)
      if (order.account === who.account)
        this.#is(
          `export holds ${order.number}`,
          lines.has(order.number),
          seesOfOrder(who, order, 'orders:export') && seesOrder(who, order),
        )
  }

  #parts() {
    return this.#orders.flatMap((order) => order.parts.map((part) => ({ ...part, order })))
  }

  /** A few records, each by itself, and a deed on each. */
  async records() {
    const who = this.#who
    for (const order of this.#orders.slice(0, 3)) {
      const record = await this.#ask(`GET /orders/${order.id}`)
      this.#is(`order ${order.number}`, record.status, answerTo(who, order, 'orders:read'))
      if (record.status === 200)
        for (const [, field, word] of groups)
          this.#is(`order has ${field}`, field in record.json(), seesOfOrder(who, order, word))
      const tagged = await this.#ask(`POST /orders/${order.id}/tags`, { tag: 'model' })
      if (who.may.includes('orders:read') || tagged.status !== 404)
        this.#is(`tag ${order.number}`, tagged.status, answerTo(who, order, 'orders:tag'))
      for (const part of order.parts) {
        const item = await this.#ask(`GET /queue/${part.id}`)
        const atTheDoor = refusedAtTheDoor(who, 'queue:read')
        this.#is(`part of ${order.number}`, item.status, atTheDoor ?? (seesPart(who, order, part) ? 200 : 404))
      }
    }
    const never = await this.#ask('GET /orders/0c000000-0000-7000-8000-00000000abcd')
    this.#is('an order that never was', never.status, answerTo(who, undefined, 'orders:read'))
  }

  /** The tables themselves, with SQL of one's own. */
  async tables() {
    const who = this.#who
    const seen = async (statement: Statement<{ id: string }>): Promise<Set<string> | number> =>
      await write(
        this.#world.deps.pools[who.audience],
        { tokenHash: hashToken(who.token), purpose: who.isKey ? 'key' : 'web', door: doorFor(who) },
        null,
        async (tx) => new Set((await tx.rows(statement)).map(({ id }) => id)),
      ).catch((error) => error.status ?? (error.code === '42501' ? 403 : 500))
    const atTheDoor = refusedAtTheDoor(who, null)
    for (const [table, word] of [
      ['orders.orders', 'orders:read'],
      ['orders.lines', 'orders:read'],
      ['orders.recipients', 'orders:recipient'],
      ['orders.contacts', 'orders:contact'],
      ['orders.order_amounts', 'orders:amounts'],
    ] as const) {
      const column = table === 'orders.orders' ? sql`id` : sql`order_id as id`
      const rows = await seen(sql`select ${column} from ${sql.table(table)}`)
      if (typeof rows === 'number') this.#is(table, rows, atTheDoor ?? (who.audience === 'supplier' ? 403 : 200))
      else this.#areShown(table, this.#orders, rows, (order) => seesOfOrder(who, order, word))
    }
    const parts = await seen(sql`select id from fulfillment.fulfillment_orders`)
    if (typeof parts === 'number') this.#is('parts', parts, atTheDoor ?? (who.audience === 'client' ? 403 : 200))
    else this.#areShown('parts', this.#parts(), parts, (part) => seesPart(who, part.order, part))
  }
}
