import { Plural, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ApiProblem, api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import { useCan } from '../../me.ts'
import { toast } from '../../ui/toast.ts'
import classes from './stock.module.css'
import { type Count, useStockChanged, waitingCountsQuery } from './useStock.ts'

/** Counts that differ by too much to be applied at once: who may adjust stock answers them, the others see that they wait. */
export function WaitingCounts() {
  const { t } = useLingui()
  const { data } = useQuery(waitingCountsQuery)
  if (!data || data.items.length === 0) return null
  return (
    <section className={classes.waiting} aria-label={t`Counts that wait`}>
      <h2>
        <Plural value={data.items.length} one="# count waits for an answer" other="# counts wait for an answer" />
      </h2>
      <ul>
        {data.items.map((count) => (
          <WaitingCount key={count.id} count={count} />
        ))}
      </ul>
    </section>
  )
}

function WaitingCount({ count }: { count: Count }) {
  const { t } = useLingui()
  const { number } = useFormat()
  const can = useCan()
  const changed = useStockChanged()
  const answer = useMutation({
    mutationFn: (approve: boolean) =>
      api('POST /stock/counts/:id/answer', { params: { id: count.id }, version: count.version, body: { approve } }),
    onSuccess: ({ state }) => toast.done(state === 'applied' ? t`The count is applied.` : t`The count is refused.`),
    onError: (problem) =>
      toast.failed(
        problem instanceof ApiProblem ? problem.message : t`The count could not be answered. Try again in a moment.`,
      ),
    onSettled: changed,
  })
  const sku = count.product.sku
  return (
    <li>
      <span>
        <strong>{sku}</strong> · {count.warehouse.name} ·{' '}
        {t`expected ${number(count.expected)}, counted ${number(count.counted)}`}
        {count.reason && ` · ${count.reason}`} · {count.countedBy} · <DateText value={count.countedAt} withTime />
      </span>
      {can('stock:adjust') && (
        <span className={classes.buttons}>
          <Button
            size="compact-sm"
            loading={answer.isPending}
            aria-label={t`Approve the count of ${sku}`}
            onClick={() => answer.mutate(true)}
          >{t`Approve`}</Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={answer.isPending}
            aria-label={t`Refuse the count of ${sku}`}
            onClick={() => answer.mutate(false)}
          >{t`Refuse`}</Button>
        </span>
      )}
    </li>
  )
}
