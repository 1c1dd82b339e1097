import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Spawned, spawnServer } from '../server/src/testing/spawned.ts'
import { useWorld } from '../server/src/testing/world.ts'

describe('a server at its limits', () => {
  const world = useWorld()
  const sockets: Socket[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
  })

  const dial = async (server: Spawned) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => {})
    sockets.push(socket)
    await Promise.race([once(socket, 'connect'), once(socket, 'close')])
    return socket
  }
  /** The 99th of 100 times to answer, in milliseconds. */
  const p99 = async (server: Spawned) => {
    const times: number[] = []
    for (let turn = 0; turn < 300; turn++) {
      const began = performance.now()
      expect((await server.as('A1', 'GET /orders')).status).toBe(200)
      times.push(performance.now() - began)
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!
  }

  it('F56 with 256 file descriptors refuses new connections and keeps the old', async () => {
    const server = await spawnServer(world)
    expect((await server.as('A1', 'GET /orders')).status).toBe(200)
    execFileSync('prlimit', ['--pid', String(server.process.pid), '--nofile=256:256'])
    const old = await dial(server)
    for (let turn = 0; turn < 400; turn++) await dial(server)
    old.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const [answer] = await once(old, 'data')
    expect(String(answer)).toContain('HTTP/1.1 200')
    expect(sockets.filter((socket) => socket.destroyed || socket.readableEnded).length).toBeGreaterThan(100)
    for (const socket of sockets.splice(0)) socket.destroy()
    await expect.poll(async () => (await server.as('A1', 'GET /orders')).status, { timeout: 10_000 }).toBe(200)
    await server.kill()
  })

  it('F59 214 2,000 connections that dawdle over their head or their body slow nobody down and are cut', async () => {
    const server = await spawnServer(world)
    await p99(server)
    const before = await p99(server)
    for (let turn = 0; turn < 2_000; turn++) {
      const socket = await dial(server)
      socket.write(
        turn % 2
          ? 'GET /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nX-Slow: '
          : 'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
      )
    }
    const drip = setInterval(() => {
      for (const socket of sockets) if (!socket.destroyed) socket.write('a')
    }, 1_000)
    const during = await p99(server)
    console.log(`p99 before ${before.toFixed(1)} ms, with 2,000 slow connections ${during.toFixed(1)} ms`)
    expect(during / before).toBeLessThan(2)
    const heads = sockets.filter((_, index) => index % 2)
    await expect.poll(() => heads.every((socket) => socket.closed), { timeout: 90_000, interval: 1_000 }).toBe(true)
    clearInterval(drip)
    await server.kill()
  })
})
