import { createReadStream, createWriteStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { extract, pack } from 'tar-stream'

/** A backup's file as it is written: a tar, compressed by zstd, synced to the disk at its end; never whole in memory. */
export class ArchiveWriter {
  readonly #pack = pack()
  readonly #written: Promise<void>
  bytes = 0

  /** @param path a file that must not be there yet */
  constructor(path: string) {
    this.#written = pipeline(
      Readable.from(this.#pack),
      createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
      async function* (this: ArchiveWriter, chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          this.bytes += chunk.length
          yield chunk
        }
      }.bind(this),
      createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
    )
    this.#written.catch(() => {})
  }

  /** One entry, of exactly `size` bytes. */
  async add(name: string, size: number, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    await Promise.race([this.#add(name, size, chunks), this.#written])
  }

  async #add(name: string, size: number, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const { promise: done, resolve, reject } = Promise.withResolvers<void>()
    const entry = this.#pack.entry({ name, size, mode: 0o600 }, (error) => (error ? reject(error) : resolve()))
    for await (const chunk of chunks) {
      if (!entry.write(chunk)) await new Promise<void>((drained) => entry.once('drain', drained))
    }
    entry.end(undefined)
    await done
  }

  async finish(): Promise<void> {
    this.#pack.finalize()
    await this.#written
  }

  async abandon(): Promise<void> {
    this.#pack.destroy(new Error('the backup was abandoned'))
    await this.#written.catch(() => {})
  }
}

/** One entry of a backup's file; its chunks are to be read before the next one comes. */
export interface Entry {
  name: string
  chunks: AsyncIterable<Buffer>
}

/** The entries of a backup's file, one after the other; throws where the file is damaged or breaks off. */
export async function* entriesOf(path: string): AsyncGenerator<Entry> {
  const tar = extract()
  const feeding = pipeline(createReadStream(path), createZstdDecompress(), tar as unknown as Writable)
  feeding.catch(() => {})
  try {
    for await (const entry of tar) yield { name: entry.header.name, chunks: entry as AsyncIterable<Buffer> }
    await feeding
  } finally {
    tar.destroy()
    await feeding.catch(() => {})
  }
}
