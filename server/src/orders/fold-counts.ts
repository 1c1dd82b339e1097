import type { Deps } from '#kernel/deps.ts'

/** Folds what changes appended to the counts by status into their sums. */
export async function foldCounts(deps: Deps): Promise<void> {
  await deps.pools.worker.query('select orders.fold_counts()')
}
