import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problem.ts'

/**
 * The ETag of a thing with versions: its version, and after it what makes this answer different from others of the same
 * version (a comment, a status, another reader). An edit is held against the version alone.
 */
const tagOf = (version: number, text: string) =>
  `"${version}-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`

/**
 * Puts the ETag on the answer about one version. Returns whether a reader who sent If-None-Match has it already; he is
 * asked only after his right was established, since the answer is made by then.
 */
export function tag(version: number, text: string, request: FastifyRequest, reply: FastifyReply): boolean {
  const etag = tagOf(version, text)
  reply.header('etag', etag)
  const known = request.headers['if-none-match']
  return request.method === 'GET' && known !== undefined && known.split(/\s*,\s*/).includes(etag)
}

/**
 * The version an edit is based on, from If-Match: an ETag as it was given, or a bare version in quotes. A tag that was never
 * ours is a version that nothing has.
 * @throws Problem version_missing
 */
export function ifMatch(request: FastifyRequest): number {
  const given = request.headers['if-match']
  if (given === undefined || given.trim() === '*') throw new Problem('version_missing')
  return Number(/^"(\d{1,9})(?:-[\w-]{16})?"$/.exec(given.trim())?.[1] ?? 0)
}

/** What to throw where an edit is based on an older version: for each field that it would change, both values. */
export function changedMeanwhile(present: { version: number }, yours: object): Problem {
  const theirs = present as unknown as Record<string, unknown>
  const fields = Object.entries(yours)
    .filter(([name, value]) => value !== undefined && !isDeepStrictEqual(value, theirs[name]))
    .map(([name, value]) => [name, { yours: value, theirs: theirs[name] ?? null }])
  return new Problem('changed_meanwhile', undefined, {
    extra: { version: present.version, fields: Object.fromEntries(fields) },
  })
}
