import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { Deps } from './deps.ts'
import { invalid, Problem } from './problem.ts'

/** A file on our disk. Its `id` is the name it has there, `name` what it was called where it came from. */
export interface KeptFile {
  id: string
  name: string
  bytes: number
  sha256: string
}

type Folder = Pick<Deps, 'filesDir'>

/** Where a kept file lies: under its generated name, never under the one it came with. */
export const pathOf = (deps: Folder, id: string) => join(deps.filesDir, id)

/** Writes a stream to disk as it comes. What cannot be written to its end leaves nothing. */
export async function keepFile(deps: Folder, name: string, source: Readable): Promise<KeptFile> {
  await mkdir(deps.filesDir, { recursive: true, mode: 0o700 })
  const id = randomUUID()
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  try {
    await pipeline(source, counted, createWriteStream(pathOf(deps, id), { flags: 'wx', mode: 0o600, flush: true }))
  } catch (error) {
    await discardFile(deps, id)
    throw error
  }
  return { id, name: plainName(name), bytes, sha256: hash.digest('hex') }
}

export const discardFile = (deps: Folder, id: string) => rm(pathOf(deps, id), { force: true })

/** A name that can be shown anywhere: without folders, control and direction characters, of bounded length. */
const plainName = (name: string) =>
  name
    .toWellFormed()
    .replace(/^.*[\\/]/s, '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 200) || 'file'

/**
 * Receives a form with one file in its field `file`, wherever it stands among the others; of at most `largest` bytes.
 * @throws Problem file_refused where it breaks off, too_large, invalid_request; nothing is kept then
 */
export async function receiveUpload(
  request: FastifyRequest,
  deps: Folder,
  largest?: number,
): Promise<{ file: KeptFile; fields: Record<string, unknown> }> {
  if (!request.isMultipart())
    throw new Problem('unsupported_media_type', 'Send a form (multipart/form-data) with a file.')
  const fields: Record<string, unknown> = {}
  let file: KeptFile | undefined
  try {
    for await (const part of request.parts(largest ? { limits: { fileSize: largest } } : {})) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else if (part.fieldname !== 'file') throw invalid(part.fieldname, 'is not a field of this request')
      else file = await keepFile(deps, part.filename ?? '', part.file)
    }
  } catch (error) {
    if (file) await discardFile(deps, file.id)
    throw whatBroke(error)
  }
  if (!file) throw invalid('file', 'is required')
  return { file, fields }
}

function whatBroke(error: unknown): unknown {
  const { code = '', syscall } = error as NodeJS.ErrnoException
  if (error instanceof Problem || code === 'FST_REQ_FILE_TOO_LARGE') return error
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Problem('unavailable', 'The server has no room left for this file. Tell whoever runs it.')
  if (syscall === 'open' || syscall === 'write' || syscall === 'mkdir') return error
  return new Problem('file_refused', 'The file did not arrive whole, so nothing was kept. Send it again.')
}
