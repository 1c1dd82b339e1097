// biome-ignore-all lint/a11y/noRedundantRoles: `display` takes the table roles away from screen readers
import { useLingui } from '@lingui/react/macro'
import { type CSSProperties, type MouseEvent, memo } from 'react'
import classes from './DataGrid.module.css'
import type { GridColumn } from './useGrid.ts'

type Props<R> = {
  row: R
  id: string
  /** For those who hear the page: "Order SO-1043". */
  label: string
  columns: readonly GridColumn<R>[]
  index: number
  top: number
  selectable: boolean
  selected: boolean
  open: boolean
  current: boolean
  onToggle: (id: string, range: boolean) => void
  onClick: (id: string, event: MouseEvent) => void
}

function Row<R>(props: Props<R>) {
  const { t } = useLingui()
  const { row, id, label, columns, index, selected, open, current } = props
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      data-id={id}
      data-selected={selected || undefined}
      data-open={open || undefined}
      className={classes.row}
      tabIndex={current ? 0 : -1}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => props.onClick(id, event)}
    >
      {props.selectable && (
        <td role="cell" className={classes.check}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t`Select ${label}`}
            checked={selected}
            onChange={() => undefined}
            onClick={(event) => {
              event.stopPropagation()
              props.onToggle(id, event.shiftKey)
            }}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          role="cell"
          data-column={column.id}
          data-sticky={column.sticky || undefined}
          data-align={column.align}
          data-grow={column.grow || undefined}
          style={{ '--w': `var(--w-${column.id})`, '--x': `var(--x-${column.id})` } as CSSProperties}
        >
          <span className={classes.cell}>{column.cell(row)}</span>
        </td>
      ))}
    </tr>
  )
}

/** Drawn again only when something of the row itself changed: scrolling and selecting stay quick. */
export const GridRow = memo(Row) as typeof Row
