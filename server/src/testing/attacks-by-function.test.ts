import { describe, expect, it } from 'vitest'
import { assignLines } from '#fulfillment'
import { json, sql, uuids } from '#kernel/db/sql.ts'
import { plain, useAttackScene } from './attack-scene.ts'
import { accounts, memberOf, type Name, parties, stores } from './cast.ts'
import { upload } from './upload.ts'

/** What must not work, each by its number in the list of attacks. The allowed call comes before the refused one. */
describe('somebody who calls the functions himself, as each login', () => {
  const { at, world, run, owner, refused, insert } = useAttackScene()

  it('27 an import is of the file of the one who imports', async () => {
    const { body } = await upload(world, 'A1', 'orders', 'Order number,SKU,Quantity,Country\n1,T,1,FR\n')
    const [file] = (await owner('select file_id as id from intake.imports where id = $1', [body.id])) as {
      id: string
    }[]
    const mine = {
      account_id: accounts.one.id,
      id: at.a,
      kind: 'orders',
      file_id: file!.id,
      store_id: stores.a,
      currency: 'EUR',
      format: '{}',
      sure: '{}',
      mapping: '{}',
    }
    await run('A1', insert('intake.imports', { ...mine, member_id: memberOf('A1') }))
    await refused('F1', insert('intake.imports', { ...mine, id: at.b, member_id: memberOf('F1') }))
    await refused('F1', insert('intake.imports', { ...mine, id: at.b, member_id: memberOf('A1') }))
  })

  it('223 nobody changes or deletes the log, nor writes into it or into a story in the name of another', async () => {
    const deed = (id: string) => sql`select access.record(${id}, 'x', 'done', null, null, null, '{"a": 1}')`
    await run('C1', deed(at.a))
    const mine = {
      account_id: accounts.one.id,
      id: at.b,
      member_id: memberOf('C1'),
      actor: 'C1',
      via: 'hand',
      action: 'x',
    }
    await refused('C1', insert('access.audit', mine))
    await refused(
      'C1',
      insert('access.audit_values', { account_id: accounts.one.id, audit_id: at.a, salt: '', changes: '{}' }),
    )
    await refused(
      'C1',
      plain(
        `select access.write_audit('${accounts.one.id}', '${at.b}', '${memberOf('A1')}', 'hand', 'x', 'done', null, null, null, '{}')`,
      ),
    )
    const story = {
      account_id: accounts.one.id,
      id: at.a,
      order_id: at.a,
      store_id: stores.a,
      kind: 'k',
      actor: 'C1',
      via: 'hand',
    }
    await run('C1', insert('orders.timeline', story))
    await refused('C1', insert('orders.timeline', { ...story, id: at.b, actor: 'A1' }))
    await refused('C1', insert('orders.timeline', { ...story, id: at.b, via: 'rule' }))
    await refused('V1', insert('orders.timeline', { ...story, id: at.b, actor: 'V1' }))
    const said = {
      account_id: accounts.one.id,
      id: at.a,
      order_id: at.a,
      store_id: stores.a,
      visibility: 'client',
      author_member_id: memberOf('C1'),
      author: 'C1',
      text: 't',
    }
    await run('C1', insert('orders.comments', said))
    await refused('C1', insert('orders.comments', { ...said, id: at.b, author: 'A1' }))
    for (const who of ['A1', 'C1', 'S1'] as const)
      for (const text of [
        "update access.audit set action = 'y'",
        'delete from access.audit',
        "update access.audit_values set changes = '{}'",
        'delete from access.audit_values',
        'delete from access.audit_heads',
        "update orders.timeline set kind = 'y'",
        'delete from orders.timeline',
      ])
        await refused(who, plain(text))
  })

  it('67 nobody has the automation do what he may not start', async () => {
    const enqueue = (kind: string, asAutomation: boolean) =>
      sql`select jobs.enqueue(gen_random_uuid(), ${kind}, null, '{}', ${asAutomation}, false)`
    await run('F1', enqueue('automation.run', true))
    await run('Ka', enqueue('automation.arrival', true))
    for (const who of ['C1', 'V1', '$1', 'W1'] as const)
      for (const kind of ['automation.run', 'automation.arrival', 'notices.deliver', 'intake.run'])
        await refused(who, enqueue(kind, true))
    await refused('A1', enqueue('intake.run', true))
    await refused('S1', enqueue('automation.run', true))
    await refused('S1', enqueue('intake.run', false))
    await refused('P1', enqueue('intake.run', true))
    await refused('P1', enqueue('automation.run', true))
  })

  it('62 a supplier tells of, ships and finds his own part only, and only as what he is', async () => {
    const record = (id: string, kind: string, data: object = {}) =>
      sql`select fulfillment.record(${id}, ${kind}, ${json(data)})`
    const stories = () =>
      owner(
        "select kind, actor, data from orders.timeline where kind like 'fulfillment.%' or kind like 'order.%' order by at, id",
      )
    await run('S1', record(at.s1, 'fulfillment.accepted', { units: 1, onBehalf: true }))
    const told = await stories()
    expect(told.at(-1)).toMatchObject({ actor: 'S1 · Exotic Liquids', data: { units: 1, fulfiller: 'Exotic Liquids' } })
    expect(told.at(-1)!.data).not.toHaveProperty('onBehalf')
    await run('S1', record(at.s2, 'fulfillment.accepted'))
    await refused('S1', record(at.s1, 'order.cancelled'))
    await refused('S1', record(at.s1, 'lines.unassigned'))
    await refused('S1p', record(at.s1, 'fulfillment.accepted'))
    await refused('V1', record(at.s1, 'fulfillment.shipped'))
    expect(await stories()).toEqual(told)

    const shipment = (change: object) =>
      json([
        {
          id: at.b,
          parcelId: at.a,
          carrier: 'c',
          service: '',
          shippedOn: '2026-01-01',
          notifyBuyer: false,
          notifyChannel: false,
          trackingNumber: 'FORGED',
          lines: [{ id: at.fLine, quantity: 1 }],
          ...change,
        },
      ])
    const parcels = () => owner('select * from fulfillment.parcels order by id')
    const before = await parcels()
    await refused('S1', sql`select fulfillment.ship(${shipment({ id: at.shipment, lines: [] })})`)
    await refused('S1', sql`select fulfillment.ship(${shipment({ id: at.shipment })})`)
    await refused('S1', sql`select fulfillment.ship(${shipment({ lines: [{ id: at.fLine, quantity: -1 }] })})`)
    await refused('S1', sql`select fulfillment.ship(${shipment({ lines: [{ id: at.fLine, quantity: 99 }] })})`)
    const [foreign] = await owner('select id from fulfillment.lines where fulfillment_order_id = $1', [at.s2])
    await refused('S1', sql`select fulfillment.ship(${shipment({ lines: [{ id: foreign!.id, quantity: 1 }] })})`)
    expect(await parcels()).toEqual(before)
    await run('S1', sql`select fulfillment.ship(${shipment({ trackingNumber: 'S1 Track/é' })})`)
    expect(await parcels()).toHaveLength(before.length + 1)

    const words = (word: string, id = at.s1) =>
      sql`select fulfillment.add_tracking_words(${json([{ id, words: [word] }])})`
    const found = (word: string) => owner('select order_id from orders.search_words where word = $1', [word])
    await run('S1', words('track/e'))
    expect(await found('track/e')).toEqual([{ order_id: at.a }])
    await run('S1', words('10248'))
    await run('S1', words('s2-track', at.s2))
    expect(await found('10248')).toEqual([])
    await refused('V1', words('track'))
    await refused('S1p', sql`select fulfillment.raise_rejected(array[${at.fLine}]::uuid[], 'r')`)
    await refused('S1', sql`select fulfillment.unassign(${at.s1})`)
    await refused('S1', sql`select * from fulfillment.snapshot(${uuids([at.s1])})`)
    await refused('S1', sql`select orders.recompute(${uuids([at.a])})`)
    await refused('S1', sql`select orders.stage_of(${at.a})`)
    await refused('S1', sql`select * from automation.supplier_names()`)
  })

  it('61 a function with the rights of its owner asks for the permission and the slice', async () => {
    const stage = (who: Name, id: string) => run(who, sql`select orders.stage_of(${id}) as stage`)
    expect(await stage('C1s', at.a)).toEqual([{ stage: 'submitted' }])
    expect(await stage('P1', at.a)).toEqual([{ stage: 'submitted' }])
    for (const [who, id] of [
      ['C1s', at.b],
      ['P1', at.b],
      ['P2', at.a],
      ['A1', at.two],
    ] as const)
      expect(await stage(who, id), who).toEqual([{ stage: null }])
    const words = sql`select fulfillment.set_words(${json([{ id: at.s1, words: [] }])})`
    await refused('V1', words)
    await refused('$1', words)
    await refused('V1', sql`select fulfillment.settle(${uuids([at.s1])})`)
    await refused('C1', sql`select fulfillment.unassign(${at.s1})`)
    await refused('V1', sql`select fulfillment.follow_cancelled(${uuids([at.a])})`)
    await refused('C1', sql`select orders.follow_products(${uuids([at.a])})`)
    await refused('C1', sql`select access.end_sessions(${memberOf('A1')}, null)`)
    await refused('F1', sql`select access.list_keys()`)
    await refused('F1', sql`select access.make_key(${at.a}, 'K', ${at.a}, null, '{}', '\\x00'::bytea, null)`)
    await refused(
      'F1',
      sql`select access.renew_key(${memberOf('Ka')}, '\\x00'::bytea, current_date, interval '1 hour', null)`,
    )
    await refused('F1', sql`select access.change_key(${memberOf('Ka')}, 1, 'K', null)`)
    await refused('F1', sql`select access.revoke_key(${memberOf('Ka')})`)
    await refused('F1', sql`select access.mint_invitation_token(${accounts.one.id}, ${at.a}, '\\x00'::bytea)`)
    await refused('A1', sql`select access.mint_invitation_token(${accounts.two.id}, ${at.a}, '\\x00'::bytea)`)
    await refused('F1', sql`select access.void_invitation_links(${at.a})`)
    await refused('A1', sql`select jobs.mint_session(${accounts.two.id}, ${at.a}, 1, '\\x00'::bytea)`)
    await refused('A1', sql`select orders.recompute_in(${accounts.two.id}, ${uuids([at.two])})`)
    await refused('A1', sql`select access.create_account(${at.a}, 'x', 'EUR', 'UTC', false, ${at.a}, ${at.a})`)
    await refused('A1', sql`select * from access.places_of(${at.a})`)
    await refused('A1', sql`select orders.release_due_holds()`)
    // What is out of reach stays as it is, without a word.
    await owner("update orders.orders set status = 'on_hold' where id = any ($1)", [[at.b, at.two]])
    await run('C1s', sql`select orders.recompute(${uuids([at.a, at.b, at.two])})`)
    expect(await owner('select distinct status from orders.orders where id = any ($1)', [[at.b, at.two]])).toEqual([
      { status: 'on_hold' },
    ])
    await run('A1', sql`select orders.recompute(${uuids([at.b])})`)
    expect(await owner('select status from orders.orders where id = $1', [at.b])).toEqual([
      { status: 'awaiting_shipment' },
    ])
  })

  it('6 the number a supplier sees tells of no part but his own', async () => {
    for (const who of ['S1', 'S2'] as const)
      expect((await world.as(who, 'GET /queue')).body.items.map((item: { number: string }) => item.number)).toEqual([
        'N-1',
      ])
    const more = await world.work('A1', async (tx) => {
      await tx.rows(sql`update fulfillment.lines set quantity = quantity - 1 where id = ${at.fLine}`)
      return await assignLines(tx, {
        lines: [{ orderId: at.a, orderLineId: at.lineA }],
        to: { supplierId: parties.S1.id },
      })
    })
    expect(more[0]!.number).toBe('N-1-2')
  })
})
