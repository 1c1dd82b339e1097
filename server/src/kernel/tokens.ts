import { createHash, randomBytes } from 'node:crypto'
import type { Audience } from './permissions.ts'

/** The letters in front name the audience in clear, which picks the pool; the database checks that they fit. */
const prefixes = { cds: 'staff', cdc: 'client', cdp: 'supplier' } as const
const letters = { staff: 'cds', client: 'cdc', supplier: 'cdp' } as const

/** A new 256-bit secret for an audience: `cds_…`. Only its hash is ever stored. */
export const mintToken = (audience: Audience) => `${letters[audience]}_${randomBytes(32).toString('base64url')}`
/** A one-time secret for a link. */
export const mintLinkToken = () => randomBytes(32).toString('base64url')
/** SHA-256, which is enough for a secret of 256 random bits. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest()

/** The audience a token names, or undefined where it has no token's form. */
export function audienceOf(token: string): Audience | undefined {
  const match = /^(cd[scp])_[A-Za-z0-9_-]{43}$/.exec(token)
  return match ? prefixes[match[1] as keyof typeof prefixes] : undefined
}
