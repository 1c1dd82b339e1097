import type { Pool } from 'pg'
import type { Deps } from './deps.ts'
import { Loop } from './loop.ts'

/** A session is written at most this often; from another address, at once. */
const minute = 60_000

/**
 * Which sessions asked lately, and from where: collected in memory, written together by the identity login (`flush`), so that
 * a read stays one round trip and writes nothing.
 */
export class Seen {
  #pending = new Map<string, string>()
  readonly #noted = new Map<string, { at: number; address: string }>()

  note(sessionId: string, address: string): void {
    const last = this.#noted.get(sessionId)
    if (last && last.address === address && performance.now() - last.at < minute) return
    this.#noted.set(sessionId, { at: performance.now(), address })
    this.#pending.set(sessionId, address)
  }

  /** Writes what was noted since; what cannot be written now is left out, the next request notes it again. */
  async flush(identity: Pool): Promise<void> {
    const seen = [...this.#pending].map(([id, address]) => ({ id, address }))
    this.#pending = new Map()
    for (const [id, { at }] of this.#noted) if (performance.now() - at >= minute) this.#noted.delete(id)
    if (seen.length > 0) await identity.query('select access.touch_sessions($1)', [JSON.stringify(seen)])
  }
}

/** Flushes each half a minute until stopped, and once more then. */
export function startSeen({ seen, pools }: Deps): { stop(): Promise<void> } {
  const loop = new Loop(
    30_000,
    () => seen.flush(pools.identity),
    () => {}, // the database is away: whoever still asks is noted again
  )
  loop.start()
  return {
    async stop() {
      await loop.stop()
      await seen.flush(pools.identity).catch(() => {})
    },
  }
}
