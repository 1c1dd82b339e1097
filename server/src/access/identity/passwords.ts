import { type ChildProcess, fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { Problem } from '#kernel/problem.ts'
import type { Answer, Question } from './hasher.ts'

/** How many may wait for the hasher, beyond which more would wait too long; those who sign in stand in shorter lines (line.ts). */
const longest = 60
/** Milliseconds without a password after which the hasher ends: most of the day nobody signs in. */
const rest = 60_000
const program = join(import.meta.dirname, `hasher${extname(import.meta.filename)}`)

interface Hasher {
  child: ChildProcess
  /** In the order in which they asked, which is that of the answers. */
  waiting: PromiseWithResolvers<Answer>[]
  resting?: NodeJS.Timeout
}
let hasher: Hasher | undefined

/** The hash under which a password is kept. @throws Problem overloaded */
export async function hashPassword(password: string): Promise<string> {
  const answer = await ask({ password })
  return (answer as { hash: string }).hash
}

/** Checks a password; where there is none to check against, does the same work and says no. @throws Problem overloaded */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const answer = await ask({ password, stored: stored ?? null })
  return (answer as { fits: boolean }).fits
}

async function ask(question: Question): Promise<Answer> {
  hasher ??= start()
  const { child, waiting, resting } = hasher
  if (waiting.length >= longest) throw new Problem('overloaded')
  clearTimeout(resting)
  child.channel?.ref()
  const asked = Promise.withResolvers<Answer>()
  waiting.push(asked)
  // Whether it could be sent, its end tells.
  child.send(question, () => {})
  const answer = await asked.promise
  if ('failed' in answer) throw new Error(answer.failed)
  return answer
}

/**
 * Starts the process, in a group of its own and without a setting or secret of the server. When it ends, who still waits is
 * told to come again, and the next one starts another.
 */
function start(): Hasher {
  const child = fork(program, {
    detached: true,
    env: {},
    execArgv: ['--max-old-space-size=16'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const started: Hasher = { child, waiting: [] }
  const end = () => {
    if (hasher === started) hasher = undefined
    if (child.connected) child.disconnect()
    for (const asked of started.waiting.splice(0)) asked.reject(new Problem('overloaded'))
  }
  child.on('message', (answer: Answer) => {
    started.waiting.shift()?.resolve(answer)
    if (started.waiting.length > 0) return
    // At rest it keeps nobody from ending.
    child.channel?.unref()
    started.resting = setTimeout(end, rest).unref()
  })
  child.once('exit', end).once('error', end).unref()
  return started
}
