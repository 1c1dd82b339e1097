import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from './problem.ts'

/**
 * A keyset cursor: where the next page begins, sealed to the member it was given to and to what he filtered by. Another's,
 * or one for another filter, is refused; a new session or key of the same member reads on.
 */
export class Cursors {
  readonly #key: Buffer
  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('cursor').digest()
  }

  /** @param list what is paged through: the endpoint and its filter; the same must be given to open it */
  seal(position: readonly unknown[], list: string, memberId: string): string {
    const body = Buffer.from(JSON.stringify(position)).toString('base64url')
    const sealed = `${body}.${this.#mac(`member\n${memberId}`)}`
    return `${sealed}.${this.#mac(`${list}\n${sealed}`)}`
  }

  /**
   * Where to go on. Who asks may be known only later: `mustBelongTo` is to be called with him before anything is answered.
   * @throws Problem bad_cursor
   */
  open(cursor: string, list: string): { position: unknown[]; mustBelongTo(memberId: string): void } {
    const [body = '', owner = '', mac = ''] = cursor.split('.')
    if (!isEqual(mac, this.#mac(`${list}\n${body}.${owner}`))) throw new Problem('bad_cursor')
    return {
      position: JSON.parse(Buffer.from(body, 'base64url').toString()),
      mustBelongTo: (memberId) => {
        if (!isEqual(owner, this.#mac(`member\n${memberId}`))) throw new Problem('bad_cursor')
      },
    }
  }

  #mac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, 22)
  }
}

/** Cursors of one call. Who asks is known once a statement ran, so another's cursor is refused when the answer stands. */
export function pagesOf(cursors: Cursors, name: string, who: () => { memberId: string }) {
  let mustBelongTo = (_memberId: string) => {}
  const list = (filter: unknown) => `${name}\n${JSON.stringify(filter)}`
  return {
    open(cursor: string | undefined, filter: unknown): unknown[] | undefined {
      if (cursor === undefined) return undefined
      const opened = cursors.open(cursor, list(filter))
      mustBelongTo = opened.mustBelongTo
      return opened.position
    },
    seal: (position: readonly unknown[], filter: unknown) => cursors.seal(position, list(filter), who().memberId),
    check: () => mustBelongTo(who().memberId),
  }
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
