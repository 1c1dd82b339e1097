import { useLingui } from '@lingui/react/macro'
import { DateText } from '../../components/DateText.tsx'
import { useFormat } from '../../components/format.ts'
import classes from './Queue.module.css'
import type { QueueItem } from './useQueue.ts'

/** Nothing is left to do with it. */
export const isOver = ({ state }: QueueItem) => ['shipped', 'rejected', 'cancelled'].includes(state)

/** When it must leave, and whether that has passed. */
export function Due({ item }: { item: QueueItem }) {
  const { t } = useLingui()
  const { today } = useFormat()
  if (isOver(item)) return <span className={classes.due}>{item.shippedAt && <DateText value={item.shippedAt} />}</span>
  if (!item.shipBy) {
    return (
      <span className={classes.due}>
        {t({ message: 'Ordered', context: 'before a day' })} <DateText value={item.placedOn} />
      </span>
    )
  }
  const late = item.shipBy < today()
  return (
    <span className={classes.due} data-late={late || undefined}>
      {late
        ? t`Late, ship by`
        : item.shipBy === today()
          ? t`Today, ship by`
          : t({ message: 'Ship by', context: 'before a day' })}{' '}
      <DateText value={item.shipBy} />
    </span>
  )
}
