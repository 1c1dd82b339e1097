import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const b64 = (data: Buffer | string) => Buffer.from(data).toString('base64url')

/** CBOR of what a passkey says: small numbers, bytes, texts and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, length: number) =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const pairs = [...value].flatMap(([key, one]) => [cbor(key), cbor(one as Buffer)])
  return Buffer.concat([head(5, value.size), ...pairs])
}

/** A passkey in software (ES256), which does what a test says, also what no honest one would do. */
export class Authenticator {
  readonly id = b64(randomBytes(16))
  counter = 0
  readonly #key: KeyObject
  readonly #jwk: { x: string; y: string }

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#key = privateKey
    this.#jwk = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  }

  #data(rpId: string, flags: number, rest = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter, rest])
  }

  /** Answers `askNewPasskey`. Flags: 1 present, 4 verified, 64 a key comes along. */
  make({ challenge, rpId }: { challenge: string; rpId: string }, origin: string, flags = 0x45) {
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(this.#jwk.x, 'base64url')],
        [-3, Buffer.from(this.#jwk.y, 'base64url')],
      ]),
    )
    const id = Buffer.from(this.id, 'base64url')
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
    const object = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', this.#data(rpId, flags, attested)],
    ])
    return {
      id: this.id,
      clientDataJSON: b64(JSON.stringify({ type: 'webauthn.create', challenge, origin })),
      attestationObject: b64(cbor(object)),
      transports: ['internal'],
    }
  }

  /** Answers `askPasskey` or `askProof`. */
  answer({ challenge, rpId }: { challenge: string; rpId: string }, origin: string, flags = 0x05) {
    this.counter++
    const clientData = JSON.stringify({ type: 'webauthn.get', challenge, origin })
    const data = this.#data(rpId, flags)
    const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), this.#key)
    return { id: this.id, clientDataJSON: b64(clientData), authenticatorData: b64(data), signature: b64(signature) }
  }
}
