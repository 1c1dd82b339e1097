import { appendFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import { accounts, memberOf } from '../../testing/cast.ts'
import { layOutChains, tamper } from '../../testing/tampering.ts'
import { useWorld, type World } from '../../testing/world.ts'
import { endChain, readAnchors } from './anchors.ts'
import { signErasure, valuesErased } from './chain.ts'
import { signingKey } from './key.ts'
import { Sealer } from './seal.ts'
import { verifyAudit } from './verify.ts'

const one = accounts.one.id

async function verdict(world: World, accountId?: string) {
  await world.owner.query('begin')
  try {
    return await verifyAudit(world.owner, await readAnchors(world.dataDir), accountId)
  } finally {
    await world.owner.query('rollback')
  }
}
const newest = async (world: World, action: string) =>
  (
    await world.owner.query(
      `select a.*, v.changes from access.audit a left join access.audit_values v on v.audit_id = a.id
        where action = $1 order by a.at desc, a.id desc limit 1`,
      [action],
    )
  ).rows[0]

describe('the audit record', () => {
  let oldHeads: Record<string, unknown>[]
  const world = useWorld(async (world) => {
    oldHeads = await layOutChains(world)
  })

  it('225 an entry says who, as what, in which request and which fields; old and new stand apart, bound by a salted hash', async () => {
    const answer = await world.as('A1', 'POST /products', { sku: 'AUD-1', name: 'Audited' })
    expect(answer.status).toBe(201)
    const entry = await newest(world, 'product.created')
    expect(entry).toMatchObject({
      member_id: memberOf('A1'),
      actor: 'A1',
      role: 'administrator',
      via: 'hand',
      outcome: 'done',
    })
    expect(entry.request_id).toBe(answer.headers['x-request-id'])
    expect(Object.keys(entry.fields).sort()).toEqual(Object.keys(entry.changes).sort())
    expect(JSON.stringify(entry.fields)).not.toContain('AUD-1')
    expect(JSON.stringify(entry.changes)).toContain('AUD-1')
    // The same value twice leaves two different hashes: nobody finds it out by trying.
    await world.work('A1', (tx) => audit(tx, 'same', { kind: 'x', id: one }, { value: 1 }))
    await world.work('A1', (tx) => audit(tx, 'same', { kind: 'x', id: one }, { value: 1 }))
    const { rows } = await world.owner.query("select fields->>'value' as hash from access.audit where action = 'same'")
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2)
  })

  it('225 a refusal is recorded in a transaction of its own, and so are sign-ins', async () => {
    const refusal = await world.as('V1', 'POST /products', { sku: 'NO', name: 'No' })
    expect(refusal.status).toBe(403)
    expect(await newest(world, 'createProduct')).toMatchObject({
      actor: 'V1',
      role: 'viewer',
      outcome: 'not_permitted',
      request_id: refusal.headers['x-request-id'],
    })
    const nowhere = '01900000-0000-7000-8000-000000000000'
    expect((await world.as('C1', `POST /orders/${nowhere}/hold`, { reason: 'r' })).status).toBe(404)
    expect(await newest(world, 'holdOrder')).toMatchObject({ actor: 'C1', outcome: 'not_found', subject_id: nowhere })
    expect(
      (await world.as(null, 'POST /session', { email: 'a1@example.com', password: 'wrong password' })).status,
    ).toBe(401)
    expect(await newest(world, 'session.started')).toMatchObject({ actor: 'A1', outcome: 'wrong_credentials' })
    expect(JSON.stringify(await newest(world, 'session.started'))).not.toContain('wrong password')
  })

  it('34 226 all but the administrator read only what is on records they may see, clients and suppliers their own side of it', async () => {
    const entries = (who: Parameters<World['work']>[0]) =>
      world.work(who, (tx) =>
        tx.rows(sql<{ account_id: string; subject_kind: string }>`select account_id, subject_kind from access.audit`),
      )
    const accountsOf = (rows: { account_id: string }[]) => new Set(rows.map(({ account_id }) => account_id))
    expect(accountsOf(await entries('A1'))).toEqual(new Set([one]))
    expect(accountsOf(await entries('A2'))).toEqual(new Set([accounts.two.id]))
    for (const who of ['F1', 'C1', 'V1', '$1'] as const)
      for (const { account_id, subject_kind } of await entries(who)) {
        expect(account_id).toBe(one)
        expect(['order', 'fulfillment_order', 'product', 'supplier', 'rule']).toContain(subject_kind)
      }
    for (const who of ['W1', 'P1', 'S1'] as const) expect(await entries(who)).toEqual([])
  })

  it('225 a flood of refusals fills no disk: an entry says that more were left out', async () => {
    for (let n = 0; n < 70; n++) await world.as('P2', 'POST /products', { sku: 'NO', name: 'No' })
    const { rows } = await world.owner.query(
      'select outcome, count(*) from access.audit where member_id = $1 group by 1 order by 2 desc',
      [memberOf('P2')],
    )
    expect(rows).toEqual([
      { outcome: 'not_permitted', count: 59 },
      { outcome: 'too_many_tries', count: 1 },
    ])
  })

  it('223 the sealer seals once, one at a time, and misses none that commits late', async () => {
    await world.work('A1', async (tx) => {
      await audit(tx, 'late', { kind: 'x', id: one })
      await world.work('C1', (other) => audit(other, 'early', { kind: 'x', id: one }))
      await new Sealer(world.deps).seal()
      expect((await newest(world, 'early')).seq).toBeGreaterThan(0)
    })
    expect((await newest(world, 'late')).seq).toBeNull()
    await Promise.all([new Sealer(world.deps).seal(), new Sealer(world.deps).seal()])
    await new Sealer(world.deps).seal()
    expect((await newest(world, 'late')).seq).toBeGreaterThan((await newest(world, 'early')).seq)
    expect(await verdict(world)).toMatchObject({ findings: [], waiting: 0 })
    await expect(
      world.deps.pools.worker.query('update access.audit set seq = 1, hash = hash where seq is not null').then((r) => {
        if (r.rowCount === 0) throw new Error('no row')
      }),
    ).rejects.toThrow()
    await expect(world.deps.pools.worker.query("update access.audit set actor = 'x'")).rejects.toThrow(
      'permission denied',
    )
    await expect(world.deps.pools.worker.query('delete from access.audit')).rejects.toThrow('permission denied')
  })

  it('erasing values with a signed entry leaves the chain whole; without, it is found', async () => {
    const { id } = await newest(world, 'order.edited')
    const cut = 'delete from access.audit_values where audit_id = $1'
    await world.owner.query('begin')
    await world.owner.query(cut, [id])
    expect((await verifyAudit(world.owner, await readAnchors(world.dataDir))).findings).toHaveLength(1)
    await world.owner.query('rollback')
    const erasure = signErasure(signingKey(world.deps.secret), one, [id])
    await world.work('A1', (tx) => audit(tx, valuesErased, { kind: 'account', id: one }, { ...erasure }))
    await world.owner.query(cut, [id])
    await new Sealer(world.deps).seal()
    expect(await verdict(world)).toMatchObject({ findings: [], erased: 1 })
  })

  it('223 finds every one of 200 random tamperings by who owns the database', async () => {
    await new Sealer(world.deps).seal()
    const { missed, tried } = await tamper(world, oldHeads, 200, 20_260_101)
    expect(missed).toEqual([])
    expect(Math.min(...Object.values(tried))).toBeGreaterThan(10)
    expect((await verdict(world)).findings).toEqual([])
  }, 60_000)

  it('signs nothing that goes on from a forged end', async () => {
    await world.owner.query("update access.audit_heads set hash = sha256('x'::bytea) where account_id = $1", [
      accounts.two.id,
    ])
    const said: string[] = []
    await world.as('A2', 'POST /products', { sku: 'FORGED', name: 'P' })
    await new Sealer(world.deps, (sentence) => said.push(sentence)).seal()
    expect(said[0]).toContain(accounts.two.id)
    expect((await verdict(world, accounts.two.id)).waiting).toBe(1)
    await world.owner.query(
      'update access.audit_heads h set hash = a.hash from access.audit a where a.account_id = h.account_id and a.seq = h.seq',
    )
    await new Sealer(world.deps).seal()
    expect(await verdict(world)).toMatchObject({ findings: [], waiting: 0 })
  })

  it('F69 an anchor newer than the restored data is reported, not hidden, until somebody accepts it', async () => {
    const sealer = new Sealer(world.deps)
    await world.owner.query('create table app.backup as select * from access.audit')
    await world.owner.query('create table app.backup_heads as select * from access.audit_heads')
    await world.as('A1', 'POST /products', { sku: 'LOST-1', name: 'Lost' })
    await sealer.seal()
    await sealer.anchor()
    expect((await verdict(world)).findings).toEqual([])
    // The backup comes back.
    await world.owner.query('delete from access.audit a where not exists (select from app.backup b where b.id = a.id)')
    await world.owner.query('delete from access.audit_heads')
    await world.owner.query('insert into access.audit_heads select * from app.backup_heads')
    const { findings } = await verdict(world)
    expect(findings).toMatchObject([{ accountId: one, kind: 'behind' }])
    expect(findings[0]!.sentence).toMatch(/ends with entry \d+; on .* it had \d+/)
    // Nothing is added until then, so that nobody covers it up by going on.
    await world.as('A1', 'POST /products', { sku: 'AFTER-1', name: 'After' })
    await new Sealer(world.deps).seal()
    expect(await verdict(world)).toMatchObject({ waiting: 1, findings: [{ kind: 'behind' }] })
    const { rows } = await world.owner.query(
      "select seq, encode(hash, 'hex') as hash from access.audit_heads where account_id = $1",
      [one],
    )
    await endChain(world.dataDir, signingKey(world.deps.secret), 'set-back', { accountId: one, ...rows[0] })
    await new Sealer(world.deps).seal()
    expect(await verdict(world)).toMatchObject({ waiting: 0, findings: [] })
    await world.owner.query('drop table app.backup, app.backup_heads')
  })

  it('finds an anchor outside that was changed or damaged', async () => {
    const folder = join(world.dataDir, 'audit-anchors')
    const [name] = (await readdir(folder)).filter((one) => one.endsWith('.jsonl'))
    const line = (await readFile(join(folder, name!), 'utf8')).split('\n')[0]!
    await appendFile(join(folder, name!), `${line.replace(/"seq":\d+/, '"seq":1')}\n{"accountId":\n`)
    expect((await verdict(world)).findings).toHaveLength(2)
  })
})
