import { scryptSync } from 'node:crypto'
import type { Applied } from '#kernel/db/migrate.ts'

/** What a backup says about itself, as the last entry of its file. */
export interface Manifest {
  format: 1
  /** The version of the program that took it. */
  program: string
  installation: string
  /** The moment of the snapshot, ISO 8601. */
  takenAt: string
  migrations: Applied[]
  /** Tells whether a secret is the one of then, and nothing about it. */
  secretMark: string
  /** Public keys with which the audit record was signed. */
  auditKeys: string[]
  tables: KeptTable[]
  sequences: KeptSequence[]
  files: { name: string; bytes: number; sha256: string }[]
  /** Files that were removed while the backup was taken. */
  goneFiles: string[]
}

export interface KeptTable {
  /** `schema.table` */
  name: string
  /** In the order in which a row's values stand. */
  columns: string[]
  rows: number
  /** Of the rows as COPY writes them, in the order of the key. */
  bytes: number
  sha256: string
  parts: number
}

export interface KeptSequence {
  name: string
  value: number
  isCalled: boolean
}

export const manifestName = 'manifest.json'
export const partName = (table: string, part: number) => `tables/${table}/${String(part).padStart(6, '0')}`
export const fileName = (name: string) => `files/${name}`

/** Slow on purpose: who finds a backup must not guess at the secret by it. */
export const markSecret = (secret: string, installation: string): string =>
  scryptSync(secret, `crossdock backup ${installation}`, 16).toString('hex')
