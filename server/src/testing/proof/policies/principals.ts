import { createHash } from 'node:crypto'
import type pg from 'pg'
import { type Audience, permissions } from '#kernel/permissions.ts'
import { hashToken } from '#kernel/tokens.ts'
import { accounts, cast, type Name, parties, portal, stores, tokenOf } from '../../cast.ts'
import { warehouses } from './planted.ts'
import type { Principal } from './right.ts'
import { pairsOf, wordsOf } from './rights.ts'

export interface Prover extends Principal {
  tokenHash: string
  purpose: 'web' | 'key'
  confined: boolean
}

/**
 * Who looks, those who notice most first: the whole cast, and for each word that decides anything one who holds every word but it, and one who holds
 * it alone; built-in roles hold words together that a role of one's own may part.
 */
export async function makePrincipals(client: pg.Client, tables: string[]): Promise<Prover[]> {
  const every = Object.keys(permissions)
  const hashes = new Map(
    (Object.keys(cast) as Name[]).map((name) => [name as string, hashToken(tokenOf(name)).toString('hex')]),
  )
  for (const [audience, party] of [
    ['staff', null],
    ['client', parties.P1.id],
    ['supplier', parties.S1.id],
  ] as const) {
    const words = [...new Set(tables.flatMap((table) => wordsOf(table, audience)))]
    const add = async (words: string, held: string[], scoped = audience === 'client', narrow: Narrow = {}) => {
      const name = `${audience} ${words}`
      hashes.set(name, hashOf(name))
      await addMember(client, { name, audience, party, held, scoped, narrow })
    }
    await add('with every word', every)
    if (audience !== 'client') await add('with every word, own only', every, false, { ownOnly: true })
    else {
      await add('with every word, warehouse 1', every, true, { warehouses: [warehouses.first] })
      const name = 'client with every word, kept to warehouse 1'
      hashes.set(name, hashOf(name))
      await addMember(client, {
        name,
        audience,
        party: parties.P2.id,
        held: every,
        scoped: true,
        narrow: { warehouses: [warehouses.first] },
      })
      await client.query(
        'insert into portal.clients (account_id, client_id, strict_warehouses, may_ask) values ($1, $2, true, false) on conflict (account_id, client_id) do update set strict_warehouses = true, may_ask = false',
        [accounts.one.id, parties.P2.id],
      )
    }
    if (audience === 'staff') {
      await add('with every word, store a', every, true)
      await add('with every word, client P1', every, false, { clients: [parties.P1.id] })
      await add('with every word, supplier S1', every, false, { suppliers: [parties.S1.id] })
      await add(
        'with every word, supplier S1, but not the whole audit',
        every.filter((word) => word !== 'audit:read'),
        false,
        { suppliers: [parties.S1.id] },
      )
      await add('with every word, warehouse 1', every, false, { warehouses: [warehouses.first] })
      await add(
        'with every word, warehouse 1, but not the transfers',
        every.filter((word) => word !== 'transfers:read'),
        false,
        { warehouses: [warehouses.first] },
      )
      await add('with every word, store a and supplier S1', every, true, { suppliers: [parties.S1.id] })
      await add('with every word, client P1 and supplier S1', every, false, {
        clients: [parties.P1.id],
        suppliers: [parties.S1.id],
      })
      await add(
        'with every word, own only, but no recipients',
        every.filter((word) => word !== 'orders:recipient'),
        false,
        { ownOnly: true },
      )
    }
    for (const pair of new Set(tables.flatMap((table) => pairsOf(table, audience))))
      await add(`with ${pair} alone`, pair.split(' and '))
    for (const word of words) {
      await add(
        `without ${word}`,
        every.filter((one) => one !== word),
      )
      await add(`with ${word} alone`, [word])
    }
  }
  const { rows } = await client.query<
    Omit<Prover, 'tokenHash' | 'purpose' | 'reach' | 'clients' | 'owners' | 'warehouses'> & { id: string }
  >(
    `select m.id, m.name, m.audience, m.account_id as account, m.id as member, m.role_id as role, m.party_id as party, r.permissions,
            case m.kind when 'key' then 'key' else 'hand' end as via,
            c.confined, case when c.confined then '[]' when m.all_stores then to_jsonb('*'::text) else to_jsonb(array(select s.store_id from access.member_stores s
              where s.account_id = m.account_id and s.member_id = m.id)) end as stores
       from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
      cross join lateral (select m.own_only or (m.audience = 'staff' and not (m.all_suppliers and m.all_warehouses)) as confined) c
      where exists (select from identity.sessions t where t.account_id = m.account_id and t.member_id = m.id and t.token_hash = any ($1))
      order by m.name not like '% every word, %', m.name not like '% without %', m.name`,
    [[...hashes.keys()].map((name) => Buffer.from(hashes.get(name)!, 'hex'))],
  )
  return rows.map((row) => ({
    ...row,
    permissions: row.via === 'key' ? row.permissions.filter((word) => !forPeople.test(word)) : row.permissions,
    clients: '*',
    owners: '*',
    warehouses: '*',
    reach: null,
    elsewhere: null,
    mayAsk: true,
    tokenHash: hashes.get(row.name)!,
    purpose: row.via === 'key' ? 'key' : 'web',
  }))
}

/** What no key does, whatever its role. */
const forPeople = /^(users|roles|keys|sign-in|audit):|:(manage|reveal|approve)$|^rules:(edit|run)$/

const hashOf = (name: string) => createHash('sha256').update(`prover ${name}`).digest('hex')

interface NewMember {
  name: string
  audience: Audience
  party: string | null
  held: string[]
  scoped: boolean
  narrow: Narrow
}
/** What confines somebody. */
interface Narrow {
  ownOnly?: boolean
  suppliers?: string[]
  warehouses?: string[]
  clients?: string[]
}
async function addMember(client: pg.Client, { name, audience, party, held, scoped, narrow }: NewMember) {
  const { rows } = await client.query<{ id: string }>(
    `with person as (
       insert into identity.users (id, email, email_key, name) values (gen_random_uuid(), $2, $2, $2) returning id),
     role as (
       insert into access.roles (account_id, id, slug, name, audience, built_in, permissions)
       values ($1, gen_random_uuid(), $2, $2, $3, false, $5) returning id)
     insert into access.members (account_id, id, kind, user_id, name, audience, role_id, party_id, all_stores, own_only,
                                 all_suppliers, all_warehouses, all_clients)
     select $1, gen_random_uuid(), 'person', person.id, $2, $3, role.id, $4, $6, $7, $8, $9, $10 from role, person returning id`,
    [
      accounts.one.id,
      name,
      audience,
      party,
      held,
      !scoped,
      narrow.ownOnly ?? false,
      !narrow.suppliers,
      !narrow.warehouses,
      !narrow.clients,
    ],
  )
  if (scoped)
    await client.query('insert into access.member_stores values ($1, $2, $3)', [accounts.one.id, rows[0]!.id, stores.a])
  const lists = [
    ['member_suppliers', narrow.suppliers, parties.S2.id],
    ['member_warehouses', narrow.warehouses, warehouses.second],
    ['member_clients', narrow.clients, parties.P2.id],
    ['member_stores', scoped ? [] : undefined, stores.b],
  ] as const
  // What another has, and what he has in another account, is none of his.
  for (const [table, ids, other] of lists)
    for (const [account, member, id] of [
      ...(ids ?? []).map((id) => [accounts.one.id, rows[0]!.id, id]),
      ...(ids ? [[accounts.two.id, rows[0]!.id, other]] : []),
      ...(ids ? [[accounts.one.id, accounts.two.id, other]] : []),
    ])
      await client.query(`insert into access.${table} values ($1, $2, $3) on conflict do nothing`, [
        account,
        member,
        id,
      ])
  await client.query(
    "insert into identity.sessions (token_hash, purpose, account_id, member_id, door) values (decode($1, 'hex'), 'web', $2, $3, $4)",
    [hashOf(name), accounts.one.id, rows[0]!.id, audience === 'client' ? portal.door : ''],
  )
}

/** Whether one who was made for a word has anything to say about a table: the word decides there. */
export function concerns(name: string, table: string, audience: Audience): boolean {
  const named = /(?:without|with) (\S+:\S+(?: and \S+:\S+)?)/.exec(name)?.[1]
  return named === undefined || [...wordsOf(table, audience), ...pairsOf(table, audience)].includes(named)
}
