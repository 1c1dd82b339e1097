import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { Problem } from './problem.ts'
import type { ProblemCode } from './problems.ts'

/** Refusals that say the same of what exists and of what does not, and must take as long. */
const silent: ReadonlySet<ProblemCode> = new Set(['not_found', 'wrong_credentials'])
/** Milliseconds to which their time is rounded up. */
const beat = 10

/**
 * Holds back a refusal that must not tell by its time why it is one: it leaves a whole number of beats after its request came in.
 * A timer is late by up to a millisecond, more or less as it was set earlier or later; so the last two pass in turns of the loop.
 */
export async function keepTime(problem: unknown, reply: FastifyReply): Promise<void> {
  if (!(problem instanceof Problem && silent.has(problem.code))) return
  const due = Math.ceil(reply.elapsedTime / beat) * beat
  const ahead = due - reply.elapsedTime
  if (ahead > 2) await wait(ahead - 2)
  while (reply.elapsedTime < due) await nextTurn()
}
