import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { logging } from '../logging.ts'
import { freePort } from './free-port.ts'
import { useWorld } from './world.ts'

describe('what comes in crooked', () => {
  const world = useWorld()

  it('222 a request that two programs would read in two ways is refused, and the connection closed', async () => {
    const port = await freePort()
    await world.app.listen({ port, host: '127.0.0.1' })
    const send = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let got = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(text))
        socket.on('data', (data) => {
          got += data
        })
        socket.on('close', () => resolve(got))
        socket.on('error', reject)
        socket.setTimeout(5_000, () => socket.destroy())
      })
    const head = 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
    expect(await send(`${head}Content-Length: 2\r\nConnection: close\r\n\r\n{}`)).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*invalid/,
    )
    for (const crooked of [
      `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      `${head}X-A: 1\r\n folded\r\nContent-Length: 2\r\n\r\n{}`,
      `${head}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}`,
      `${head}Transfer-Encoding: xchunked\r\n\r\n{}`,
    ]) {
      const got = await send(crooked)
      expect(got, JSON.stringify(crooked)).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(got.match(/HTTP\/1\.1/g)).toHaveLength(1)
    }
  })

  it('163 a line break, a colour code or JSON in what is logged stays inside its one record', () => {
    const lines: string[] = []
    const options = logging('info') as { serializers?: Record<string, (value: unknown) => unknown> }
    const evil = '\u001b[31m\n{"level":60,"msg":"forged"}\r\n'
    for (const [name, serialize] of Object.entries(options.serializers ?? {})) {
      const value = { method: 'GET', url: `/${evil}`, headers: { 'user-agent': evil }, message: evil, id: evil }
      lines.push(JSON.stringify({ [name]: serialize(value) }))
    }
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).not.toContain('\n')
      expect(line).not.toContain('\u001b')
    }
  })

  it('154 a row that names the SKU of another account makes one of its own, as one that nobody has', async () => {
    await world.as('A2', 'POST /products', { sku: 'FOREIGN', name: 'CNRY-foreign' })
    const rows = ['FOREIGN', 'NOBODYS'].map((sku, n) => ({ number: `I-${n}`, lines: [{ sku, quantity: 1 }] }))
    const made = []
    for (const row of rows) made.push(await world.as('A1', 'POST /orders', { storeId: (await storeOf())!, ...row }))
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]))
    for (const { body } of made) {
      const { text, body: order } = await world.as('A1', `GET /orders/${body.id}`)
      expect(order.issues.map(({ kind }: { kind: string }) => kind)).toEqual(
        (await world.as('A1', `GET /orders/${made[1]!.body.id}`)).body.issues.map(({ kind }: { kind: string }) => kind),
      )
      expect(text).not.toContain('CNRY')
    }
  })
  const storeOf = async () =>
    (await world.owner.query("select id from channels.stores where name = 'Store a'")).rows[0].id
})
