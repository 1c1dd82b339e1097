import type { Deps } from '#kernel/deps.ts'

/** Releases the holds whose day has come in their account's zone, so that the orders move again by themselves. */
export async function releaseDueHolds(deps: Deps): Promise<void> {
  await deps.pools.worker.query('select orders.release_due_holds()')
}
