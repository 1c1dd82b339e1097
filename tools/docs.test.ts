import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands, earlyCommands } from '../server/src/operator/commands.ts'

const ROOT = resolve(import.meta.dirname, '..')
const documents = globSync(['*.md', '{docs,db,server,web,tools,e2e,bench,prove}/**/*.md'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
}).sort()

/** Code blocks and comments are not prose: a link in them is an example. */
const prose = (path: string) =>
  readFileSync(join(ROOT, path), 'utf8').replace(/```[\s\S]*?```|^ {4}.*$|<!--[\s\S]*?-->/gm, '')

/** As GitHub makes anchors: lower case, spaces to hyphens, other marks dropped. */
const anchors = (path: string) =>
  [...prose(path).matchAll(/^#{1,6} +(.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

function brokenLinks(path: string): string[] {
  const text = prose(path).replace(/`[^`\n]*`/g, '``')
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)]
  return links
    .map((match) => match[1]!)
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file)
      if (!existsSync(join(ROOT, target))) return true
      return anchor !== undefined && target.endsWith('.md') && !anchors(target).includes(anchor)
    })
}

/** Paths in code spans, such as `server/src/app.ts`: the first folder tells that one is meant. */
function missingPaths(path: string): string[] {
  const named = prose(path).matchAll(/`((?:server|web|db|docs|tools|e2e|bench|prove)\/[\w./@-]+\.\w+)`/g)
  return [...named].map((match) => match[1]!).filter((file) => !existsSync(join(ROOT, file)))
}

describe('the documentation', () => {
  it('is found', () => expect(documents).toContain('README.md'))
  it.each(documents)('%s links to what exists', (path) => expect(brokenLinks(path)).toEqual([]))
  it.each(documents)('%s names paths that exist', (path) => expect(missingPaths(path)).toEqual([]))
  it('numbers decisions once, and lists them by number and title', () => {
    const folder = join(ROOT, 'docs/decisions')
    const files = globSync('0*.md', { cwd: folder }).sort()
    const list = files.map((file, place) => {
      const number = String(place + 1).padStart(3, '0')
      const title = readFileSync(join(folder, file), 'utf8').split('\n')[0]!.replace(`# ${number} `, '')
      return `- [${number} ${title}](${file})`
    })
    expect(files.filter((file, place) => !file.startsWith(String(place + 1).padStart(3, '0')))).toEqual([])
    const index = readFileSync(join(folder, 'README.md'), 'utf8').split('\n')
    expect(index.filter((line) => line.startsWith('- '))).toEqual(list)
  })
  it('tells operators of all that happens by itself', () => {
    const sources = globSync('server/src/**/*.ts', { cwd: ROOT, exclude: ['**/*.test.ts'] })
    const tasks = sources.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^schedule\('([\w.-]+)'/gm)].map((match) => match[1]!),
    )
    const page = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')
    expect(tasks.length).toBeGreaterThan(5)
    expect(tasks.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })
  it('tells in the README of every command', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    expect(Object.keys({ ...commands, ...earlyCommands }).filter((name) => !readme.includes(`\`${name}`))).toEqual([])
  })
  it('tells in the README of every setting', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
    const source = readFileSync(join(ROOT, 'server/src/platform/settings.ts'), 'utf8')
    const settings = [...source.matchAll(/\benv(?:\.|, ')([A-Z_]{3,})/g)].map((match) => match[1]!)
    expect(settings.length).toBeGreaterThan(5)
    // One is for tests alone, and refused elsewhere.
    const told = settings.filter((name) => name !== 'CROSSDOCK_FAILPOINT')
    expect(told.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })
})
