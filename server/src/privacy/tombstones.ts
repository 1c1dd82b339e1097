import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What was erased, kept outside the database: orders by id, nobody by name. A restored backup is older than some of them. */
export interface Tombstone {
  accountId: string
  orderIds: string[]
  /** ISO 8601. */
  at: string
}

const pathIn = (dataDir: string) => join(dataDir, 'erasures.jsonl')

/** Appends a line; it is on disk when this returns. */
export async function keepTombstone(dataDir: string, tombstone: Tombstone): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const file = await open(pathIn(dataDir), 'a', 0o600)
  try {
    await file.write(`${JSON.stringify(tombstone)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Every erasure there was, account by account. A line that broke off with the power is left out. */
export async function readTombstones(dataDir: string): Promise<Map<string, string[]>> {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => '')
  const byAccount = new Map<string, string[]>()
  for (const line of text.split('\n').filter((one) => one.endsWith('}'))) {
    const { accountId, orderIds } = JSON.parse(line) as Tombstone
    byAccount.set(accountId, [...new Set([...(byAccount.get(accountId) ?? []), ...orderIds])])
  }
  return byAccount
}
