import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** How an operator of this very program begins a command line: from a checkout or from an unpacked release. */
export const commandLine = existsSync(join(import.meta.dirname, '../../../tools/crossdock.mjs'))
  ? 'npm run --silent crossdock --'
  : './crossdock'
