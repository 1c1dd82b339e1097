import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Head, isGenuine, signHead } from './chain.ts'
import type { SigningKey } from './key.ts'

/**
 * What is known of the chains outside the database, in DATA_DIR/audit-anchors: signed heads, a line each, a file a month,
 * only ever appended to; and the public keys that this installation has signed with.
 */
export interface Anchors {
  keys: string[]
  /** In the order they were written. */
  heads: Head[]
  /** Lines nobody here signed: the file was damaged or written by another. */
  damaged: string[]
}

const folderOf = (dataDir: string) => join(dataDir, 'audit-anchors')
const keysFile = 'keys'

/** Appends heads, on disk when this returns. */
export async function writeAnchors(dataDir: string, heads: readonly Head[]): Promise<void> {
  if (heads.length === 0) return
  const month = heads.at(-1)!.at.slice(0, 7)
  await append(dataDir, `${month}.jsonl`, heads.map((head) => `${JSON.stringify(head)}\n`).join(''))
}

/**
 * Ends what was anchored of an account: `removed`, or `set-back` to the end that its chain has now, since an older backup was
 * restored and an operator accepts that.
 */
export async function endChain(
  dataDir: string,
  key: SigningKey,
  event: 'set-back' | 'removed',
  end: Pick<Head, 'accountId' | 'seq' | 'hash'>,
): Promise<void> {
  await rememberKey(dataDir, key)
  await writeAnchors(dataDir, [signHead(key, { ...end, event, at: new Date().toISOString() })])
}

/** Makes a key known as one of this installation's; what it signed is believed from now on, here. */
export async function rememberKey(dataDir: string, key: Pick<SigningKey, 'publicKey'>): Promise<void> {
  const known = await readIfThere(join(folderOf(dataDir), keysFile))
  if (!known.split('\n').includes(key.publicKey)) await append(dataDir, keysFile, `${key.publicKey}\n`)
}

export async function readAnchors(dataDir: string): Promise<Anchors> {
  const folder = folderOf(dataDir)
  const names = await readdir(folder).catch(() => [])
  const keys = (await readIfThere(join(folder, keysFile))).split('\n').filter(Boolean)
  const anchors: Anchors = { keys, heads: [], damaged: [] }
  for (const name of names.filter((one) => /^\d{4}-\d{2}\.jsonl$/.test(one)).sort()) {
    const lines = (await readFile(join(folder, name), 'utf8')).split('\n')
    for (const [index, text] of lines.entries()) {
      if (text === '') continue
      const line = parse(text)
      if (!line || !isGenuine(line, keys)) anchors.damaged.push(`${name}, line ${index + 1}`)
      else if (line.event === undefined) anchors.heads.push(line)
      else
        anchors.heads = anchors.heads.filter(
          ({ accountId, seq }) => accountId !== line.accountId || (line.event === 'set-back' && seq <= line.seq),
        )
    }
  }
  return anchors
}

/** The newest anchor of each account. */
export function newestAnchors(anchors: Anchors): Map<string, Head> {
  const newest = new Map<string, Head>()
  for (const head of anchors.heads)
    if (head.seq >= (newest.get(head.accountId)?.seq ?? 0)) newest.set(head.accountId, head)
  return newest
}

function parse(text: string): Head | undefined {
  try {
    return JSON.parse(text) as Head
  } catch {
    return undefined
  }
}

const readIfThere = (path: string) => readFile(path, 'utf8').catch(() => '')

async function append(dataDir: string, name: string, text: string) {
  await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 })
  const file = await open(join(folderOf(dataDir), name), 'a', 0o600)
  try {
    await file.write(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
