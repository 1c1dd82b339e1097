import { connect, type Socket } from 'node:net'

export interface Reply {
  status: number
  body: Buffer
}

/**
 * One keep-alive connection, one request at a time: a closed loop. Written on the bare socket, since what a client costs is
 * taken from the same two cores that are measured.
 */
export class Connection {
  readonly #socket: Socket
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined
  #pending: Buffer[] = []
  #stream: ((chunk: Buffer) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => {
      if (this.#stream) return this.#stream(chunk)
      this.#pending.push(chunk)
      this.#settle()
    })
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new Connection(socket)
  }

  send(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer | string): Promise<Reply> {
    const content = body === undefined ? undefined : Buffer.from(body)
    const head = [
      `${method} ${path} HTTP/1.1`,
      'host: bench',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(content ? [`content-length: ${content.length}`] : []),
    ]
    const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n`)
    if (this.#waiting) throw new Error('one request at a time')
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(content ? Buffer.concat([bytes, content]) : bytes)
    })
  }

  /** Takes a streamed answer to its end without keeping it. */
  async drain(method: string, path: string, headers: Record<string, string>, body: string): Promise<number> {
    let tail = Buffer.alloc(0)
    let head = ''
    const whole = new Promise<void>((resolve, reject) => {
      this.#waiting = { resolve: () => resolve(), reject }
      this.#stream = (chunk) => {
        if (head === '') head = chunk.subarray(0, 15).toString('latin1')
        tail = Buffer.concat([tail, chunk]).subarray(-1000)
        if (!/(^|\r\n)0\r\n([\w-]+: [^\r\n]*\r\n)*\r\n$/.test(tail.toString('latin1'))) return
        this.#waiting = undefined
        resolve()
      }
    })
    const bytes = [
      `${method} ${path} HTTP/1.1`,
      'host: bench',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(body)}`,
    ]
    this.#socket.write(`${bytes.join('\r\n')}\r\n\r\n${body}`)
    await whole
    this.#stream = undefined
    return Number(head.slice(9, 12))
  }

  close() {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #settle() {
    const reply = parse(this.#pending)
    if (!reply) return
    this.#pending = []
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(reply)
  }
}

/** The reply, if all of it is there. */
function parse(chunks: Buffer[]): Reply | undefined {
  const first = chunks[0]!
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const headEnd = first.indexOf('\r\n\r\n')
  if (headEnd < 0) {
    if (chunks.length === 1) return undefined
    chunks.splice(0, chunks.length, Buffer.concat(chunks))
    return chunks[0]!.includes('\r\n\r\n') ? parse(chunks) : undefined
  }
  const head = first.subarray(0, headEnd).toString('latin1')
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(head)
  if (length) {
    if (total < headEnd + 4 + Number(length[1])) return undefined
    return { status, body: Buffer.concat(chunks).subarray(headEnd + 4) }
  }
  if (/\r\ntransfer-encoding: chunked/i.test(head)) {
    const last = chunks.at(-1)!
    const tail = last.length < 5 ? Buffer.concat(chunks).subarray(-5) : last.subarray(-5)
    return tail.toString('latin1') === '0\r\n\r\n'
      ? { status, body: Buffer.concat(chunks).subarray(headEnd + 4) }
      : undefined
  }
  return { status, body: Buffer.alloc(0) }
}
