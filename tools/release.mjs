/**
 * `npm run release`: makes release/crossdock-VERSION-PLATFORM.tar.gz, which runs on a machine of this kind that has neither
 * Node nor npm nor a network: the program without its types, the page as built, the packages it needs, Node, PostgreSQL.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { ensureInstalled, ROOT } from './setup/install.mjs'
import { ensureWebBuilt } from './setup/web.mjs'

const launcher = `#!/bin/sh
# ./crossdock start, or a command of the command line: ./crossdock help
here=$(cd "$(dirname "$0")" && pwd)
export NODE_ENV=production
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
if [ "\${1:-start}" = start ]; then exec "$here/bin/node" "$here/server/src/main.js"; fi
exec "$here/bin/node" "$here/server/src/cli.js" "$@"
`

try {
  const node = ensureInstalled()
  if (node !== process.execPath) {
    // The types are taken off by the very Node that would run them.
    process.exit(spawnSync(node, [import.meta.filename], { stdio: 'inherit' }).status ?? 1)
  }
  ensureWebBuilt(node)
  console.log(makeRelease(node))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

/** Returns the path of the archive; beside it lies its SHA-256. */
function makeRelease(node) {
  const { version } = readJson(join(ROOT, 'server/package.json'))
  const name = `crossdock-${version}-${process.platform}-${process.arch}`
  const folder = join(ROOT, 'release', name)
  rmSync(folder, { recursive: true, force: true })
  for (const path of ['LICENSE', 'README.md', 'CHANGELOG.md', 'docs', 'db', 'web/dist']) copy(path, folder)
  copyProgram(folder)
  for (const path of packagesOf('server')) copy(path, folder)
  mkdirSync(join(folder, 'bin'))
  copyFileSync(node, join(folder, 'bin/node'))
  chmodSync(join(folder, 'bin/node'), 0o755)
  writeFileSync(join(folder, 'crossdock'), launcher, { mode: 0o755 })
  const archive = `${folder}.tar.gz`
  const packed = spawnSync('tar', ['-czf', archive, '-C', join(ROOT, 'release'), name], { stdio: 'inherit' })
  if (packed.status !== 0) throw new Error('The archive could not be written; what tar said is above.')
  const sum = createHash('sha256').update(readFileSync(archive)).digest('hex')
  writeFileSync(`${archive}.sha256`, `${sum}  ${name}.tar.gz\n`)
  return archive
}

/** The server, file by file in the same places, so that what it finds by its own path it finds here too; without tests. */
function copyProgram(folder) {
  for (const file of filesIn('server/src')) {
    if (/\.test\.ts$|\.d\.ts$|^server\/src\/testing\/|\/fixtures\//.test(file)) continue
    const target = join(folder, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    if (file.endsWith('.ts')) writeFileSync(target, asJavaScript(readFileSync(join(ROOT, file), 'utf8')))
    else copyFileSync(join(ROOT, file), target)
  }
  const { name, version, type, imports } = readJson(join(ROOT, 'server/package.json'))
  const plain = { name, version, type, imports: JSON.parse(JSON.stringify(imports).replaceAll('.ts"', '.js"')) }
  writeFileSync(join(folder, 'server/package.json'), `${JSON.stringify(plain, null, 2)}\n`)
}

/** Types become blanks, so that a line of a stack trace is the line of the source. */
function asJavaScript(source) {
  return stripTypeScriptTypes(source).replace(/(\b(?:from|import)\s*\(?\s*['"][^'"]+)\.ts(['"])/g, '$1.js$2')
}

/** The folders of every package that a workspace needs to run, found as Node finds them. */
function packagesOf(workspace) {
  const found = new Set()
  const visit = (from, { dependencies = {}, optionalDependencies = {} }) => {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = locate(from, name)
      if (!place || found.has(place)) continue
      found.add(place)
      visit(place, readJson(join(ROOT, place, 'package.json')))
    }
  }
  visit(workspace, { dependencies: readJson(join(ROOT, workspace, 'package.json')).dependencies })
  return found
}

function locate(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(ROOT, place, 'package.json'))) return place
    if (folder === '.') return undefined
  }
}

/** What a package brings along for itself stays where it is; its own nested packages are visited by name. */
function copy(path, folder) {
  const source = join(ROOT, path)
  cpSync(source, join(folder, path), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !relative(source, file).split('/').includes('node_modules'),
  })
}

function filesIn(path) {
  return readdirSync(join(ROOT, path), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${path}/${entry.name}`
    return entry.isDirectory() ? filesIn(inside) : [inside]
  })
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
