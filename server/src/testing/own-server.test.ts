import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { roles } from '#access'
import { type Login, logins, type Target } from '#kernel/db/pools.ts'
import { type Prepared, prepare } from '#kernel/db/prepare.ts'
import { objections } from '#kernel/db/server-checks.ts'
import { rolesSql } from '../operator/roles-sql.ts'
import { readSettings } from '../platform/settings.ts'

const secret = 'a secret of an operator, kept nowhere'

describe('a PostgreSQL of the operator’s own', () => {
  const server = inject('server')
  let boss: pg.Client
  const databases: string[] = []
  const users: string[] = []
  const newDatabase = () => {
    const name = `${server.prefix}own_${randomBytes(3).toString('hex')}`
    databases.push(name)
    return { ...server.admin, database: name } as Target & Login
  }
  const known = (prepared: Prepared) => users.push(...logins.map((name) => prepared.login(name).user))

  beforeAll(async () => {
    boss = new pg.Client({ ...server.admin, database: 'postgres' } as pg.ClientConfig)
    await boss.connect()
  })
  afterAll(async () => {
    for (const name of databases) await boss.query(`drop database if exists ${name} with (force)`)
    for (const name of users) await boss.query(`drop role if exists "${name}"`)
    await boss.end()
  })

  it('F49 several servers that start at once make one installation, and no lock is left', async () => {
    const admin = newDatabase()
    const made = await Promise.all([1, 2, 3].map(() => prepare(admin, secret, roles, { isTest: true })))
    known(made[0]!)
    expect(new Set(made.map(({ installation }) => installation)).size).toBe(1)
    const { rows } = await boss.query(
      "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = $1)",
      [admin.database],
    )
    expect(rows).toEqual([])
    // Another secret would lock out the servers that are at work.
    await expect(prepare(admin, `${secret} no more`, roles, {})).rejects.toThrow('another CROSSDOCK_SECRET')
    await prepare(admin, secret, roles, {})
  })

  it('serves a user who may not make roles, once an administrator ran the printed script', async () => {
    const admin = newDatabase()
    const user = `limited_${randomBytes(4).toString('hex')}`
    users.push(user)
    await boss.query(`create role ${user} login nosuperuser nocreatedb nocreaterole password 'limited'`)
    const limited = { ...admin, user, password: 'limited' }
    await expect(prepare(limited, secret, roles, {})).rejects.toThrow('let an administrator do so')
    await boss.query(`create database ${admin.database}`)
    await expect(prepare(limited, secret, roles, {})).rejects.toThrow('its logins are missing')

    const script = await rolesSql(settingsFor(limited))
    expect(script).not.toContain(secret)
    // psql runs the first statement, which makes a missing database.
    await boss.query(script.slice(script.indexOf('begin;')))
    const prepared = await prepare(limited, secret, roles, { isTest: true })
    known(prepared)
    expect(script).not.toContain(prepared.login('staff').password)

    await boss.query(`comment on role "${prepared.login('owner').user}" is 'crossdock 0'`)
    const owner = new pg.Client({ ...(prepared.target as pg.ClientConfig), ...prepared.login('owner') })
    await owner.connect()
    await owner.query("update app.installation set fingerprint = 'of another version'")
    await owner.end()
    await expect(prepare(limited, secret, roles, {})).rejects.toThrow('made for another version')
    await boss.query(script.slice(script.indexOf('begin;')))
    await prepare(limited, secret, roles, {})
  })

  it('143 refuses to start with a login that could see or do more than policies let it', async () => {
    const admin = newDatabase()
    const prepared = await prepare(admin, secret, roles, { isTest: true })
    known(prepared)
    const staff = `"${prepared.login('staff').user}"`
    const inside = new pg.Client(admin as pg.ClientConfig)
    await inside.connect()
    for (const [mistake, amends, sentence] of [
      [`alter role ${staff} superuser`, `alter role ${staff} nosuperuser`, 'neither superusers'],
      [`alter role ${staff} bypassrls`, `alter role ${staff} nobypassrls`, 'neither superusers'],
      [`alter role ${staff} set row_security = off`, `alter role ${staff} reset row_security`, 'row_security is off'],
      [
        `alter table orders.holds owner to ${staff}`,
        `alter table orders.holds owner to "${prepared.login('owner').user}"`,
        'belongs to the owner login',
      ],
    ] as const) {
      await inside.query(mistake)
      await expect(prepare(admin, secret, roles, {}), mistake).rejects.toThrow(sentence)
      await inside.query(amends)
    }
    await prepare(admin, secret, roles, {})
    await inside.end()
  })

  it('F5 143 refuses a server that may lose what was acknowledged, or whose policies are known to leak', () => {
    const fit = {
      version: 150018,
      isStandby: false,
      isPooled: false,
      settings: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', data_checksums: 'on' },
      ownSettings: [],
    }
    const asked = (change: Partial<typeof fit> | { ownSettings: string[] }, allows = {}) =>
      objections({ ...fit, ...change }, { isTest: false, noChecksums: false, ...allows }).join('\n')
    const with_ = (name: string) => ({ settings: { ...fit.settings, [name]: 'off' } })
    expect(asked({})).toBe('')
    expect(asked({ version: 180000 })).toBe('')
    expect(asked({ version: 190002 })).toBe('')
    expect(asked({ version: 140019 })).toContain('15 or newer')
    expect(asked({ version: 150013 })).toContain('15.14 or newer')
    expect(asked({ isStandby: true })).toContain('standby')
    expect(asked({ isPooled: true })).toContain('DATABASE_DIRECT_URL')
    expect(asked(with_('fsync'))).toContain('fsync is off')
    expect(asked(with_('full_page_writes'))).toContain('full_page_writes is off')
    expect(asked(with_('synchronous_commit'))).toContain('synchronous_commit is off')
    expect(asked({ ownSettings: ['cd_0_staff: synchronous_commit=off'] })).toContain('synchronous_commit is off')
    expect(asked(with_('data_checksums'))).toContain('pg_checksums --enable')
    expect(asked(with_('data_checksums'), { noChecksums: true })).toBe('')
    expect(asked(with_('fsync'), { isTest: true })).toBe('')
  })

  it('F5 says so at the start, unless the database is for tests', async () => {
    const admin = newDatabase()
    const prepared = await prepare(admin, secret, roles, { isTest: true })
    known(prepared)
    const { rows } = await boss.query("select current_setting('synchronous_commit') = 'off' as is_off")
    // The server of the tests gives durability up, where it is ours.
    if (!rows[0].is_off) return
    const owner = new pg.Client({ ...(prepared.target as pg.ClientConfig), ...prepared.login('owner') })
    await owner.connect()
    await owner.query('update app.installation set is_test = false')
    await owner.end()
    await expect(prepare(admin, secret, roles, {})).rejects.toThrow('fsync is off')
  })
})

function settingsFor(admin: Target & Login) {
  const url = new URL(`postgresql://localhost:${admin.port}/${admin.database}`)
  Object.assign(url, { username: admin.user, password: admin.password })
  url.searchParams.set('host', admin.host)
  return readSettings({ DATABASE_URL: url.href, CROSSDOCK_SECRET: secret, DATA_DIR: '/tmp' })
}
