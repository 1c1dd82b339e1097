import { describe, expect, it } from 'vitest'
import { roles } from '#access'
import { registered } from '#kernel/routes.ts'
import { accounts, memberOf, parties } from './cast.ts'
import { type Case, cases, pathFor } from './matrix-cases.ts'
import { upload } from './upload.ts'
import { useWorld, type World } from './world.ts'

/** Everything a role of clients may ever hold. */
const held = new Set<string>(
  roles
    .filter(({ audience }) => audience === 'client')
    .flatMap(({ permissions, switches = [] }) => [...permissions, ...switches]),
)

/** A file of his own with everything in it that could be taken for stock, as far on its way as its import's step wants it. */
const aFile = (...steps: string[]) => ({
  subject: async (world: World) => {
    const { body } = await upload(
      world,
      'P1',
      'products',
      'SKU,Name,Stock,On hand,In stock\nMX,Matrix,500,500,500\nNEW,New,500,500,500\n',
    )
    for (const step of steps) {
      await world.as('P1', `POST /imports/${body.id}/${step}`)
      if (step !== 'run') await world.drain()
    }
    return body.id as string
  },
})
const made = async (world: World, call: string, body: object) => (await world.as('P1', call, body)).body
/** Of an order of his store, what he made of it. */
const ofOrder = (rest: string, body: object, idOf: (answer: { id: string }, order: string) => string) => ({
  subject: async (world: World, slice: 'own' | 'other' | 'foreign' | 'never') => {
    const order = await cases.getOrder!.subject!(world, slice)
    return slice === 'own' ? idOf(await made(world, `POST /orders/${order}/${rest}`, body), order) : order
  },
})
const aJob = (state: string) => ({
  subject: async (world: World) => {
    const { rows } = await world.owner.query(
      "insert into jobs.jobs (account_id, id, member_id, kind, state) values ($1, gen_random_uuid(), $2, 'test', $3) returning id",
      [accounts.one.id, memberOf('P1'), state],
    )
    return rows[0].id as string
  },
})
/** Where what the access matrix asks is the house's to ask: what a client would ask instead. */
const asClient: Record<string, Case> = {
  createImport: { ...cases.createImport, body: () => ({}) },
  changeImport: { ...cases.changeImport, ...aFile(), body: () => ({ columns: [{ index: 1, field: 'name' }] }) },
  checkImport: aFile(),
  runImport: aFile('check'),
  cancelImport: aFile('check', 'run'),
  resumeImport: aFile('check', 'run', 'cancel'),
  cancelJob: aJob('queued'),
  retryJob: aJob('set_aside'),
  releaseOrder: ofOrder('hold', { reason: 'r' }, (_, order) => order),
  withdrawRequest: ofOrder('requests', { cancel: {}, reason: 'r' }, ({ id }) => id),
}

/** Routes at which even the well-meant call of this test is refused: about how somebody signs in, never about goods. */
const aboutOneself =
  /^(endSession|prove|changePassword|changeEmail|confirmTotp|removeTotp|renewRecoveryCodes|addPasskey|renamePasskey|removePasskey|switchPlace|endView|askProof)$/

/** A word that both sides hold opens these, and the handler or the database keeps them for the house. */
const forHouseAlone = ['arriveTransfer', 'forgetExportPreset', 'keepExportPreset', 'takeInTransfer', 'verifyTransfer']

const huge = [0, -1, -1_000_000, 1.5, 1_000_000, 2_147_483_648, 9_007_199_254_740_992]
/** The same body with its numbers made hostile, and with all that somebody might hope to be heard. */
function* hostile(body: object): Generator<object> {
  const text = JSON.stringify(body)
  if (/:\d/.test(text)) for (const number of huge) yield JSON.parse(text.replace(/:\d+(\.\d+)?/g, `:${number}`))
  for (const more of [
    { onHand: 500 },
    { stock: 500 },
    { by: 500, reason: 'r' },
    { good: 500 },
    { unannounced: true },
    { state: 'received' },
  ])
    yield { ...body, ...more }
  yield { ...body, ownerId: parties.P1.id, clientId: parties.P1.id, partyId: parties.P1.id }
}

describe('stock and the portal', () => {
  const world = useWorld()
  const levels = async () => {
    const { rows } = await world.owner.query<{ level: string; units: number }>(
      `select concat_ws(' ', warehouse_id, product_id, lot, location, condition) as level, (on_hand + quarantine + unverified)::int as units from stock.levels`,
    )
    return new Map(rows.map(({ level, units }) => [level, units]))
  }

  it('55 S2.26 S2.20 S2.27 of all that a client may call, however he calls it, only the receipt of a transfer raises stock', async () => {
    const theirs = registered.filter(
      ({ endpoint: { method, allow }, name }) =>
        method !== 'GET' &&
        name !== 'signOut' &&
        allow !== 'public' &&
        (allow === 'signed-in' || allow.split('|').some((word) => held.has(word))),
    )
    expect(theirs.length).toBeGreaterThan(40)
    const raised = new Set<string>()
    const inVain: string[] = []
    let before = await levels()
    for (const { name, endpoint } of theirs) {
      const one = asClient[name] ?? cases[name]!
      const subject = async (slice: 'own' | 'other') => (await one.subject?.(world, slice)) ?? ''
      const call = async (id: string, body: object | undefined) => {
        before = await levels()
        const path = `${endpoint.method} ${pathFor(endpoint.path, id)}${one.query ?? ''}`
        const { status } = await world.as('P1', path, body, one.headers)
        // What a case planted to look at is no work.
        await world.owner.query("delete from jobs.jobs where kind = 'test'")
        await world.drain()
        for (const [level, units] of await levels()) if (units > (before.get(level) ?? 0)) raised.add(name)
        return status
      }
      const id = await subject('own')
      const body = one.body?.(id)
      const plain =
        name === 'createImport'
          ? (await upload(world, 'P1', 'products', 'SKU,Name,Stock\nMX,M,9\n')).status
          : await call(id, body)
      if (plain >= 400) inVain.push(name)
      const fresh = one.subject ? await subject('own') : id
      if (body && !Buffer.isBuffer(body)) for (const bad of hostile(one.body!(fresh))) await call(fresh, bad)
      else if (!endpoint.upload) await call(fresh, { onHand: 500 })
      if (one.subject) {
        const others = await subject('other')
        await call(others, one.body?.(others))
      }
    }
    expect([...raised]).toEqual(['receiveTransfer'])
    // A new route counts once a call of it succeeds: give it a case above, or in the access matrix.
    expect(inVain.filter((name) => !aboutOneself.test(name)).sort()).toEqual(forHouseAlone)
    const { rows } = await world.owner.query(
      'select distinct kind from stock.movements m where m.account_id = $1 order by 1',
      [accounts.one.id],
    )
    expect(rows.map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['adjusted']))
  }, 60_000)
})
