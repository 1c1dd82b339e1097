import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = join(import.meta.dirname, '../web/dist')

/** JavaScript that the first page loads, compressed, in bytes: what index.html names. Undefined where the page is not built. */
export function scriptsSent(): number | undefined {
  const page = join(dist, 'index.html')
  if (!existsSync(page)) return undefined
  const html = readFileSync(page, 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1]!)
  return [...new Set(named)].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0)
}

/** The processor's name as a part of a file name, and what the bench ran on. */
export function machine() {
  const info = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : ''
  const name = /^model name\s*:\s*(.+)$/m.exec(info)?.[1] ?? process.arch
  const cores = spawnSync('nproc', { encoding: 'utf8' }).stdout?.trim() || '?'
  return { processor: name, cores: Number(cores), node: process.version, load: loadNow() }
}
const loadNow = () =>
  existsSync('/proc/loadavg') ? Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]) : undefined
