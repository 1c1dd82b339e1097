import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Where a test may stop this program: every point, and what has just happened there. Each is passed by `fp(name)` in the
 * code at least once; a test compares both.
 */
export const failpoints = {
  'write.before_commit': 'a write of anybody did its work and did not commit yet',
  'write.after_commit': 'a write of anybody is committed, and nobody was told',
  'answer.before_send': 'a request did all it does; its answer was not sent',
  'job.taken': 'a job is taken from the queue and did nothing yet',
  'job.before_finish': 'a job did its work and is not marked as done',
  'import.before_commit': 'a batch of an import is written, its checkpoint moved, not committed',
  'import.after_batch': 'a batch of an import is committed, its progress not told',
  'import.before_finish': 'all batches of an import are in; it is not marked as done',
  'assign.after_lines': 'lines were given to a fulfiller who has no copy of the address yet',
  'ship.after_units': 'units are marked as shipped; tracking and story are not written',
  'invite.after_user': 'an invited person was made a user, not a member yet',
  'invite.before_commit': 'an invited person is member and signed in, not committed',
  'mail.before_send': 'a mail is claimed and its link minted, nothing was sent',
  'mail.after_send': 'the mail server took a mail; its row does not say so yet',
  'export.after_rows': 'some rows of an export were sent',
} as const
export type Failpoint = keyof typeof failpoints

interface Armed {
  name: Failpoint
  /** Hits that are still let through. */
  left: number
  act: () => Promise<void> | undefined
}
let armed: Armed | undefined

/**
 * A point where a test may stop the program; without one it costs one comparison. In a test:
 * `CROSSDOCK_FAILPOINT=name:hit:action`, where hit counts from 1 and the action is
 *   kill          the process ends as by kill -9
 *   throw         an error is thrown, as by a bug
 *   crash         an error is thrown where nobody catches it; what is behind this point goes on
 *   block=MS      the whole program stands still for so many milliseconds, as by a bug that computes for long
 *   pause=FILE    FILE is made, and everything behind this point waits until it is gone
 */
export function fp(name: Failpoint): Promise<void> | undefined {
  if (armed === undefined || armed.name !== name || --armed.left > 0) return undefined
  const { act } = armed
  armed = undefined
  return act()
}

/**
 * Arms one failpoint, for a database that is stamped as test and for no other.
 * @throws Error with a sentence where the database is a real one, or the text names no failpoint
 */
export function armFailpoint(spec: string, isTest: boolean): void {
  if (!isTest) throw new Error('CROSSDOCK_FAILPOINT is set: it stops the server on purpose, in test databases alone.')
  const [name = '', hit = '', action = ''] = spec.split(':')
  const act = actions(name, action)
  if (!(name in failpoints) || !/^[1-9]\d*$/.test(hit) || !act)
    throw new Error(`CROSSDOCK_FAILPOINT is "${spec}": write name:hit:action, as in import.after_batch:3:kill.`)
  armed = { name: name as Failpoint, left: Number(hit), act }
}

/** For tests in process: lets everything through again. */
export function disarmFailpoint(): void {
  armed = undefined
}

function actions(name: string, action: string): Armed['act'] | undefined {
  if (action === 'kill')
    return () => {
      process.kill(process.pid, 'SIGKILL')
      return new Promise(() => {})
    }
  if (action === 'throw')
    return () => {
      throw new Error(`failpoint ${name}`)
    }
  if (action === 'crash')
    return () => {
      setImmediate(() => {
        throw new Error(`failpoint ${name}`)
      })
      return undefined
    }
  const still = /^block=(\d{1,5})$/.exec(action)?.[1]
  if (still)
    return () => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(still))
      return undefined
    }
  const file = /^pause=(.+)$/.exec(action)?.[1]
  if (file)
    return async () => {
      writeFileSync(file, name)
      while (existsSync(file)) await wait(10)
    }
  return undefined
}
