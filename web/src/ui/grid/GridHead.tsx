// biome-ignore-all lint/a11y/useSemanticElements: `display` takes the table roles away from screen readers
// biome-ignore-all lint/a11y/noRedundantRoles: `display` takes the table roles away from screen readers
import { useLingui } from '@lingui/react/macro'
import type { RefObject } from 'react'
import { Icon } from '../Icon.tsx'
import classes from './DataGrid.module.css'
import type { Grid } from './useGrid.ts'
import type { Selection } from './useSelection.ts'

export type Sort = { column: string; down: boolean }

type Props<R extends object> = {
  grid: Grid<R>
  selection?: Selection
  sort?: Sort
  onSort?: (sort: Sort) => void
  frame: RefObject<HTMLDivElement | null>
}

/** The head that sticks: names, arrows where one can sort, edges that can be drawn wider (a double click fits). */
export function GridHead<R extends object>({ grid, selection, sort, onSort, frame }: Props<R>) {
  const { t } = useLingui()
  const { table, byId, rows, rowId } = grid
  const all = rows.length > 0 && rows.every((row) => selection?.ids.has(rowId(row)))
  const some = !all && (selection?.ids.size ?? 0) > 0
  const fit = (id: string) => {
    const cells = frame.current?.querySelectorAll<HTMLElement>(`[data-column="${id}"] > *`) ?? []
    const widest = Math.max(56, ...[...cells].map((cell) => cell.scrollWidth + 26))
    table.setColumnSizing((sizes) => ({ ...sizes, [id]: Math.min(widest, 640) }))
  }
  return (
    <thead role="rowgroup" className={classes.head}>
      <tr role="row" aria-rowindex={1} className={classes.row}>
        {selection && (
          <th role="columnheader" className={classes.check} aria-label={t`Selection`}>
            <input
              type="checkbox"
              aria-label={t`Select all loaded rows`}
              checked={all}
              ref={(box) => {
                if (box) box.indeterminate = some
              }}
              onChange={() => (all ? selection.clear() : selection.set(rows.map(rowId)))}
            />
          </th>
        )}
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const { id } = header.column
          const column = byId.get(id)
          if (!column) return null
          const sorted = sort?.column === id ? (sort.down ? 'descending' : 'ascending') : undefined
          return (
            <th
              key={id}
              role="columnheader"
              data-column={id}
              data-sticky={column.sticky || undefined}
              data-align={column.align}
              data-grow={column.grow || undefined}
              aria-sort={column.sortable ? (sorted ?? 'none') : undefined}
              style={{ '--w': `var(--w-${id})`, '--x': `var(--x-${id})` } as React.CSSProperties}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() => onSort({ column: id, down: sorted ? !sort?.down : true })}
                >
                  {column.header}
                  {sorted && <Icon name={sorted === 'descending' ? 'down' : 'up'} size={12} />}
                </button>
              ) : (
                <span title={column.header}>{column.header}</span>
              )}
              <span
                className={classes.resize}
                aria-hidden="true"
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
                onDoubleClick={() => fit(id)}
              />
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
