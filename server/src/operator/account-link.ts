import type { Prepared } from '#kernel/db/prepare.ts'
import { hashToken, mintLinkToken } from '#kernel/tokens.ts'
import { asOwner } from './owner.ts'

/** The one-time link with which somebody creates his account in the browser; earlier ones die. Good for a week. */
export async function accountLink(prepared: Prepared, publicUrl: string): Promise<string> {
  const token = mintLinkToken()
  await asOwner(prepared, async (client) => {
    await client.query(
      "update identity.one_time_tokens set used_at = now() where purpose = 'create-account' and used_at is null",
    )
    await client.query(
      "insert into identity.one_time_tokens (token_hash, purpose, expires_at) values ($1, 'create-account', now() + interval '7 days')",
      [hashToken(token)],
    )
  })
  return `${publicUrl}/create-account#token=${token}`
}

/** Whether anybody but the demo has an account here yet. */
export async function hasOwnAccount(prepared: Prepared): Promise<boolean> {
  return await asOwner(
    prepared,
    async (client) => (await client.query('select from access.accounts where not is_demo limit 1')).rowCount === 1,
  )
}
