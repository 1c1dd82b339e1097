import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { zstdDecompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { locate } from '#kernel/db/located.ts'
import { closePools, openPools, type Pools } from '#kernel/db/pools.ts'
import { hashToken } from '#kernel/tokens.ts'
import { deliverDue } from '#notices'
import { addOrders } from '#orders'
import { buildApp } from '../../app.ts'
import { stores, tokenOf } from '../../testing/cast.ts'
import { crossdock, type EmptyPlace, emptyPlace, lookInto } from '../../testing/empty-place.ts'
import { secret } from '../../testing/global-setup.ts'
import { bringIn, invite, password, reveal } from '../../testing/people.ts'
import { orderDraft } from '../../testing/scene.ts'
import { nameInstallation } from '../../testing/spawned.ts'
import { upload } from '../../testing/upload.ts'
import { useWorld } from '../../testing/world.ts'
import { lookAround } from '../health/index.ts'
import { asOwner } from '../owner.ts'
import { restoreBackup } from './restore.ts'
import { takeBackup } from './take.ts'
import { verifyBackup } from './verify.ts'
import { waitingSinceRestore } from './waiting.ts'

/** What a restore changes on purpose: who lost what, what waits, and that it happened. */
const settled = [
  'access.audit',
  'access.audit_values',
  'access.members',
  'app.installation',
  'app.restores',
  'jobs.jobs',
  'notices.outbox',
]

describe('the drill: a backup while people work, restored elsewhere', { timeout: 60_000 }, () => {
  let invited: string
  let session: string
  const world = useWorld(async (w) => {
    await nameInstallation(w)
    session = await bringIn(w, { email: 'nora@example.com' })
    const orders = Array.from({ length: 40 }, (_, n) =>
      orderDraft(`D-${n}`, { buyerName: 'Tab\tLine\nBack\\slash \\N ü' }),
    )
    await w.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders }))
    await upload(w, 'A1', 'orders', `Order number,Name\n${'X-1,Ann\n'.repeat(50_000)}`)
    await invite(w, { email: 'late@example.com' })
    invited = await reveal(w, 'late@example.com')
    await invite(w, { email: 'waiting@example.com' })
  })
  const folder = mkdtemp(join(tmpdir(), 'crossdock-backup-'))
  afterAll(async () => rm(await folder, { recursive: true, force: true }))
  let file: string
  let place: EmptyPlace
  beforeAll(async () => {
    file = join(await folder, 'all.tar.zst')
    place = await emptyPlace()
  })
  afterAll(() => place.close())

  const restoreHere = (file: string, dataDir = place.dataDir) =>
    restoreBackup({ admin: place.admin, secret, dataDir, file })

  let restored: { app: FastifyInstance; pools: Pools }
  const openRestored = async () => {
    const { target, login } = await locate(place.admin, secret)
    const pools = openPools(target, login, 2)
    return { app: await buildApp({ ...world.deps, pools, filesDir: join(place.dataDir, 'files') }), pools }
  }
  afterAll(async () => {
    await restored?.app.close()
    if (restored) await closePools(restored.pools)
  })
  const ask = (url: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'GET', payload?: object) =>
    restored.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })

  it('F65 takes one file of one moment, readable by its owner alone, while orders come in', async () => {
    let isTaken = false
    const taking = crossdock(world, ['backup', file]).finally(() => {
      isTaken = true
    })
    let added = 0
    while (!isTaken) {
      const order = orderDraft(`W-${added}`)
      await world.work('A1', (tx) => addOrders(tx, { storeId: stores.b, orders: [order] }))
      added++
    }
    expect(await taking).toMatchObject({ code: 0, err: '' })
    expect(added).toBeGreaterThan(0)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(await folder)).toEqual(['all.tar.zst'])
    const { tables } = await verifyBackup(file)
    const rows = (name: string) => tables.find((table) => table.name === name)!.rows
    expect(rows('orders.orders')).toBeGreaterThanOrEqual(40)
    // Each order of this scene has one line: one moment for all tables.
    expect(rows('orders.lines')).toBe(rows('orders.orders'))
  })

  const here = async () => ({
    located: await locate({ ...inject('server').admin, database: world.owner.database! }, secret),
    dataDir: world.dataDir,
    secret,
  })

  it('keeps every row that a superuser counts, of every table there is', async () => {
    const { manifest } = await takeBackup({ ...(await here()), file: join(await folder, 'quiet.tar.zst') })
    const tables = manifest.tables.filter(({ name }) => name !== 'app.backups')
    const [counted] = await lookInto<Record<string, number>>(
      { ...inject('server').admin, database: world.owner.database! },
      `select ${tables.map(({ name }) => `(select count(*) from ${name}) as "${name}"`).join(', ')}`,
    )
    expect(Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))).toEqual(counted)
    expect(manifest.files.map(({ name }) => name)).toEqual((await readdir(world.deps.filesDir)).sort())
  })

  it('attack 231: holds no secret and nothing a session, key or link could be made of', async () => {
    const content = zstdDecompressSync(readFileSync(file)).toString('latin1')
    expect(content).toContain('Paul Henriot')
    expect(content).not.toContain(secret)
    for (const token of [tokenOf('A1'), tokenOf('Ka'), invited]) {
      expect(content).not.toContain(token)
      expect(content).not.toContain(hashToken(token).toString('hex'))
    }
  })

  it('never replaces a file unless told to', async () => {
    const other = join(await folder, 'other')
    await writeFile(other, 'mine')
    await expect(takeBackup({ ...(await here()), file: other })).rejects.toThrow('is there already')
    expect(await readFile(other, 'utf8')).toBe('mine')
    await expect(takeBackup({ ...(await here()), file: join(other, 'in', 'it') })).rejects.toThrow('There is no folder')
    await takeBackup({ ...(await here()), file: other, force: true })
    expect((await crossdock(world, ['backup', 'verify', other])).out).toMatch(
      /^Whole: \d+ rows of \d+ tables and 1 files/,
    )
  })

  it('F67 refuses a file that is damaged or cut anywhere, and leaves the database empty', async () => {
    const whole = await readFile(file)
    const broken = join(await folder, 'broken')
    for (const place of [0.02, 0.3, 0.6, 0.97]) {
      const damaged = Buffer.from(whole)
      damaged[Math.floor(whole.length * place)]! ^= 0x10
      await writeFile(broken, damaged)
      await expect(verifyBackup(broken)).rejects.toThrow('is damaged, or no backup of Crossdock')
      await truncate(broken, Math.floor(whole.length * place))
      await expect(verifyBackup(broken)).rejects.toThrow('is damaged, or no backup of Crossdock')
    }
    await expect(restoreHere(broken)).rejects.toThrow('Nothing was restored')
    expect(await place.look("select from pg_namespace where nspname = 'orders'")).toEqual([])
    expect(await readdir(place.dataDir)).toEqual([])
  })

  it('F65 restores it: every table reads as it did, every file is there', async () => {
    const { code, out, err } = await crossdock(place, ['restore', file])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('Restored, every table as it was')
    expect(out).toContain('1 API keys are revoked')
    const before = await verifyBackup(file)
    const { manifest: after } = await takeBackup({
      located: await locate(place.admin, secret),
      dataDir: place.dataDir,
      secret,
      file: join(await folder, 'again.tar.zst'),
    })
    const sums = ({ tables }: typeof before) =>
      Object.fromEntries(tables.filter(({ name }) => !settled.includes(name)).map(({ name, sha256 }) => [name, sha256]))
    expect(sums(after)).toEqual(sums(before))
    expect(after.files).toEqual(before.files)
    expect(after.installation).not.toBe(before.installation)
  })

  it('refuses to restore over anything', async () => {
    await expect(restoreHere(file)).rejects.toThrow('has files in it')
    await expect(restoreHere(file, join(await folder, 'elsewhere'))).rejects.toThrow('This database is not empty')
  })

  it('attack 206: no session, key or link of then works; a password does', async () => {
    restored = await openRestored()
    expect((await world.as(null, 'GET /me', undefined, { cookie: session })).status).toBe(200)
    expect((await ask('/me', { cookie: session })).statusCode).toBe(401)
    expect((await world.as('Ka', 'GET /orders')).status).toBe(200)
    expect((await ask('/orders', { authorization: `Bearer ${tokenOf('Ka')}` })).statusCode).toBe(401)
    const link = await ask('/invitations/accept', {}, 'POST', { token: invited, name: 'Late', password })
    expect(link.statusCode).toBe(410)
    const signedIn = await ask('/session', {}, 'POST', { email: 'nora@example.com', password })
    expect(signedIn.statusCode).toBe(200)
    const cookie = /crossdock_session=[^;]+/.exec(String(signedIn.headers['set-cookie']))![0]
    expect((await ask('/orders?q=D-7', { cookie })).json().items).toHaveLength(1)
  })

  it('F66 what was to be sent then waits for the operator, and then goes once', async () => {
    const received: string[] = []
    const peer = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, session, callback) {
        received.push(...session.envelope.rcptTo.map(({ address }) => address))
        buffer(stream).then(() => callback(), callback)
      },
    })
    await new Promise<void>((ready) => peer.listen(0, '127.0.0.1', ready))
    const smtpUrl = `smtp://127.0.0.1:${(peer.server.address() as AddressInfo).port}`
    const deliver = () => deliverDue({ ...world.deps, pools: restored.pools, smtpUrl })
    const health = async () =>
      (await lookAround({ ...world.deps, pools: restored.pools })).find(({ name }) => name === 'backup')
    await deliver()
    expect(received, 'the word of the sign-in above, which came after the restore').toEqual(['nora@example.com'])
    const held =
      'select (select count(*) from notices.outbox where held) as mails, (select count(*) from jobs.jobs where held) as jobs'
    const before = (await place.look<{ mails: number; jobs: number }>(held))[0]!
    expect(before.mails).toBe(1)
    expect(before.jobs).toBeGreaterThan(0)
    const isTaken = async () => {
      const worker = await restored.pools.worker.connect()
      try {
        await worker.query('begin')
        const { rows } = await worker.query('insert into jobs.workers (id) values (gen_random_uuid()) returning id')
        const kinds = ['automation.arrival']
        return (await worker.query('select from jobs.claim($1, $2, false)', [rows[0].id, kinds])).rowCount === 1
      } finally {
        await worker.query('rollback')
        worker.release()
      }
    }
    expect(await isTaken()).toBe(false)
    expect(await health()).toMatchObject({ state: 'warning', says: expect.stringContaining('since the restore of') })
    const waiting = await asOwner(await locate(place.admin, secret), waitingSinceRestore)
    expect(waiting).toMatchObject([
      { account: 'Aster Goods', what: 'job automation.arrival' },
      { account: 'Aster Goods', what: 'job notices.deliver' },
      { account: 'Aster Goods', what: 'mail invitation', count: 1 },
    ])
    const released = await crossdock(place, ['outbox', 'release'])
    expect(released).toMatchObject({ code: 0, out: `1 messages and ${before.jobs} jobs go on.\n` })
    expect(await isTaken()).toBe(true)
    await deliver()
    expect(received).toEqual(['nora@example.com', 'waiting@example.com'])
    await deliver()
    expect(received).toHaveLength(2)
    expect(await health()).toMatchObject({ state: 'ok', says: expect.stringContaining('The newest backup is') })
    await new Promise<void>((closed) => peer.close(closed))
  })
})
