/**
 * Checks who may import whom. The slices stand in order in server/package.json "imports"; each may call those before
 * it, through their front door alone. The web app takes types from the server, never code. Every run first proves
 * itself on planted violations, so that a check that sees nothing cannot pass.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

interface Import {
  line: number
  from: string
  typeOnly: boolean
}

const ROOT = resolve(import.meta.dirname, '..')
const SERVER = 'server/src/'

const doors = Object.keys(JSON.parse(readFileSync(join(ROOT, 'server/package.json'), 'utf8')).imports)
const order = [...new Set(doors.map((door) => door.replace(/^#|\/\*$/g, '')))]

/** Every import of a file, with static, re-exported and dynamic ones. Comments are blanked first, lines kept. */
function importsOf(source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '))
  const pattern =
    /^[ \t]*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm
  return [...code.matchAll(pattern)].map((match) => ({
    line: code.slice(0, match.index + match[0].search(/\S/)).split('\n').length,
    from: (match[2] ?? match[3])!,
    typeOnly: match[1] !== undefined,
  }))
}

/** Files without an import of their own, which page and server reckon by. */
const reckonedOnBothSides = ['server/src/kernel/readable-colors.ts']

/** Why this import is not allowed, or undefined. Paths are relative to the checkout, with forward slashes. */
function refusal(file: string, { from, typeOnly }: Import): string | undefined {
  const target = from.startsWith('.') ? join(dirname(file), from) : undefined
  if (file.startsWith('web/')) {
    const server = target?.startsWith('server/') || from.startsWith('@crossdock/server')
    return server && !typeOnly && !reckonedOnBothSides.includes(target ?? '')
      ? 'the web app takes types alone from the server: write "import type"'
      : undefined
  }
  const slice = file.slice(SERVER.length).split('/')[0]!
  if (!order.includes(slice)) return undefined
  const isTest = file.endsWith('.test.ts')
  if (isTest && target?.startsWith(`${SERVER}testing/`)) return undefined
  if (target) return target.startsWith(`${SERVER}${slice}/`) ? undefined : `it lies outside of ${slice}: use its #name`
  if (!from.startsWith('#')) return undefined
  const [name, ...deep] = from.slice(1).split('/')
  const place = order.indexOf(name!)
  if (place === -1) return 'server/package.json "imports" does not name it'
  if (deep.length > 0 && !doors.includes(`#${name}/*`)) return `only the front door #${name} is open`
  if (name === slice) return deep.length > 0 ? undefined : 'a slice reaches itself by relative paths'
  // A test tells a story, and a story may go on in a later slice.
  return isTest || place < order.indexOf(slice) ? undefined : `${name} stands after ${slice}: announce an event instead`
}

function proveItself(): void {
  const [first, second] = order.filter((name) => !doors.includes(`#${name}/*`))
  const planted: [file: string, source: string, refused: boolean][] = [
    [`${SERVER}${first}/a.ts`, `import { x } from '#${second}'`, true],
    [`${SERVER}${second}/a.ts`, `import { x } from '#${first}'`, false],
    [`${SERVER}${second}/a.ts`, `import {\n  x,\n} from '#${first}/deep.ts'`, true],
    [`${SERVER}${second}/a.ts`, `const x = await import('../${first}/a.ts')`, true],
    [`${SERVER}${second}/a.ts`, `export * from '../platform/settings.ts'`, true],
    [`${SERVER}${second}/commands/a.ts`, `import '../queries/b.ts'`, false],
    ['web/src/a.ts', `import { x } from '../../server/src/orders/contract.ts'`, true],
    ['web/src/a.ts', `import type { X } from '../../server/src/orders/contract.ts'`, false],
  ]
  for (const [file, source, refused] of planted) {
    const [found, ...more] = importsOf(source)
    if (!found || more.length > 0 || (refusal(file, found) !== undefined) !== refused)
      throw new Error(`The check itself is broken: it ${refused ? 'missed' : 'refused'} "${source}" in ${file}.`)
  }
}

function modulesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
}

proveItself()
const modules = [...modulesIn('server/src'), ...modulesIn('web/src')]
if (modules.length === 0) throw new Error('The check saw no modules at all.')
let violations = 0
for (const file of modules) {
  for (const found of importsOf(readFileSync(join(ROOT, file), 'utf8'))) {
    const reason = refusal(file, found)
    if (!reason) continue
    violations++
    console.error(`${file}:${found.line} imports ${found.from}: ${reason}`)
  }
}
console.log(`${modules.length} modules, ${violations} forbidden imports.`)
process.exitCode = violations > 0 ? 1 : 0
