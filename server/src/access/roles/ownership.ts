import { audit } from '#kernel/audit.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import { invalid, Problem } from '#kernel/problem.ts'

interface Named {
  id: string
  name: string
}

/** Who owns the account, whom it is offered to, and who could own it. */
export async function getOwnership(tx: Tx) {
  const [owners, offers, candidates] = await tx.all(
    sql<Named>`select m.id, m.name from access.accounts a join access.members m on m.account_id = a.id and m.id = a.owner_id`,
    sql<Named & { expires_at: string }>`
      select m.id, m.name, o.expires_at from access.ownership_offers o
        join access.accounts a on a.id = o.account_id and a.owner_id = o.offered_by
        join access.members m on m.account_id = o.account_id and m.id = o.member_id where o.expires_at > app.now()`,
    sql<Named>`
      select m.id, m.name from access.members m
        join access.roles r on r.account_id = m.account_id and r.id = m.role_id and r.slug = 'administrator'
        join access.accounts a on a.id = m.account_id and a.owner_id <> m.id
       where m.kind = 'person' and m.deactivated_at is null and m.valid_from is null and m.valid_until is null and m.hours is null
         and not m.own_only and m.all_stores and m.all_warehouses and m.all_clients and m.all_suppliers
       order by lower(m.name), m.id`,
  )
  const offer = offers[0]
  return {
    owner: owners[0] ?? null,
    mine: owners[0]?.id === tx.who.memberId,
    offeredToMe: offer?.id === tx.who.memberId,
    offer: offer ? { to: { id: offer.id, name: offer.name }, expiresAt: offer.expires_at } : null,
    candidates,
  }
}

/**
 * Offers the account to another administrator, who must accept it within seven days; an earlier offer is over.
 * @throws Problem owner_protected to anybody but the owner; invalid_request for who cannot own it
 */
export async function offerOwnership(tx: Tx, memberId: string) {
  const made = await tx.first(sql<{ ok: boolean }>`select access.offer_ownership(${memberId}) as ok`)
  if (!made!.ok)
    throw invalid('memberId', 'is not another active administrator without end date, hours or limited access')
  await audit(tx, 'ownership.offered', { kind: 'member', id: memberId })
  return {}
}

/** @throws Problem wrong_state where nothing is offered to the caller, or no longer */
export async function acceptOwnership(tx: Tx) {
  const row = await tx.first(sql<{ former: string | null }>`select access.accept_ownership() as former`)
  if (!row!.former) throw new Problem('wrong_state', 'Nothing is offered to you now: ask the owner to offer it again.')
  await audit(tx, 'ownership.moved', { kind: 'member', id: tx.who.memberId }, { owner: [row!.former, tx.who.memberId] })
  return {}
}

/** @throws Problem wrong_state where there is no offer of the caller or to him */
export async function withdrawOwnership(tx: Tx) {
  const row = await tx.first(sql<{ ok: boolean }>`select access.withdraw_ownership() as ok`)
  if (!row!.ok) throw new Problem('wrong_state', 'There is no offer to take back or decline.')
  await audit(tx, 'ownership.withdrawn', { kind: 'member', id: tx.who.memberId })
  return {}
}
