import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from './problem.ts'

/**
 * A keyset cursor: where the next page begins, sealed to whom it was given and to what he filtered by. Another's, or one
 * for another filter, is refused.
 */
export class Cursors {
  readonly #key: Buffer
  constructor(secret: string) {
    this.#key = createHmac('sha256', secret).update('cursor').digest()
  }

  /** @param sealedTo anything that identifies caller and filter; the same must be given to open it */
  seal(position: readonly unknown[], sealedTo: string): string {
    const body = Buffer.from(JSON.stringify(position)).toString('base64url')
    return `${body}.${this.#mac(body, sealedTo)}`
  }

  /** @throws Problem bad_cursor */
  open(cursor: string, sealedTo: string): unknown[] {
    const [body = '', mac = ''] = cursor.split('.')
    const wanted = Buffer.from(this.#mac(body, sealedTo))
    const given = Buffer.from(mac)
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Problem('bad_cursor')
    return JSON.parse(Buffer.from(body, 'base64url').toString())
  }

  #mac(body: string, sealedTo: string): string {
    return createHmac('sha256', this.#key).update(`${sealedTo}\n${body}`).digest('base64url').slice(0, 22)
  }
}
