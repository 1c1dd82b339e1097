/** How often one key, or one session of a person, may ask. A program goes steadily; a page asks for much at once, then rests. */
export interface Limit {
  /** Requests a second, in the long run; 0: no limit. */
  perSecond: number
  /** Requests at once, after a rest. */
  burst: number
}
export interface Limits {
  key: Limit
  web: Limit
}
/** A key that imports 500 orders a request comes to 10,000 orders a second. */
export const usualLimits: Limits = { key: { perSecond: 20, burst: 100 }, web: { perSecond: 50, burst: 250 } }

/** Who has rested is forgotten, so that made-up tokens do not fill the memory. */
const mostRemembered = 10_000

/**
 * Token buckets in this process's memory, one for each key and session: what one does never shortens another's. Several
 * server processes each count by themselves.
 */
export class Buckets {
  readonly limits: Limits
  readonly #buckets = new Map<string, { level: number; at: number }>()

  constructor(limits: Limits) {
    this.limits = limits
  }

  /** Takes one request out of a bucket; returns how many seconds to wait where none is left, else 0. */
  take(kind: keyof Limits, id: string, now: number): number {
    const { perSecond, burst } = this.limits[kind]
    if (perSecond === 0) return 0
    const { level, at } = this.#buckets.get(id) ?? { level: burst, at: now }
    const filled = Math.min(burst, level + (Math.max(0, now - at) / 1000) * perSecond)
    // Set anew, so that those who rested longest stand first.
    this.#buckets.delete(id)
    this.#buckets.set(id, { level: filled < 1 ? filled : filled - 1, at: now })
    if (this.#buckets.size > mostRemembered) this.#buckets.delete(this.#buckets.keys().next().value!)
    return filled < 1 ? Math.ceil((1 - filled) / perSecond) : 0
  }
}
