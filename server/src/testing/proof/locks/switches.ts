import { schemas } from '#kernel/db/lint.ts'
import type { World } from '../../world.ts'

/** The three locks, and how a test takes one away from a world of its own. */
export const switchOff = {
  /** Whoever is somebody may call every route: the question for the route's permission is cut out of app.enter. */
  async route(world: World): Promise<void> {
    const { rows } = await world.owner.query<{ text: string }>(
      "select pg_get_functiondef('app.enter'::regproc) as text",
    )
    const asked = /if enter\.permission is not null[\s\S]*?end if;/
    if (!asked.test(rows[0]!.text)) throw new Error('app.enter asks for the permission in other words now')
    await world.owner.query(rows[0]!.text.replace(asked, ''))
  },
  /** Answers leave as the handlers made them; before the first request. */
  async schema(world: World): Promise<void> {
    world.app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  },
  /** Every policy lets every row through, for all three audiences, of every account. Grants stay. */
  async policy(world: World): Promise<void> {
    const { rows } = await world.owner.query<{ on: string; using: boolean; check: boolean }>(
      `select format('%I on %I.%I', policyname, schemaname, tablename) as on, qual is not null as using, with_check is not null as check
         from pg_policies where schemaname = any ($1) and policyname <> 'owner'`,
      [schemas],
    )
    for (const { on, using, check } of rows)
      await world.owner.query(`alter policy ${on} ${using ? 'using (true)' : ''} ${check ? 'with check (true)' : ''}`)
  },
}
export type Lock = keyof typeof switchOff
