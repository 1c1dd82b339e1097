import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { PORT } from './postmaster.ts'
import { give } from './runner.ts'

const LONGEST = 100

/**
 * The folder of the socket, open to PostgreSQL's user only. A socket's path has room for about 100 bytes: where the
 * home is deeper, the folder is /tmp/crossdock-<hash of the home>, the same for everyone who asks. Throws a sentence
 * when somebody else made that folder first.
 */
export function openSocketFolder(home: Home): string {
  const near = join(home.path, 'socket')
  const fits = Buffer.byteLength(join(near, `.s.PGSQL.${PORT}`)) < LONGEST
  const folder = fits ? near : `/tmp/crossdock-${createHash('sha256').update(home.path).digest('hex').slice(0, 16)}`
  try {
    mkdirSync(folder, { mode: 0o700 })
    give(home.runner, folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== (home.runner?.uid ?? process.getuid?.()) || found.mode & 0o077)
    throw new Error(`The folder ${folder} is not PostgreSQL's own: remove it and start again.`)
  return folder
}
