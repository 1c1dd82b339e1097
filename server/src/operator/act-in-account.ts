import { uuidv7 } from 'uuidv7'
import type { Prepared } from '#kernel/db/prepare.ts'
import type { Credential } from '#kernel/db/transaction.ts'
import { hashToken, mintToken } from '#kernel/tokens.ts'
import { asOwner } from './owner.ts'

/**
 * Lets the command line work inside an account through the same door as everybody: as the member "Command line", an
 * administrator without any way to sign in, by a session that ends with the command.
 */
export async function actInAccount<T>(
  prepared: Prepared,
  accountId: string,
  work: (credential: Credential) => Promise<T>,
): Promise<T> {
  const tokenHash = hashToken(mintToken('staff'))
  await asOwner(prepared, async (client) => {
    const known = await client.query<{ id: string }>(
      "select id from access.members where account_id = $1 and kind = 'key' and name = 'Command line'",
      [accountId],
    )
    const memberId = known.rows[0]?.id ?? uuidv7()
    if (!known.rows[0]) {
      await client.query(
        `insert into access.members (account_id, id, kind, name, audience, role_id)
         select $1, $2, 'key', 'Command line', 'staff', id from access.roles where account_id = $1 and slug = 'administrator'`,
        [accountId, memberId],
      )
    }
    await client.query(
      "insert into identity.sessions (token_hash, purpose, account_id, member_id, expires_at) values ($1, 'job', $2, $3, now() + interval '1 day')",
      [tokenHash, accountId, memberId],
    )
  })
  try {
    return await work({ tokenHash, purpose: 'job', requestId: 'command line' })
  } finally {
    await asOwner(prepared, (client) =>
      client.query('delete from identity.sessions where token_hash = $1', [tokenHash]),
    )
  }
}
