import type { ReactNode } from 'react'
import classes from './Timeline.module.css'

export type TimelineItem = {
  id: string
  /** When: a `<DateText withTime>`. */
  when: ReactNode
  /** What happened, as a sentence with who did it. */
  what: ReactNode
  /** More about it: a reason, old and new values. */
  detail?: ReactNode
}

/** What happened, the newest first. */
export function Timeline({ items, label }: { items: TimelineItem[]; label: string }) {
  return (
    <ol className={classes.timeline} aria-label={label}>
      {items.map(({ id, when, what, detail }) => (
        <li key={id}>
          <div className={classes.what}>
            <span>{what}</span>
            <span className={classes.when}>{when}</span>
          </div>
          {detail && <div className={classes.detail}>{detail}</div>}
        </li>
      ))}
    </ol>
  )
}
