import type { Deps } from '#kernel/deps.ts'
import { schedule } from '#kernel/jobs-schedule.ts'

/** Folds what changes appended to the counts by status into their sums. */
export async function foldCounts(deps: Deps): Promise<void> {
  await deps.pools.worker.query('select orders.fold_counts()')
}

schedule('orders.fold-counts', { every: '1 minute' }, foldCounts)
