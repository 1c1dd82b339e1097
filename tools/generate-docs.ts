/**
 * Draws the pages of docs/ that say what the code says: lifecycles, problems, roles. `node tools/generate-docs.ts` writes
 * them; generate-docs.test.ts fails when what is checked in differs.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { roles } from '../server/src/access/roles.ts'
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
  const of = (audience: string) => {
    const those = roles.filter((role) => role.audience === audience)
    const held = Object.entries(permissions).filter(([word]) =>
      those.some((role) => (role.permissions as readonly string[]).includes(word)),
    )
    const rows = held.map(([word, meaning]) => [
      `\`${word}\``,
      meaning,
      ...those.map((role) => ((role.permissions as readonly string[]).includes(word) ? '●' : '')),
    ])
    return `## ${audience[0]!.toUpperCase()}${audience.slice(1)}\n\n${table(['permission', 'what it allows', ...those.map((role) => role.slug)], rows)}`
  }
  return `# Roles

${by('server/src/access/roles.ts', 'server/src/kernel/permissions.ts')}

A role is a named set of permissions for one audience. It never holds rows: which rows a member reaches is his scope (stores,
warehouses, his own company). What each endpoint answers to each of them is in
[server/access-matrix.txt](../server/access-matrix.txt). \`automation\` is what the account's rules act as; nobody signs in with it.

${audiences.map(of).join('\n\n')}
`
}

if (process.argv[1] === import.meta.filename)
  for (const [path, draw] of Object.entries(pages)) writeFileSync(join(ROOT, path), draw())
