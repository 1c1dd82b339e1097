import type { ClientBase, PoolClient } from 'pg'
import utils from 'pg/lib/utils.js'
import { to as copyTo } from 'pg-copy-streams'
import type { Compiled } from './sql.ts'

export interface CsvShape {
  delimiter: ',' | ';'
  /** Told at the end: how many rows there were. */
  counted?(rows: number): void
}

/** How long a reader may leave what is there for him; then the connection, which others need, is taken from him. */
const patience = 60_000

/**
 * The rows of a statement as CSV, in pieces, as fast as they are taken and no faster; nothing more than a piece is held.
 * COPY takes no parameters, so they are put beside it: a setting of this transaction holds them, and where the
 * statement says `$3` the text says "the third of them". No value ever stands in the text. Read so, each is a text: the
 * statement says what it is where it is to be anything else (`${id}::uuid`).
 */
export async function* copyOut(client: PoolClient, { text, values }: Compiled, shape: CsvShape) {
  const told = JSON.stringify(values.map((value) => utils.prepareValue(value)))
  await client.query("select set_config('app.copied', $1, true)", [told])
  const query = text.replace(/\$(\d+)/g, (_, n) => `(select current_setting('app.copied')::jsonb ->> ${Number(n) - 1})`)
  const copy = client.query(copyTo(`copy (${query}) to stdout with (format csv, delimiter '${shape.delimiter}')`))
  copy.on('error', () => {}) // one that comes when nobody reads any more
  let waiting: NodeJS.Timeout | undefined
  let ended = false
  try {
    for await (const piece of copy as AsyncIterable<Buffer>) {
      waiting = setTimeout(() => cut(client), patience)
      yield piece
      clearTimeout(waiting)
    }
    ended = true
    if (shape.counted) shape.counted(await countCopied(client, copy))
  } finally {
    clearTimeout(waiting)
    // PostgreSQL would go on sending what nobody wants: the connection goes.
    if (!ended) cut(client)
  }
}

/**
 * How many rows a COPY that was read to its end has sent. PostgreSQL says so only after the last of them: it has been heard
 * once another statement is answered.
 */
export async function countCopied(client: ClientBase, copy: { rowCount: number }): Promise<number> {
  await client.query('select')
  return copy.rowCount
}

const cut = (client: PoolClient) =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
