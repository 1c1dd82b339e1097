import type { Deps } from '#kernel/deps.ts'

/** Keeps the averages of the months that are final now. */
export async function keepAverages(deps: Deps): Promise<void> {
  await deps.pools.worker.query('select fulfillment.keep_averages()')
}
