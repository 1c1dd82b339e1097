import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { Sealer } from '#access'
import { locate } from '#kernel/db/located.ts'
import { applyMigrations, readMigrations } from '#kernel/db/migrate.ts'
import { migrationsFolder, readSource } from '#kernel/db/source.ts'
import { accounts } from '../../testing/cast.ts'
import { emptyPlace } from '../../testing/empty-place.ts'
import { secret } from '../../testing/global-setup.ts'
import { invite } from '../../testing/people.ts'
import { nameInstallation } from '../../testing/spawned.ts'
import { useWorld } from '../../testing/world.ts'
import { ArchiveWriter, entriesOf } from './archive.ts'
import { leftOut, tablesToKeep } from './catalogue.ts'
import { type Manifest, manifestName } from './manifest.ts'
import { restoreBackup } from './restore.ts'
import { takeBackup } from './take.ts'
import { verifyBackup } from './verify.ts'

describe('a restore', { timeout: 60_000 }, () => {
  const world = useWorld(async (w) => {
    await nameInstallation(w)
    await writeFile(join(w.deps.filesDir, 'kept'), 'a file')
  })
  const folder = mkdtemp(join(tmpdir(), 'crossdock-restore-'))
  afterAll(async () => rm(await folder, { recursive: true, force: true }))
  const located = () => locate({ ...inject('server').admin, database: world.owner.database! }, secret)
  const take = async (name: string) => {
    const file = join(await folder, name)
    await takeBackup({ located: await located(), dataDir: world.dataDir, secret, file })
    return file
  }
  const restoreInto = async (place: Awaited<ReturnType<typeof emptyPlace>>, file: string, withSecret = secret) =>
    restoreBackup({ admin: place.admin, secret: withSecret, dataDir: place.dataDir, file, leave: { mayRekey: true } })

  /** A copy of a backup in which an entry is changed, or left out, and the manifest says what it is told to. */
  const forge = async (
    file: string,
    change: { entry?: (name: string, content: Buffer) => Buffer | undefined; manifest?: (manifest: Manifest) => void },
  ) => {
    const forged = join(await folder, `forged-${Math.random()}`)
    const archive = new ArchiveWriter(forged)
    for await (const { name, chunks } of entriesOf(file)) {
      let content: Buffer | undefined = await buffer(chunks)
      if (name === manifestName) {
        const manifest = JSON.parse(content.toString()) as Manifest
        change.manifest?.(manifest)
        content = Buffer.from(JSON.stringify(manifest))
      } else if (change.entry) content = change.entry(name, content)
      if (content) await archive.add(name, content.length, [content])
    }
    await archive.finish()
    return forged
  }

  it('F67 a backup without one of its tables or files, or with a row more, is refused by name', async () => {
    const file = await take('whole')
    const without = (missing: string) =>
      forge(file, { entry: (name, content) => (name.startsWith(missing) ? undefined : content) })
    await expect(verifyBackup(await without('tables/access.roles/'))).rejects.toThrow('tables/access.roles is missing')
    await expect(verifyBackup(await without('files/kept'))).rejects.toThrow('files/kept is missing')
    const longer = await forge(file, {
      entry: (name, content) =>
        name.startsWith('tables/access.accounts/') ? Buffer.concat([content, content]) : content,
    })
    await expect(verifyBackup(longer)).rejects.toThrow('tables/access.accounts is not what the manifest says')
    const unnamed = await forge(file, { manifest: (manifest) => manifest.tables.shift() })
    await expect(verifyBackup(unnamed)).rejects.toThrow('is not in the manifest')
  })

  it('F67 one whose rows the database itself refuses leaves nothing behind; the good one can follow', async () => {
    const file = await take('good')
    let doubled = Buffer.alloc(0)
    const bad = await forge(file, {
      entry(name, content) {
        if (!name.startsWith('tables/access.accounts/')) return content
        doubled = Buffer.concat([content, content])
        return doubled
      },
      manifest(manifest) {
        const table = manifest.tables.find(({ name }) => name === 'access.accounts')!
        table.bytes = doubled.length
        table.sha256 = createHash('sha256').update(doubled).digest('hex')
      },
    })
    const place = await emptyPlace()
    try {
      await expect(restoreInto(place, bad)).rejects.toThrow('duplicate key')
      expect(await place.look("select from pg_namespace where nspname in ('app', 'orders', 'migrations')")).toEqual([])
      expect(await readdir(place.dataDir)).toEqual([])
      const { manifest, isSameSecret } = await restoreInto(place, file, 'another secret, since the first is lost')
      expect(isSameSecret).toBe(false)
      expect(manifest.files).toMatchObject([{ name: 'kept', bytes: 6 }])
      expect(await readdir(join(place.dataDir, 'files'))).toEqual(['kept'])
    } finally {
      await place.close()
    }
  })

  it('brings a backup of an older version up to this one, and refuses one of a newer', async () => {
    const older = await emptyPlace()
    const place = await emptyPlace()
    try {
      const { installation, login } = await located()
      const file = join(await folder, 'older')
      const root = new pg.Client(older.admin as pg.ClientConfig)
      await root.connect()
      await root.query(`grant create on database ${older.admin.database} to ${login('owner').user}`)
      await root.end()
      const { user: _user, password: _password, ...target } = older.admin
      const owner = new pg.Client({ ...(target as pg.ClientConfig), ...login('owner') })
      await owner.connect()
      const first = (await readMigrations(migrationsFolder)).filter(({ name }) => name < '0009')
      await applyMigrations(owner, first, (await readSource([], installation)).localised)
      await owner.query("insert into access.accounts (id, name, currency) values (gen_random_uuid(), 'Old', 'EUR')")
      await owner.query("insert into app.installation (id, is_test) values ('01dd', true)")
      await owner.end()
      await takeBackup({ located: { target, login, installation }, dataDir: older.dataDir, secret, file })
      const { manifest } = await restoreInto(place, file)
      expect(manifest.migrations.at(-1)!.name).toBe('0008_slices.sql')
      expect(await place.look('select name from access.accounts')).toEqual([{ name: 'Old' }])
      const applied = await place.look<{ name: string }>('select name from migrations.applied order by name')
      expect(applied.map(({ name }) => name)).toEqual((await readdir(migrationsFolder)).sort())
      const newer = await forge(file, {
        manifest: (manifest) => manifest.migrations.push({ name: '9999_later.sql', sha256: '' }),
      })
      await expect(restoreInto(older, newer)).rejects.toThrow(
        'The backup is newer than this program (it knows 9999_later.sql).',
      )
    } finally {
      await older.close()
      await place.close()
    }
  })

  it('F69 a record that ends before an anchor kept outside the database is reported; one that does not is whole', async () => {
    const seal = async () => {
      const sealer = new Sealer(world.deps)
      await sealer.seal()
      await sealer.anchor()
    }
    await invite(world, { email: 'before@example.com' })
    await seal()
    const file = await take('sealed')
    await invite(world, { email: 'after@example.com' })
    await seal()
    const [beside, without] = [await emptyPlace(), await emptyPlace()]
    try {
      await cp(join(world.dataDir, 'audit-anchors'), join(beside.dataDir, 'audit-anchors'), { recursive: true })
      const { audit } = await restoreInto(beside, file)
      expect(audit.findings).toMatchObject([{ accountId: accounts.one.id, kind: 'behind' }])
      // Its own keys came with the backup: a new secret does not make the old record look forged.
      expect((await restoreInto(without, file, 'another secret than then')).audit.findings).toEqual([])
    } finally {
      await beside.close()
      await without.close()
    }
  })

  it('every table there is, is kept or left out with a reason', async () => {
    const kept = (await tablesToKeep(world.owner)).map(({ name }) => name)
    const { rows } = await world.owner.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_'
          and n.nspname <> 'information_schema' order by 1`,
    )
    expect([...kept, ...Object.keys(leftOut)].sort()).toEqual(rows.map(({ name }) => name).sort())
  })
})
