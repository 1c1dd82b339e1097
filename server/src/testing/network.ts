import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** A network between the program and its database that can fail as networks do. */
export interface Network {
  host: string
  port: number
  /** Resets every connection. */
  cut(): void
  /** Takes bytes and passes none on, either way: for every connection, or those that ever sent this text. */
  freeze(having?: string): void
  /** What is sent from now on passes again; connections that were frozen stay so. */
  thaw(): void
  /** Lets the next bytes that hold this text through, and cuts the connection instead of bringing an answer. */
  loseAnswerTo(text: string): void
  /** Milliseconds that everything takes on its way, each way. */
  delay: number
  close(): Promise<void>
}

interface Line {
  client: Socket
  sent: string
  isFrozen: boolean
  isDeaf: boolean
}

/** @param target `host` may be a socket's folder */
export async function openNetwork(target: { host: string; port: number }): Promise<Network> {
  const lines = new Set<Line>()
  let frozen = false
  let fatal: string | undefined
  const pass = (line: Line, to: Socket, bytes: Buffer) => {
    if (line.isFrozen || to.destroyed) return
    if (network.delay === 0) to.write(bytes)
    else setTimeout(() => to.destroyed || to.write(bytes), network.delay)
  }
  const server = createServer((client) => {
    const line: Line = { client, sent: '', isFrozen: frozen, isDeaf: false }
    lines.add(line)
    const database = target.host.startsWith('/')
      ? connect(join(target.host, `.s.PGSQL.${target.port}`))
      : connect(target.port, target.host)
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1')
      line.sent = (line.sent + text).slice(-100_000)
      if (fatal && text.includes(fatal)) {
        line.isDeaf = true
        fatal = undefined
      }
      pass(line, database, bytes)
    })
    database.on('data', (bytes) => {
      if (line.isDeaf) client.resetAndDestroy()
      else pass(line, client, bytes)
    })
    const end = () => {
      lines.delete(line)
      client.destroy()
      database.destroy()
    }
    for (const socket of [client, database]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const network: Network = {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    delay: 0,
    cut() {
      for (const { client } of lines) client.resetAndDestroy()
    },
    freeze(having) {
      frozen = having === undefined
      for (const line of lines) line.isFrozen ||= having === undefined || line.sent.includes(having)
      if (having !== undefined && ![...lines].some((line) => line.isFrozen)) throw new Error(`nobody sent ${having}`)
    },
    thaw() {
      frozen = false
    },
    loseAnswerTo(text) {
      fatal = text
    },
    async close() {
      for (const { client } of lines) client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return network
}
