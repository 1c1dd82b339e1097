import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

const keyFor = (secret: string, what: string) => createHmac('sha256', secret).update(what).digest()

/** Seals what must be read again (AES-256-GCM), for one person: a row moved to another one does not open. */
export function seal(secret: string, what: string, userId: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, what), nonce).setAAD(Buffer.from(userId))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Opens it again; undefined where it was sealed with another secret, or for somebody else. */
export function unseal(secret: string, what: string, userId: string, sealed: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, what), sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from(userId)).setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

/** The hash of a short secret, keyed so that a copy of the database is not enough to try them all. */
export const keyedHash = (secret: string, what: string, text: string) =>
  createHmac('sha256', keyFor(secret, what)).update(text).digest()
