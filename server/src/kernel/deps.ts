import type { Pools } from './db/pools.ts'
import type { Buckets } from './rate-limit.ts'
import type { Seen } from './seen.ts'

/** What is asked of DNS: none is an answer; where none comes, it throws. */
export interface Dns {
  addresses(name: string): Promise<string[]>
  texts(name: string): Promise<string[]>
}

/** What the parts of one running server share. Tests make their own. */
export interface Deps {
  pools: Pools
  /** 32 bytes or more; cursors and passwords of logins derive from it. */
  secret: string
  /** Address under which people reach the server; links in mails start with it. */
  publicUrl: string
  /** Folder of what this installation keeps outside the database. */
  dataDir: string
  /** Folder of uploaded files. */
  filesDir: string
  /** How many bytes of uploaded files an account may keep; undefined: 5 GB. */
  uploadQuota?: number
  /** Where mails go; undefined: they wait in the outbox to be revealed. */
  smtpUrl: string | undefined
  mailFrom: string | undefined
  now: () => Date
  /** Undefined: that of the machine. */
  dns?: Dns
  /** Counts how often each key and session asks. */
  buckets: Buckets
  /** Whether sign-in providers inside of this network, and without TLS, may be asked; the operator says so. */
  allowPrivateProviders?: boolean
  /** Which sessions asked lately, and from where. */
  seen: Seen
}
