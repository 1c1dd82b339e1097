import type { ReactNode } from 'react'
import classes from './Imports.module.css'

type Props = { label: string; dense?: boolean; head: ReactNode; children: ReactNode }

/** A table that is scrolled sideways where it is wider than the page, by keyboard too. */
export function Table({ label, dense = false, head, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <table className={classes.table} data-dense={dense || undefined}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
