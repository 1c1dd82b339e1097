import { existsSync, readFileSync } from 'node:fs'

/**
 * Calls back once when the npm that started this is gone, however it went. Without npm above, it never does: a server
 * that was started by hand may outlive its shell.
 */
export function whenNpmIsGone(callback) {
  if (process.env.npm_lifecycle_event === undefined) return
  const npm = findNpm(process.ppid)
  const timer = setInterval(() => {
    if (isThere(npm)) return
    clearInterval(timer)
    callback()
  }, 500)
  timer.unref()
}

/** Our parent is npm, or the shell that npm runs scripts in. */
function findNpm(parent) {
  const stat = `/proc/${parent}/stat`
  if (!existsSync(stat) || !/^(sh|dash|bash)$/.test(/\((.*)\)/.exec(readFileSync(stat, 'utf8'))?.[1] ?? ''))
    return parent
  return Number(/\) \S (\d+)/.exec(readFileSync(stat, 'utf8'))?.[1] ?? parent)
}

function isThere(pid) {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (error) {
    return error.code === 'EPERM'
  }
}
