import pg from 'pg'
import { expect, inject } from 'vitest'
import type { Name } from './cast.ts'
import type { World } from './world.ts'

/** What nobody but its own people may ever get: a text in every order of a store. */
const marks = { P1: 'STOREA', P2: 'STOREB' } as const
const others = ['A1', 'F1', 'C1', 'S1', 'V1'] as const

/**
 * Through one connection for all: requests of everybody, some refused, some broken off by PostgreSQL in the middle, some by a client
 * who goes; after each, a client's list is his own and nothing else. Returns how many lists were whole.
 */
export async function mixRequests(world: World, rounds: number, random: () => number): Promise<number> {
  const { admin } = inject('server')
  const killer = new pg.Client({ ...admin, database: world.owner.database } as pg.ClientConfig)
  await killer.connect()
  let whole = 0
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const disturb = async () => {
    const who = pick<Name>(others)
    const calls = [
      'GET /orders?limit=200',
      'GET /orders?cursor=x',
      'GET /orders/count',
      'GET /orders/0c000000-0000-7000-8000-000000000000',
      'POST /orders/0c000000-0000-7000-8000-000000000000/hold',
      'GET /audit?limit=200',
      'GET /queue?view=all',
    ]
    await world.as(who, pick(calls), undefined).catch(() => undefined)
  }
  const cancel = () =>
    killer.query(
      `select pg_${random() < 0.5 ? 'cancel' : 'terminate'}_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name not like '%owner%'
          and usename <> $1 and usename not like '%owner%' and state <> 'idle' order by random() limit 1`,
      [admin.user],
    )
  try {
    for (let round = 0; round < rounds; round++) {
      const storm = [disturb(), disturb(), cancel(), disturb(), cancel()]
      for (const who of ['P1', 'P2'] as const) {
        const answer = await world.as(who, 'GET /orders?limit=200').catch(() => undefined)
        if (!answer) continue
        expect(answer.text, who).not.toContain(marks[who === 'P1' ? 'P2' : 'P1'])
        if (answer.status !== 200) {
          expect([409, 429, 500, 503], answer.text).toContain(answer.status)
          continue
        }
        for (const { number } of answer.body.items) expect(number).toContain(marks[who])
        expect(answer.body.items).toHaveLength(3)
        whole++
      }
      await Promise.allSettled(storm)
    }
  } finally {
    await killer.end()
  }
  return whole
}

/** Three orders in each store, under names that tell whose they are. */
export async function layOutMarks(world: World, stores: { a: string; b: string }): Promise<void> {
  for (const [storeId, mark] of [
    [stores.a, marks.P1],
    [stores.b, marks.P2],
  ])
    for (let n = 0; n < 3; n++)
      expect(
        (await world.as('A1', 'POST /orders', { storeId, number: `${mark}-${n}`, lines: [{ sku: mark, quantity: 1 }] }))
          .status,
      ).toBe(201)
}
