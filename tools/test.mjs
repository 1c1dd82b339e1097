/** `npm test`: every check there is, one after the other, to the end; the last line says how many passed and failed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'
import { buildWeb } from './setup/web.mjs'

/** Seconds that each part may take on two idle cores; what takes more is named, so that somebody looks before it adds up. */
const budgets = {
  types: 20,
  'lint and format': 10,
  boundaries: 5,
  'dead code': 10,
  texts: 10,
  'web app': 20,
  'unit and API tests': 540,
  'browser stories': 660,
}

const results = []
let node = ''

try {
  node = ensureInstalled()
} catch (error) {
  console.error(`\n${error.message}\n`)
  console.log('0 passed, 1 failed')
  process.exit(1)
}

step('types', () => bin('typescript/bin/tsc', '-b'))
step('lint and format', () => bin('@biomejs/biome/bin/biome', 'ci', '.', '--max-diagnostics=20'))
step('boundaries', () => script('tools/check-boundaries.ts'))
step('dead code', () => bin('knip/bin/knip.js', '--no-progress'))
if (existsSync(join(ROOT, 'web/src/locales'))) step('texts', () => script('tools/check-texts.ts'))
if (existsSync(join(ROOT, 'web/vite.config.ts'))) step('web app', () => buildWeb(node, 'inherit').status === 0)
suite('unit and API tests', 'vitest.config.ts')
if (existsSync(join(ROOT, 'e2e/vitest.config.ts'))) suite('browser stories', 'e2e/vitest.config.ts')

const sum = (kind) => results.reduce((total, result) => total + result[kind], 0)
console.log('\n── summary')
for (const { name, passed, failed, seconds } of results) {
  const late = seconds > budgets[name] ? `, more than its budget of ${budgets[name]} s` : ''
  console.log(
    `${failed ? '✗' : '✓'} ${name.padEnd(20)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed  ${seconds.toFixed(1)} s${late}`,
  )
}
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') ? 1 : 0

/** One check that passes or fails as a whole. */
function step(name, check) {
  measure(name, () => (check() ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }))
}

/** A vitest run, counted test by test; a file that cannot even be loaded, or a run that breaks, is a failure too. */
function suite(name, config) {
  measure(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-results-'))
    const file = join(folder, 'results.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const ok = bin('vitest/vitest.mjs', 'run', '--config', config, ...reporters)
    const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] }
    rmSync(folder, { recursive: true })
    const passed = report.numPassedTests ?? 0
    const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const failed = (report.numFailedTests ?? 0) + broken.length
    return { passed, failed: ok ? failed : Math.max(failed, 1) }
  })
}

function measure(name, check) {
  console.log(`\n── ${name}`)
  const began = Date.now()
  const counts = check()
  results.push({ name, ...counts, seconds: (Date.now() - began) / 1000 })
}

function bin(path, ...args) {
  return script(join('node_modules', path), ...args)
}

/** Every tool runs on the same Node, and so does what it starts. */
function script(path, ...args) {
  const env = { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH}` }
  return spawnSync(node, [path, ...args], { cwd: ROOT, env, stdio: 'inherit' }).status === 0
}
