import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { sweepFiles } from '#intake'
import type { Failpoint } from '#kernel/failpoints.ts'
import { type Name, tokenOf } from '../cast.ts'
import { type Spawned, spawnServer } from '../spawned.ts'
import type { World } from '../world.ts'
import { expectInvariants, type Known } from './invariants.ts'

/** What a client reads of an answer. */
export interface Told {
  status: number
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  body: any
}

/**
 * A client as we tell people to write one: every POST carries an Idempotency-Key, and what was not answered, or with 503,
 * is asked again with the same key until it is. The server it talks to dies once, at a failpoint, and is then started without one.
 */
export class Client {
  readonly world: World
  readonly #env: Record<string, string>
  #server: Spawned | undefined
  #dead = true
  /** How often the server died by itself. */
  deaths = 0

  constructor(world: World, env: Record<string, string>) {
    this.world = world
    this.#env = env
  }

  async start(failpoint?: string, tries = 3): Promise<void> {
    const server = await spawnServer(this.world, {
      ...this.#env,
      ...(failpoint ? { CROSSDOCK_FAILPOINT: failpoint } : {}),
    })
    this.#server = server
    this.#dead = false
    void server.ended.then(() => {
      this.#dead = true
    })
    if (server.output().includes('Crossdock is ready')) return
    // Killed before it was ready, or there was no room for it on a busy machine: then it says so, and is started anew.
    if ((await server.ended) !== 'SIGKILL' && tries > 1) await this.start(failpoint, tries - 1)
    else await this.#revive()
  }

  /** Asks until it is answered; a file goes as `form`. */
  async ask(who: Name | null, call: string, body?: unknown, form?: { body: Buffer; headers: object }): Promise<Told> {
    const [method, path] = call.split(' ') as [string, string]
    const headers: Record<string, string> = {
      ...(who ? { cookie: `crossdock_session=${tokenOf(who)}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' || who === null ? {} : { 'idempotency-key': randomUUID() }),
      ...form?.headers,
    }
    const payload = form ? new Uint8Array(form.body) : body === undefined ? undefined : JSON.stringify(body)
    for (;;) {
      try {
        const answer = await fetch(`${this.#server!.url}/api/v1${path}`, {
          method,
          headers,
          ...(payload === undefined ? {} : { body: payload }),
        })
        const text = await answer.text()
        if (answer.status === 503) {
          await pause(1000)
          continue
        }
        const isJson = /json/.test(answer.headers.get('content-type') ?? '')
        return { status: answer.status, text, body: isJson ? JSON.parse(text) : undefined }
      } catch (error) {
        if (!(await this.#isGone())) throw error
        await this.#revive()
      }
    }
  }

  /** Asks, and what comes back must be well. */
  async ok(...call: Parameters<Client['ask']>): Promise<Told> {
    const told = await this.ask(...call)
    expect(told.status, `${call[1]} ${told.text.slice(0, 300)}`).toBeLessThan(300)
    return told
  }

  /** Looks again and again until something is so; the server may die meanwhile. */
  async until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(40)) {
      if (this.#dead) await this.#revive()
      const found = await look()
      if (found !== undefined) return found
    }
    throw new Error(`${what}: not within a minute\n${this.#server?.output()}`)
  }

  /** Waits until no job is left to do, then stops the server as an operator would. */
  async settle(): Promise<void> {
    await this.until('the queue is empty', async () => {
      const { rows } = await this.world.owner.query("select 1 from jobs.jobs where state in ('queued', 'running')")
      return rows.length === 0 && !this.#dead ? true : undefined
    })
    await this.#server!.kill('SIGTERM')
  }

  /** For a test that fails half-way. */
  async end(): Promise<void> {
    if (!this.#dead) await this.#server!.kill()
  }

  /** A connection breaks a moment before the process is seen to be gone. */
  async #isGone(): Promise<boolean> {
    for (let tries = 0; !this.#dead && tries < 100; tries++) await pause(20)
    return this.#dead
  }

  async #revive(): Promise<void> {
    this.deaths++
    expect(await this.#server!.ended, this.#server!.output()).toBe('SIGKILL')
    await this.start()
  }
}
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

let runs = 0
/** Something a client does from its beginning to its end, on things of its own: `run` is different each time. */
export type Story = (client: Client, run: string) => Promise<Known>

/**
 * Tells a story again and again, and kills the server at the first hit of a point, at the second … until it is told to its
 * end without one; after each the invariants are asked. Returns how often the server was killed.
 * @param only this hit, where the tests' time is short
 */
export async function killAtEach(
  world: World,
  { story, point, only, env = {} }: { story: Story; point: Failpoint; only?: number; env?: Record<string, string> },
): Promise<number> {
  for (let hit = only ?? 1; ; hit++) {
    const client = new Client(world, env)
    const since = new Date().toISOString()
    try {
      await client.start(`${point}:${hit}:kill`)
      const known = await story(client, `run-${++runs}`)
      await client.settle()
      await sweepFiles(world.deps, 0) // what a server does after an hour
      await expectInvariants(world, { since, ...known })
    } finally {
      await client.end()
    }
    if (client.deaths === 0) return hit - 1
    expect(client.deaths, 'it died once').toBe(1)
    if (only) return 1
  }
}
