import type pg from 'pg'
import { schemas } from '#kernel/db/lint.ts'

/** A policy as the catalogue holds it. */
export interface Policy {
  table: string
  name: string
  command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  restrictive: boolean
  logins: string[]
  using: string | null
  check: string | null
}
/** One small change for the worse, as somebody in a hurry would make it. */
export interface Mutant {
  name: string
  sql: string
  table: string
  policy?: Policy
  /** The conditions that are gone, and from which side. */
  lost?: { side: 'using' | 'check'; conditions: string[] }
}

export async function readPolicies(client: pg.Client): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select schemaname || '.' || tablename as table, policyname as name, cmd as command, permissive = 'RESTRICTIVE' as restrictive,
            roles::text[] as logins, qual as using, with_check as check
       from pg_policies where schemaname = any ($1) order by 1, 2`,
    [schemas],
  )
  return rows
}

/**
 * Every policy gone, every condition of it gone, the whole of it true, every permission another one, on the side that reads and on the side that writes;
 * of every table row-level security off, and not forced.
 */
export function mutantsOf(policies: Policy[], tables: string[]): Mutant[] {
  return [...policies.flatMap(ofPolicy), ...tables.flatMap(ofTable)]
}

function ofPolicy(policy: Policy): Mutant[] {
  const on = `"${policy.name}" on ${policy.table}`
  const name = `${policy.table} "${policy.name}"`
  const mutant = (what: string, sql: string, lost?: Mutant['lost']): Mutant => ({
    name: `${name}: ${what}`,
    sql,
    table: policy.table,
    policy,
    ...(lost ? { lost } : {}),
  })
  const sides = [
    ['using', policy.using, 'using'],
    ['check', policy.check, 'with check'],
  ] as const
  return [
    mutant('dropped', `drop policy ${on}`),
    ...sides.flatMap(([side, text, keyword]) => {
      if (text === null || text === 'true') return []
      const conditions = splitAnd(text)
      const whole = mutant(`${keyword} true`, `alter policy ${on} ${keyword} (true)`, { side, conditions })
      const words = [...new Set(text.match(/(?<=')[a-z]+:[a-z]+(?=')/g))].map((word) => {
        const other = word === 'audit:read' ? 'users:read' : 'audit:read'
        return mutant(
          `${keyword} asks for ${other}, not ${word}`,
          `alter policy ${on} ${keyword} (${text.replaceAll(`'${word}'`, `'${other}'`)})`,
          { side, conditions: conditions.filter((condition) => condition.includes(`'${word}'`)) },
        )
      })
      if (conditions.length === 1) return [whole, ...words]
      const without = conditions.map((condition, gone) =>
        mutant(
          `${keyword} without ${condition}`,
          `alter policy ${on} ${keyword} ((${conditions.filter((_, index) => index !== gone).join(') and (')}))`,
          { side, conditions: [condition] },
        ),
      )
      return [whole, ...words, ...without]
    }),
  ]
}

const ofTable = (table: string): Mutant[] => [
  { name: `${table}: row-level security off`, sql: `alter table ${table} disable row level security`, table },
  { name: `${table}: not forced`, sql: `alter table ${table} no force row level security`, table },
]

/** The conditions joined by AND at the top of an expression as PostgreSQL prints it. */
export function splitAnd(text: string): string[] {
  const inner = unwrap(text)
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at]
    if (char === "'") quoted = !quoted
    if (quoted) continue
    if (char === '(') depth++
    if (char === ')') depth--
    if (depth === 0 && inner.startsWith(' AND ', at)) {
      parts.push(unwrap(inner.slice(from, at)))
      from = at + 5
    }
  }
  return [...parts, unwrap(inner.slice(from))]
}

/** Without the brackets around the whole. */
function unwrap(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length - 1; at++) {
    if (text[at] === "'") quoted = !quoted
    if (quoted) continue
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return text
  }
  return unwrap(text.slice(1, -1).trim())
}
