/**
 * Draws the pages of docs/ that say what the code says: lifecycles, problems, roles. `node tools/generate-docs.ts` writes
 * them; generate-docs.test.ts fails when what is checked in differs.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Role, roles } from '../server/src/access/roles.ts'
import { waiting } from '../server/src/access/waiting.ts'
import { audiences, permissions } from '../server/src/kernel/permissions.ts'
import { problems } from '../server/src/kernel/problems.ts'
import { lifecycles } from './docs/lifecycles.ts'
import { by, table } from './docs/markdown.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Every generated page, by its path in the repository. */
export const pages: Record<string, () => string> = {
  'docs/lifecycles.md': lifecycles,
  'docs/problems.md': problemList,
  'docs/roles.md': roleTables,
}

function problemList(): string {
  const sorted = Object.entries(problems).sort(([, a], [, b]) => a.status - b.status)
  const list = sorted.map(([code, { status, title, advice }]) => `## ${code}\n\n**${status}** ${title}. ${advice}`)
  return `# Problems

${by('server/src/kernel/problems.ts')}

Every refusal of the API is an RFC 9457 problem (\`application/problem+json\`): \`type\`, \`title\`, \`status\`, \`code\`, \`detail\`,
\`requestId\`, for a wrong request \`errors\` (\`field\`, \`message\`), for a step at the wrong moment \`state\` and \`from\`, for a missing
right \`permission\`. Programs decide by \`code\`; the sentences may change.

${list.join('\n\n')}
`
}

function roleTables(): string {
  const holds = (role: Role, word: string) => {
    if ((role.permissions as readonly string[]).includes(word)) return '●'
    if (!(role.switches as readonly string[] | undefined)?.includes(word)) return ''
    return (role.beginsOn as readonly string[] | undefined)?.includes(word) ? '◐' : '○'
  }
  const of = (audience: string) => {
    const those = roles.filter((role) => role.audience === audience)
    const rows = Object.entries(permissions)
      .map(([word, meaning]) => [`\`${word}\``, meaning, ...those.map((role) => holds(role, word))])
      .filter((row) => row.slice(2).some((cell) => cell !== ''))
    return `## ${audience[0]!.toUpperCase()}${audience.slice(1)}\n\n${table(['permission', 'what it allows', ...those.map((role) => role.slug)], rows)}`
  }
  const coming = waiting.map(({ word, meaning, for: part, roles }) => [
    `\`${word}\``,
    meaning,
    part,
    roles.map((slug) => `\`${slug}\``).join(', '),
  ])
  return `# Roles

${by('server/src/access/roles.ts', 'server/src/access/waiting.ts', 'server/src/kernel/permissions.ts')}

A role is a named set of permissions for one audience. It never holds rows: which rows a member reaches is his scope (stores,
warehouses, his own company). What each endpoint answers to each of them is in
[server/access-matrix.txt](../server/access-matrix.txt). \`automation\` is what the account's rules act as; nobody signs in with it.

● always · ○ a switch of the role, off until an administrator switches it on · ◐ a switch that begins on. More than that a built-in
role never holds, and never less. An account makes further roles from these: for staff out of what \`full-access\` may hold, for
clients and suppliers out of \`client-admin\` and \`supplier-manager\` ([decision 026](decisions/026-roles-are-data.md)).

${audiences.map(of).join('\n\n')}

## Waiting

Permissions of parts that the product does not have yet. Nobody holds one, and none can be given.

${table(['permission', 'what it will allow', 'waits for', 'for the roles'], coming)}
`
}

if (process.argv[1] === import.meta.filename)
  for (const [path, draw] of Object.entries(pages)) writeFileSync(join(ROOT, path), draw())
