import type { ReactNode } from 'react'
import classes from './ListPage.module.css'

/** A list that fills the page and scrolls by itself, with what is open of it in a panel beside. */
export function ListPage({ panel, children }: { panel: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <div className={classes.list}>{children}</div>
      {panel}
    </div>
  )
}
