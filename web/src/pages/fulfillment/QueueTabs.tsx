import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../../components/format.ts'
import classes from './QueueTabs.module.css'
import type { QueueCounts, QueueView } from './useQueue.ts'

/** The parts of the queue with how many stand in each; the address keeps which one is open. */
export function QueueTabs({
  view,
  counts,
  q,
}: {
  view: QueueView | undefined
  counts: QueueCounts | undefined
  q?: string
}) {
  const { t } = useLingui()
  const { number } = useFormat()
  const tabs: [QueueView, string][] = [
    ['to_answer', t`To answer`],
    ['to_ship', t`To ship`],
    ['shipped', t({ message: 'Shipped', context: 'several fulfillment orders' })],
    ['all', t`All`],
  ]
  return (
    <nav className={classes.tabs} aria-label={t`Parts of the queue`}>
      {tabs.map(([one, name]) => (
        <Link key={one} to="/queue" search={{ view: one, q }} replace aria-current={one === view ? 'page' : undefined}>
          {name}
          {counts && <span className={classes.count}>{number(counts[one])}</span>}
        </Link>
      ))}
    </nav>
  )
}
