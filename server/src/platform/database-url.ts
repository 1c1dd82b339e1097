import { readFileSync } from 'node:fs'
import type { Login, Target } from '#kernel/db/pools.ts'

/**
 * Reads `postgresql://user:password@host:port/database` as psql does: `host` among the parameters may be a socket's
 * folder; `sslmode` is disable, require (encrypted, whoever answers), verify-ca or verify-full; `sslrootcert` a file.
 * @throws Error with a sentence for the operator; it never repeats the address, which may hold a password
 */
export function readDatabaseUrl(text: string): Target & Login {
  const url = new URL(text)
  if (!url.username)
    throw new Error('The database address names no user: postgresql://USER:PASSWORD@HOST/DATABASE is its form.')
  return {
    host: url.searchParams.get('host') ?? (decodeURIComponent(url.hostname) || 'localhost'),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'crossdock',
    ...encryption(url.searchParams.get('sslmode') ?? 'disable', url.searchParams.get('sslrootcert')),
  }
}

function encryption(mode: string, rootCertificate: string | null): Pick<Target, 'ssl'> {
  if (['disable', 'allow', 'prefer'].includes(mode)) return {}
  if (!['require', 'verify-ca', 'verify-full'].includes(mode))
    throw new Error(`sslmode is "${mode}" in the database address: disable, require, verify-ca and verify-full exist.`)
  const isVerified = mode !== 'require'
  return {
    ssl: {
      rejectUnauthorized: isVerified,
      ...(isVerified && rootCertificate ? { ca: certificateIn(rootCertificate) } : {}),
      ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    },
  }
}

function certificateIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Error(`The certificate ${file}, which sslrootcert names, cannot be read.`)
  }
}
