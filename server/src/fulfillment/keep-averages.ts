import type { Deps } from '#kernel/deps.ts'

/** Keeps the averages of the months that are final now, each by itself: a large account keeps no other from its own. */
export async function keepAverages({ pools: { worker } }: Deps): Promise<void> {
  const { rows } = await worker.query<{ account_id: string; month: string }>(
    'select account_id, month from fulfillment.months_to_keep()',
  )
  const refused: unknown[] = []
  for (const { account_id, month } of rows)
    await worker
      .query('select fulfillment.keep_averages($1, $2)', [account_id, month])
      .catch((error) => refused.push(error))
  if (refused.length > 0) throw refused[0]
}
