import { describe, expect, it } from 'vitest'
import { compile, type Statement } from '#kernel/db/sql.ts'
import { templateOf } from '#notices'
import { canaries, layOutCanaries, mayRead } from './canaries.ts'
import { layOutGoods } from './canary-goods.ts'
import { isLeak, scan, scanFiles, told } from './canary-scan.ts'
import { accounts, memberOf, type Name, parties, stores } from './cast.ts'
import { useWorld } from './world.ts'

describe('the canary scan', () => {
  const world = useWorld(async (w) => {
    await layOutCanaries(w)
    await layOutGoods(w)
  })

  it('S1.17 S3.12 no answer to anybody holds a value of another slice or of a hidden field', async () => {
    const sightings = await scan(world, undefined, (who, path, status) =>
      expect(status, `${who} GET ${path}`).toBeLessThan(500),
    )
    expect(sightings.filter(isLeak).map(told)).toEqual([])
    // The scan can see: the administrator was shown every canary of his account, a supplier his own.
    const seenBy = (who: Name) => new Set(sightings.filter((one) => one.who === who).map(({ word }) => word))
    const ofOne = [...canaries].filter(([, canary]) => mayRead('A1', canary)).map(([word]) => word)
    expect(ofOne.filter((word) => !seenBy('A1').has(word))).toEqual([])
    expect(seenBy('P1').size).toBeGreaterThan(3)
  }, 120_000)

  it('35 90 151 no file, sheet, export by POST or answer to a question holds one either', async () => {
    const sightings = await scanFiles(world)
    expect(sightings.filter(isLeak).map(told)).toEqual([])
    // What was asked for was there to be had.
    const seen = (who: Name, call: string) => sightings.some((one) => one.who === who && one.path.startsWith(call))
    for (const call of [
      'POST /orders/export',
      'POST /audit/export',
      'POST /privacy/export',
      'GET /stock/export',
      'GET /statements/export',
      'GET /history',
    ])
      expect(seen('A1', call), call).toBe(true)
    for (const call of [
      'POST /orders/export',
      'GET /stock/export',
      'GET /statements',
      'GET /products/by-code',
      'GET /transfers',
    ])
      expect(seen('P1', call), call).toBe(true)
    expect(sightings.some(({ who, path }) => who === 'S1' && /slip/.test(path))).toBe(true)
    expect(sightings.some(({ who, path }) => who === 'P1' && /sheet/.test(path))).toBe(true)
  }, 120_000)

  it('35 90 no mail to a client or supplier holds one that is not his', async () => {
    const { rows } = await world.owner.query<{
      template: string
      account_id: string
      subject_id: string
      recipient: string
    }>("select template, account_id, subject_id, recipient from notices.outbox where kind = 'mail'")
    const ask = async <Row>(statement: Statement<Row>) => {
      const { text, values } = compile(statement)
      return (await world.deps.pools.worker.query(text, values as unknown[])).rows as Row[]
    }
    const told: string[] = []
    for (const { template, account_id, subject_id, recipient } of rows) {
      const { link, render } = templateOf(template)
      const address = (await link(ask, account_id, subject_id, world.deps)) ?? ''
      const mail = await render(ask, account_id, subject_id, address, 'en')
      const words = [mail.subject, mail.text, mail.html, mail.sender].join(' ')
      for (const [word] of canaries)
        if (words.includes(word) && !recipient.includes(word)) told.push(`${template} to ${recipient}: ${word}`)
    }
    expect(rows.map(({ template }) => template)).toContain('invitation')
    expect(told).toEqual([])
  })

  it('a search for a hidden word finds nothing, where it finds the order for who may read it', async () => {
    const name = 'cnryoneaname'
    const mail = 'cnryoneamail'
    expect((await world.as('C1', `GET /orders?q=${name}`)).body.items).toHaveLength(1)
    expect((await world.as('C1', `GET /orders?q=${mail}`)).body.items).toHaveLength(1)
    for (const who of ['V1', '$1', 'P2', 'A2'] as const) {
      expect((await world.as(who, `GET /orders?q=${name}`)).body.items).toHaveLength(0)
      expect((await world.as(who, `GET /orders?q=${mail}`)).body.items).toHaveLength(0)
    }
  })

  it('S3.12 the same of people whom their grant confines: nothing of what is not given to them', async () => {
    const narrow = (who: Name, change: string) =>
      world.owner.query(`update access.members set ${change} where id = $1`, [memberOf(who)])
    for (const who of ['C1', 'S1p'] as const) await narrow(who, 'own_only = true')
    await narrow('F1', 'all_stores = false, all_suppliers = false')
    await world.owner.query('insert into access.member_stores values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('F1'),
      stores.a,
    ])
    await world.owner.query('insert into access.member_suppliers values ($1, $2, $3)', [
      accounts.one.id,
      memberOf('F1'),
      parties.S1.id,
    ])
    const sightings = await scan(world, ['C1', 'S1p', 'F1'])
    // Nothing is assigned to the first two, who know their own company; the other has the orders of store a of which S1 has a part.
    expect(sightings.filter(({ who, canary }) => who !== 'F1' && canary.kind !== 'supplierS1').map(told)).toEqual([])
    const leaks = sightings.filter((one) => isLeak(one) || one.canary.store === 'b')
    expect(leaks.map(told)).toEqual([])
    expect(sightings.some(({ canary }) => canary.kind === 'number')).toBe(true)
  }, 120_000)
})
