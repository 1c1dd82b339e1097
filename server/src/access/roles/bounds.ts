import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { invalid } from '#kernel/problem.ts'

/**
 * Nobody deals out what he does not hold. Rights of clients and suppliers are of another kind: their roles have a widest one
 * each, which `refuseBeyond` keeps.
 * @throws Problem invalid_request that names the permission
 */
export function refuseUnheld(tx: Tx, audience: Audience, permissions: readonly string[]): void {
  if (audience !== 'staff') return
  const missing = permissions.find((word) => !tx.who.permissions.includes(word))
  if (missing) throw invalid('permissions', `You do not hold ${missing} yourself.`)
}

/**
 * A role stays between its floor and what it may hold at most.
 * @throws Problem invalid_request that names the permission
 */
export function refuseBeyond(
  bounds: { floor: readonly string[]; switches: readonly string[] },
  permissions: readonly string[],
): void {
  const beyond = permissions.find((word) => !bounds.floor.includes(word) && !bounds.switches.includes(word))
  if (beyond) throw invalid('permissions', `This role cannot hold ${beyond}.`)
  const lacking = bounds.floor.find((word) => !permissions.includes(word))
  if (lacking) throw invalid('permissions', `This role always holds ${lacking}.`)
}

/** Every permission once, in the order of the table. */
export const inOrder = <Word extends string>(permissions: readonly Word[], order: readonly string[]): Word[] =>
  [...new Set(permissions)].sort((a, b) => order.indexOf(a) - order.indexOf(b))
