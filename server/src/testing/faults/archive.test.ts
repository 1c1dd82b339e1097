import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookAround } from '../../operator/health/index.ts'
import { openPostgres } from '../../platform/postgres/index.ts'
import { useWorld } from '../world.ts'

describe('an archive of the write-ahead log that cannot be reached', { timeout: 60_000 }, () => {
  const world = useWorld()
  let folder: string
  let server: Awaited<ReturnType<typeof openPostgres>>
  let pool: pg.Pool
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-archive-'))
    await chmod(folder, 0o711)
    const before = await openPostgres(folder, () => {}, { fast: true })
    const client = new pg.Client({ ...(before.server as pg.ClientConfig), database: 'postgres' })
    await client.connect()
    await client.query("alter system set archive_mode = 'on'")
    await client.query("alter system set archive_command = 'false'")
    await client.end()
    await before.release()
    server = await openPostgres(folder, () => {}, { fast: true })
    pool = new pg.Pool({ ...(server.server as pg.PoolConfig), database: 'postgres', max: 1 })
    // Connections hear that their server stops; unheard, it would end the run.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
  })
  afterAll(async () => {
    await pool?.end()
    await server?.release()
    await rm(folder, { recursive: true, force: true })
  })

  it('F54 raises an alarm after five minutes, and work goes on', async () => {
    const look = async (minutes: number) => {
      const now = () => new Date(Date.now() + minutes * 60_000)
      const deps = { ...world.deps, now, pools: { ...world.deps.pools, worker: pool } }
      return (await lookAround(deps)).find(({ name }) => name === 'archive')
    }
    await pool.query('create table lively (id integer)')
    await pool.query('select pg_switch_wal()')
    const failed = 'select from pg_stat_archiver where failed_count > 0'
    while ((await pool.query(failed)).rowCount === 0);
    expect(await look(0)).toMatchObject({ state: 'ok' })
    expect(await look(6)).toMatchObject({
      state: 'alarm',
      says: expect.stringContaining('could not be archived for 6'),
    })
    expect((await pool.query('insert into lively values (1)')).rowCount).toBe(1)
  })
})
