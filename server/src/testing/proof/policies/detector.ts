import pg from 'pg'
import { inject } from 'vitest'
import { lint } from '#kernel/db/lint.ts'
import { type Audience, audiences } from '#kernel/permissions.ts'
import { portal } from '../../cast.ts'
import type { World } from '../../world.ts'
import { whyEquivalent } from './equivalents.ts'
import { type Mutant, mutantsOf, type Policy, readPolicies } from './mutants.ts'
import { plantRows, readRows, readTables, type Table } from './planted.ts'
import { concerns, makePrincipals } from './principals.ts'
import { type Attempt, attemptsOn, compare, type Grants, houseAttempt, probeFunction, readGrants } from './probes.ts'
import { giveReach, plantReach, probesOfReach } from './reach.ts'
import type { Deed } from './right.ts'

/** What finds a mutant: the rules of the catalogue, and probes of one table by everybody. */
export interface Detector {
  tables: Table[]
  policies: Policy[]
  mutants: Mutant[]
  grants: Record<Audience, Grants>
  /** Everything that is not as the rights say, for one table as it stands; empty is well. */
  differences(table: string): Promise<string[]>
  /** What gives a mutant away; undefined where nothing does. The mutant is undone again. */
  notice(mutant: Mutant): Promise<string | undefined>
  /** What app.reach() says otherwise than the rows do, with one text of a function replaced; empty is well. */
  differencesOfReach(signature: string, text: string, instead: string): Promise<string[]>
  close(): Promise<void>
}

const deeds: Record<Policy['command'], Deed[]> = {
  ALL: ['read', 'add', 'change', 'remove'],
  SELECT: ['read'],
  INSERT: ['add'],
  UPDATE: ['change'],
  DELETE: ['remove'],
}

/** Makes a world's database into one where everything can be tried: rows of every slice, somebody for every word. */
export async function openDetector(world: World): Promise<Detector> {
  const { admin, logins: named } = inject('server')
  const names = Object.values(named).map((login) => login.user)
  const logins = Object.fromEntries(audiences.map((audience) => [audience, named[audience].user])) as Record<
    Audience,
    string
  >
  const client = new pg.Client({ ...admin, database: world.owner.database } as pg.ClientConfig)
  client.on('error', () => {})
  await client.connect()
  await client.query('set search_path = pg_catalog; set session_replication_role = replica')
  await client.query(probeFunction)
  const tables = await readTables(client)
  const provers = await makePrincipals(
    client,
    tables.map((table) => table.name),
  )
  await plantRows(client, tables, (table) =>
    provers.filter((who) => concerns(who.name, table, who.audience)).map(({ member }) => member),
  )
  await plantReach(client, tables, provers)
  await giveReach(client, provers)
  const grants = await readGrants(client, logins)
  const policies = await readPolicies(client)
  const attempts = new Map<string, Attempt[]>()
  for (const table of tables) {
    const rows = await readRows(client, table.name)
    for (const audience of audiences) {
      const theirs = provers.filter((who) => who.audience === audience && concerns(who.name, table.name, audience))
      attempts.set(`${table.name} ${logins[audience]}`, attemptsOn(table, rows, theirs, grants[audience]))
    }
    for (const house of ['owner', 'identity', 'worker'] as const) {
      const { user } = named[house]
      const { rows: allowed } = await client.query("select 1 where has_any_column_privilege($1, $2, 'select')", [
        user,
        table.name,
      ])
      attempts.set(`${table.name} ${user}`, [houseAttempt(house, table, rows, allowed.length > 0)])
    }
  }

  /** Tries as each of the logins named; stops at the first difference where `first`. */
  async function tryOn(table: string, who: readonly string[], wanted: Deed[], first: boolean): Promise<string[]> {
    const found: string[] = []
    for (const login of who) {
      await client.query(`set local session authorization "${login}"`)
      for (const attempt of attempts.get(`${table} ${login}`)!) {
        const probes = attempt.probes.filter(({ deed }) => wanted.includes(deed))
        if (probes.length === 0) continue
        const { rows } = await client.query<{ outcomes: string[] }>('select proof.probe($1, $2, $3, $4) as outcomes', [
          attempt.who.tokenHash ?? null,
          attempt.who.purpose ?? null,
          attempt.who.audience === 'client' ? portal.door : '',
          JSON.stringify(probes.map(({ sql }) => sql)),
        ])
        found.push(...compare({ ...attempt, probes }, rows[0]!.outcomes))
        if (first && found.length > 0) return found
      }
    }
    return found
  }

  async function undone<T>(work: () => Promise<T>): Promise<T> {
    await client.query('begin')
    try {
      return await work()
    } finally {
      await client.query('rollback')
    }
  }

  return {
    tables,
    policies,
    mutants: mutantsOf(
      policies,
      tables.map((table) => table.name),
    ),
    grants,
    differences: (table) => undone(() => tryOn(table, names, deeds.ALL, false)),
    notice: (mutant) =>
      undone(async () => {
        await client.query(mutant.sql)
        if (mutant.policy) {
          const [first] = await tryOn(mutant.table, mutant.policy.logins, deeds[mutant.policy.command], true)
          if (first) return first
          await client.query('reset session authorization')
        }
        return (await lint(client, names))[0]
      }),
    differencesOfReach: (signature, text, instead) =>
      undone(async () => {
        const { rows } = await client.query('select pg_get_functiondef($1::regprocedure) as source', [signature])
        const source: string = rows[0].source
        if (!source.includes(text)) throw new Error(`${signature} does not say: ${text}`)
        await client.query(source.replace(text, instead))
        const found: string[] = []
        for (const who of provers.filter((one) => one.confined || one.name.includes('every word'))) {
          await client.query(`set local session authorization "${logins[who.audience]}"`)
          const probes = probesOfReach(who)
          const { rows } = await client.query<{ outcomes: string[] }>(
            'select proof.probe($1, $2, $3, $4) as outcomes',
            [
              who.tokenHash,
              who.purpose,
              who.audience === 'client' ? portal.door : '',
              JSON.stringify(probes.map(({ sql }) => sql)),
            ],
          )
          found.push(...compare({ who, probes: probes.map((one) => ({ ...one, deed: 'read' })) }, rows[0]!.outcomes))
        }
        return found
      }),
    close: () => client.end(),
  }
}

/** Of the mutants chosen by their place in the list, those that nothing gives away and nothing excuses. */
export async function survivorsOf(detector: Detector, chosen: (index: number) => boolean): Promise<string[]> {
  const survivors: string[] = []
  for (const [index, mutant] of detector.mutants.entries()) {
    if (!chosen(index) || whyEquivalent(mutant, detector)) continue
    if (!(await detector.notice(mutant))) survivors.push(mutant.name)
  }
  return survivors
}
