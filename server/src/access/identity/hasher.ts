/**
 * The process that hashes passwords, one after the other and only while the machine has nothing else to do: so a storm of
 * sign-ins slows the sign-ins. It knows nothing but what it is sent, and ends with the one who started it.
 */
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { hashSync, verifySync } from '@node-rs/argon2'

/** What it is asked: the hash of a password, or whether a password is the one whose hash is stored. */
export type Question = { password: string; stored?: string | null }
export type Answer = { hash: string } | { fits: boolean } | { failed: string }

/**
 * argon2id, 7 MiB and 5 passes: of the five settings that OWASP's password storage cheat sheet holds for equally strong, the one
 * that empties the processor's caches least, and so slows the others least while many sign in.
 */
const options = { memoryCost: 7_168, timeCost: 5, parallelism: 1 }

setPriority(10)
try {
  // Where Linux shares the processor between groups of processes, the group must be as modest as its process.
  writeFileSync('/proc/self/autogroup', '10')
} catch {
  // There are none here.
}
// What ends the server is sent to all its processes; it first answers what is under way, and then this one ends with it.
process.on('SIGTERM', () => {})

const decoy = hashSync('nobody has this password', options)

function answer({ password, stored }: Question): Answer {
  if (stored === undefined) return { hash: hashSync(password, options) }
  // Where there is none to check against, the same work is done.
  return { fits: verifySync(stored ?? decoy, password) && stored !== null }
}

process.on('message', (question: Question) => {
  try {
    process.send!(answer(question))
  } catch (error) {
    process.send!({ failed: String(error) })
  }
})
