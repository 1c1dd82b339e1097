import { type Command, need, words } from './command.ts'
import { accountNamed, asOwner, Mistake } from './owner.ts'

/** Where the owner left and can hand the account on no more: the operator does, to an administrator whom nothing limits. */
export const handOver: Command = {
  synopsis: '--account N --to EMAIL',
  summary: 'Make another administrator the owner of an account whose owner is gone.',
  options: words('account', 'to'),
  async run({ installation: { prepared }, options }) {
    const to = need(options, 'to')
    await asOwner(prepared, async (client) => {
      const accountId = await accountNamed(client, need(options, 'account'))
      const { rows } = await client.query<{ id: string }>(
        'select m.id from access.members m where m.account_id = $1 and lower(m.email) = lower($2) and access.may_own(m)',
        [accountId, to],
      )
      if (!rows[0])
        throw new Mistake(
          `"${to}" is no active administrator of this account without end date, hours or limited access.`,
        )
      const former = await client.query<{ owner_id: string | null }>(
        'select owner_id from access.accounts where id = $1 for no key update',
        [accountId],
      )
      await client.query('update access.accounts set owner_id = $2 where id = $1', [accountId, rows[0].id])
      await client.query('delete from access.ownership_offers where account_id = $1', [accountId])
      await client.query(
        "select access.write_audit($1, gen_random_uuid(), null, 'hand', 'ownership.moved', 'done', 'member', $2, null, $3)",
        [accountId, rows[0].id, JSON.stringify({ owner: [former.rows[0]!.owner_id, rows[0].id] })],
      )
    })
    console.log(`${to} owns the account now.`)
    return 0
  },
}
