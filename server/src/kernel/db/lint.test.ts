import { beforeAll, describe, expect, inject, it } from 'vitest'
import { useWorld } from '../../testing/world.ts'
import { lint } from './lint.ts'

/** Each fault that somebody could make, and a word of the rule that must notice it. */
const faults: [fault: string, notice: string][] = [
  ['create table orders.planted (account_id uuid, id uuid)', 'row-level security'],
  ['alter table orders.orders no force row level security', 'row-level security'],
  ['drop policy own_account on orders.lines', 'own_account'],
  ['create policy planted on orders.lines for select using (true)', 'no policy applies to everybody'],
  ['create policy planted on orders.lines for select to :staff using (true)', 'asks for a permission'],
  ['grant select on orders.order_amounts to public', 'nobody in particular has a right'],
  ['grant truncate on orders.lines to :staff', 'truncate'],
  ['grant execute on function orders.status_of to public', 'nobody in particular may run'],
  [
    "create function orders.planted() returns int language sql security definer set search_path = pg_catalog as 'select 1'",
    'definer-functions.ts',
  ],
  ["create function orders.planted() returns int language sql as 'select 1'", 'search path'],
  ['grant select (number) on orders.orders to :supplier', 'supplier login'],
  ['grant select on identity.users to :staff', 'reads identities'],
  ['grant update (status) on orders.orders to :staff', 'status'],
  ['grant update on access.audit to :staff', 'audit record'],
  ['grant update (actor) on access.audit to :worker', 'audit record'],
  ['grant delete on access.audit_values to :staff', 'audit record'],
  [
    'alter table orders.holds add foreign key (account_id, order_id) references orders.orders',
    'of a store, or of a member, carries it',
  ],
  ['create unique index planted on orders.orders (number)', 'begins with the account'],
  ['create view orders.planted as select * from orders.orders', 'rights of who asks'],
  ['grant create on schema orders to :staff', 'may create'],
]

describe('the catalogue keeps its rules, and a broken rule is noticed', () => {
  const world = useWorld()
  let names: string[]
  beforeAll(() => {
    names = Object.values(inject('server').logins).map((login) => login.user)
  })

  it('finds nothing in the database as it is made', async () => {
    expect(await lint(world.owner, names)).toEqual([])
  })

  it.each(faults)('notices: %s', async (fault, notice) => {
    const login = (name: string) => names.find((full) => full.endsWith(name))!
    await world.owner.query('begin')
    try {
      await world.owner.query(fault.replace(/:(staff|supplier|worker)/, (_, name) => login(name)))
      expect((await lint(world.owner, names)).join('\n')).toContain(notice)
    } finally {
      await world.owner.query('rollback')
    }
  })
})
