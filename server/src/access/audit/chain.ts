import { createHash } from 'node:crypto'
import { isSignedBy, type SigningKey } from './key.ts'

/**
 * One entry as the chain sees it: every column but its place, as text that is the same in every PostgreSQL, whatever its
 * settings. The slice came later: an entry that says none is hashed as before. Both the sealer and the one who verifies hash this, here and not in the database.
 */
export const canonical = `jsonb_build_array(a.account_id, a.id, (extract(epoch from a.at) * 1000000)::bigint, a.member_id, a.actor,
  a.role, a.via, a.action, a.outcome, a.subject_kind, a.subject_id, a.request_id, a.fields)::text
  || coalesce(nullif(jsonb_build_array(a.order_id, a.store_id, a.party_id)::text, '[null, null, null]'), '')`

/** What stands before the first entry of an account. */
export const beginning = (accountId: string): Buffer =>
  createHash('sha256').update(`crossdock audit ${accountId}`).digest()

/** The hash of an entry: of the one before it, its place and itself. */
export const link = (previous: Buffer, seq: number, entry: string): Buffer =>
  createHash('sha256').update(previous).update(`${seq}\n${entry}`).digest()

/** What an entry holds of a value that stands apart. `json` is the value as PostgreSQL writes jsonb. */
export const commitment = (salt: Buffer, field: string, json: string): string =>
  createHash('sha256').update(salt).update(`${field}\n${json}`).digest('hex')

/** The end of a chain at some moment, signed: it stands in the database, and as an anchor outside. */
export interface Head {
  accountId: string
  seq: number
  /** Hexadecimal. */
  hash: string
  /** ISO 8601. */
  at: string
  key: string
  signature: string
  /** Of an anchor: an operator accepted an older chain after a restore, or removed the account; earlier ones count no longer. */
  event?: 'set-back' | 'removed'
}

const headText = ({ accountId, seq, hash, at, event }: Omit<Head, 'signature' | 'key'>) =>
  `crossdock audit ${event ?? 'head'}\n${accountId}\n${seq}\n${hash}\n${at}`
const erasureText = (accountId: string, auditIds: string[]) =>
  `crossdock audit values erased\n${accountId}\n${[...auditIds].sort().join('\n')}`

export const signHead = (key: SigningKey, head: Omit<Head, 'key' | 'signature'>): Head => ({
  ...head,
  key: key.publicKey,
  signature: key.sign(headText(head)),
})

/** Whether a head is as one of these keys signed it. */
export const isGenuine = (head: Head, keys: readonly string[]): boolean =>
  keys.includes(head.key) && isSignedBy(head.key, headText(head), head.signature)

/** What the entry of an erasure holds, so that nobody without the key can pass a cut off as one. */
export interface Erasure {
  auditIds: string[]
  key: string
  signature: string
}
export const signErasure = (key: SigningKey, accountId: string, auditIds: string[]): Erasure => ({
  auditIds,
  key: key.publicKey,
  signature: key.sign(erasureText(accountId, auditIds)),
})
export const isGenuineErasure = (accountId: string, erasure: Erasure, keys: readonly string[]): boolean =>
  keys.includes(erasure.key) && isSignedBy(erasure.key, erasureText(accountId, erasure.auditIds), erasure.signature)
/** The action of that entry. */
export const valuesErased = 'audit.values-erased'
