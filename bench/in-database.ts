import type pg from 'pg'
import { byHand } from './by-hand.ts'
import type { People } from './people.ts'
import { enterAs, openAs, type Place } from './place.ts'
import type { Case } from './screens.ts'
import { inTurns, processorTime, type Timed } from './timing.ts'

export interface InDatabase {
  ours: Timed
  byHand: Timed
  context: Timed
}

/**
 * The statements of a screen under policies, as the login of who asks, against the ones written by hand as the superuser:
 * each prepared, on one connection of its own, in one transaction. The context, which a request sets once, is timed apart.
 */
export async function inDatabase(place: Place, people: People, test: Case): Promise<InDatabase> {
  const admin = await place.openAdmin()
  const login = await openAs(place, people, test.who)
  try {
    const run = async (client: pg.Client, statements: { text: string; values: readonly unknown[] }[]) => {
      for (const [index, { text, values }] of statements.entries())
        await client.query({ name: `s${index}`, text, values: values as unknown[] })
    }
    const hand = byHand[test.screen].map((text, index) => ({ text, values: test.values[index]! }))
    const [theirs, own] = await Promise.all(
      [admin, login].map(async (client) => {
        const { rows } = await client.query('select pg_backend_pid() as pid')
        return () => processorTime(rows[0].pid)
      }),
    )
    return await inTurns(
      {
        byHand: () => run(admin, hand),
        ours: () => run(login, test.ours),
        context: () => enterAs(login, people, test.who),
      },
      test.rounds,
      { byHand: theirs!, ours: own!, context: own! },
    )
  } finally {
    await Promise.all([admin.end(), login.end()])
  }
}
