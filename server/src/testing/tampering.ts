import pg from 'pg'
import { inject } from 'vitest'
import { readAnchors, Sealer, verifyAudit } from '#access'
import { addOrders } from '#orders'
import { stores } from './cast.ts'
import { orderDraft } from './scene.ts'
import { die, type Entry, type OldHeads, tamperings } from './tamperings.ts'
import { at, type World } from './world.ts'

/** Does things in both accounts, seals and anchors. */
export async function layOutChains(world: World): Promise<OldHeads> {
  const sealer = new Sealer(world.deps)
  const oldHeads: OldHeads = []
  for (const round of [1, 2, 3, 4]) {
    const drafts = [`T-${round}-1`, `T-${round}-2`].map((number) => orderDraft(number))
    const ids = await world.work('A1', (tx) => addOrders(tx, { storeId: stores.a, orders: drafts }))
    for (const id of ids.values()) {
      await world.as('C1', `PATCH /orders/${id}`, { recipient: { name: `Name ${round}` } }, at(1))
      await world.as('C1', `POST /orders/${id}/comments`, { text: 'secret', visibility: 'internal' })
      await world.as('C1', `POST /orders/${id}/hold`, { reason: 'wait' })
      await world.as('V1', `POST /orders/${id}/hold`, { reason: 'refused' })
      await world.as('A1', `POST /orders/${id}/tags`, { tag: `t${round}` })
    }
    await world.as('A2', 'POST /products', { sku: `S-${round}`, name: 'P' })
    await sealer.seal()
    const heads = await world.owner.query('select * from access.audit_heads')
    oldHeads.push(...heads.rows)
  }
  await sealer.anchor()
  return oldHeads
}

export async function openRoot(world: World): Promise<pg.Client> {
  const root = new pg.Client({ ...inject('server').admin, database: world.owner.database } as pg.ClientConfig)
  await root.connect()
  await root.query('begin')
  // Who tampers as superuser is held by no key and no reference either.
  await root.query(
    'alter table access.audit_values drop constraint audit_values_account_id_audit_id_fkey, drop constraint audit_values_pkey',
  )
  await root.query('alter table access.audit drop constraint audit_pkey, drop constraint sealed_whole')
  await root.query('drop index access.audit_in_order')
  return root
}

/** What the audit says at any moment, to see whether a tampering changed anything at all. */
const fingerprint = async (root: pg.Client) =>
  (
    await root.query(
      `select md5(coalesce(string_agg(t, '|' order by t), '')) as md5 from (
         select a::text as t from access.audit a union all select v::text from access.audit_values v union all select h::text from access.audit_heads h) x`,
    )
  ).rows[0].md5 as string

/** Tampers `count` times, each time from the untouched record; returns those that were not found. */
export async function tamper(world: World, oldHeads: OldHeads, count: number, seed: number) {
  const root = await openRoot(world)
  const anchors = await readAnchors(world.dataDir)
  const random = die(seed)
  const names = Object.keys(tamperings)
  const missed: string[] = []
  const tried: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]))
  try {
    const { rows: entries } = await root.query<Entry>(
      'select account_id, id, seq from access.audit order by account_id, seq',
    )
    const untouched = await fingerprint(root)
    await root.query('savepoint untouched')
    for (let done = 0, throws = 0; done < count; throws++) {
      if (throws > 20 * count) throw new Error(`no throw of the die gives: ${names[done % names.length]}`)
      const name = names[done % names.length]!
      const what = await tamperings[name]!(root, entries, random, oldHeads).catch((error) => {
        // What the database itself refuses (a null where none may be) is no tampering yet: another throw of the die.
        if ((error as { code?: string }).code?.startsWith('23')) return undefined
        throw new Error(`${name}: ${(error as Error).message}`)
      })
      const changed = what !== undefined && (await fingerprint(root)) !== untouched
      if (changed) {
        done++
        tried[name]!++
        const { findings } = await verifyAudit(root, anchors)
        if (findings.length === 0) missed.push(`${name}: ${what}`)
      }
      await root.query('rollback to untouched')
    }
  } finally {
    await root.query('rollback')
    await root.end()
  }
  return { missed, tried }
}
