import { createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'

/** What signs the heads of the audit chains. The private half exists in memory alone, made of the secret. */
export interface SigningKey {
  /** The public half: 32 bytes in base64url. */
  publicKey: string
  /** Signs a text; base64url. */
  sign(text: string): string
}

// The fixed beginnings of an Ed25519 key in DER: PKCS #8 and SubjectPublicKeyInfo (RFC 8410); the 32 bytes follow.
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of an installation: the same on every server that has its secret, and nowhere in the database. */
export function signingKey(secret: string): SigningKey {
  const seed = createHmac('sha256', secret).update('audit signature').digest()
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    publicKey: spki.subarray(publicPrefix.length).toString('base64url'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  }
}

/** Whether the holder of the private half signed this text; anybody may ask who has the public one. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(publicKey, 'base64url')
  if (bytes.length !== 32) return false
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'))
}
