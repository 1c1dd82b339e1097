import type { PoolClient } from 'pg'

/** So many statements stay prepared on a connection; a plan takes some 100 kB there. */
const most = 150

/**
 * The statements that PostgreSQL holds ready on one connection, by their text: planning a page of orders takes longer than
 * running it. A text gets a name when it comes the second time, so that what is asked once takes no room.
 */
export class Prepared {
  /** In the order of their last use; null where the text came once. */
  readonly #names = new Map<string, string | null>()
  #given: string[] = []
  #count = 0

  /** How to send a text: by its name, and whether PostgreSQL has it already. */
  take(text: string): { name: string; known: boolean } {
    const name = this.#names.get(text)
    this.#names.delete(text)
    if (name === undefined) {
      this.#names.set(text, null)
      return { name: '', known: false }
    }
    const known = name !== null
    const given = name ?? `crossdock_${++this.#count}`
    this.#names.set(text, given)
    return { name: given, known }
  }

  /** What was sent together with a refused statement may have been skipped: it gets a new name next time. */
  forget(texts: Iterable<string>): void {
    for (const text of texts) this.#giveUp(text)
  }

  /** The names that PostgreSQL may drop by now. */
  dropped(): string[] {
    for (const text of this.#names.keys()) {
      if (this.#names.size <= most) break
      this.#giveUp(text)
    }
    const names = this.#given
    this.#given = []
    return names
  }

  #giveUp(text: string): void {
    const name = this.#names.get(text)
    this.#names.delete(text)
    if (name) this.#given.push(name)
  }
}

const ofClient = new WeakMap<PoolClient, Prepared>()
const pooled = new WeakSet<PoolClient>()

/** Behind a pooler in transaction mode each transaction may meet another connection: nothing is prepared there. */
export const isPooled = (client: PoolClient): void => void pooled.add(client)

/** What is prepared on this connection; undefined where nothing may be. */
export function preparedOn(client: PoolClient): Prepared | undefined {
  if (pooled.has(client)) return undefined
  const known = ofClient.get(client) ?? new Prepared()
  ofClient.set(client, known)
  return known
}
