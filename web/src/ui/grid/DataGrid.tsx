// biome-ignore-all lint/a11y/noRedundantRoles: `display` takes the table roles away from screen readers
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { useRootAttribute } from '../root-attribute.ts'
import { Cards, useNarrow } from './Cards.tsx'
import classes from './DataGrid.module.css'
import { GridHead, type Sort } from './GridHead.tsx'
import { GridRow } from './GridRow.tsx'
import type { Grid, GridColumn } from './useGrid.ts'
import { useGridKeys } from './useGridKeys.ts'
import type { Selection } from './useSelection.ts'

type Props<R extends object> = {
  grid: Grid<R>
  /** What the table holds: "Orders". */
  label: string
  /** What a row is called: "Order SO-1043". */
  rowLabel: (row: R) => string
  selection?: Selection
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** The row that is open beside the grid. */
  openId?: string
  onOpen?: (row: R, wholePage: boolean) => void
  /** Changes with the filter: the list starts from its top again. */
  filterKey?: string
  /** How many rows there are in all, if that is known. */
  total?: number
  /** Nothing has come yet: grey rows of the real height. */
  loading?: boolean
  /** Something newer is on its way: a thin bar, the rows stay. */
  refreshing?: boolean
  /** Asks for the next rows when the end comes into sight. */
  onEndReached?: () => void
  /** In place of the rows where there are none. */
  empty?: ReactNode
  /** What a row is on a phone, where there is no room for columns. */
  card?: (row: R) => ReactNode
}

/** A table, or on a phone cards under each other where a page has them. */
export function DataGrid<R extends object>({ card, ...props }: Props<R>) {
  const narrow = useNarrow()
  if (!card || !narrow) return <Table {...props} />
  const { rows, rowId } = props.grid
  return (
    <Cards
      label={props.label}
      rows={rows}
      rowId={rowId}
      card={card}
      loading={props.loading}
      refreshing={props.refreshing}
      onEndReached={props.onEndReached}
      empty={props.empty}
    />
  )
}

/**
 * A table for ten-hour days: virtual rows in a real `<table>`, sticky head and first columns, everything by keyboard.
 * It is one stop of the tab key; arrows or j/k move, x takes, Enter opens.
 */
function Table<R extends object>(props: Omit<Props<R>, 'card'>) {
  const { t } = useLingui()
  const { grid, selection, rowLabel, onEndReached } = props
  const { rows, rowId, table } = grid
  const frame = useRef<HTMLDivElement>(null)
  const height = useRootAttribute('data-density') === 'compact' ? 32 : 40
  const columns = useVisibleColumns(grid)
  const onOpen = useLatest(props.onOpen)
  const keys = useGridKeys({ ...props, frame, scrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }) })
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    getItemKey: (index) => rowId(rows[index]!),
    scrollPaddingStart: 34,
    overscan: 8,
    rangeExtractor: (range) => keys.withCurrent(range),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height changes
  useEffect(() => virtual.measure(), [height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the filter
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 })
  }, [props.filterKey])
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEndReached?.()
  }, [last, rows.length, onEndReached])
  const click = useCallback(
    (id: string, event: MouseEvent) => {
      const row = rows.find((one) => rowId(one) === id)
      if (!row || (event.target as HTMLElement).closest('a, button, input') || getSelection()?.toString()) return
      keys.setCurrent(id)
      onOpen.current?.(row, event.ctrlKey || event.metaKey)
    },
    [rows, rowId, onOpen, keys.setCurrent],
  )
  const toggle = useCallback((id: string, range: boolean) => selection?.toggle(id, range), [selection])
  const widths = Object.fromEntries(
    table.getVisibleLeafColumns().flatMap((column) => [
      [`--w-${column.id}`, `${column.getSize()}px`],
      [`--x-${column.id}`, `${(selection ? 36 : 0) + column.getStart('start')}px`],
    ]),
  )
  const bare = !props.loading && rows.length === 0
  return (
    <div className={classes.grid}>
      <div className={classes.bar} data-on={props.refreshing || undefined} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the rows, which hold the focus */}
      <div
        ref={frame}
        className={classes.frame}
        data-selecting={Boolean(selection?.ids.size) || undefined}
        // Without a row to hold the focus, the keyboard scrolls the frame itself.
        tabIndex={bare ? 0 : undefined}
        onKeyDown={keys.press}
      >
        <table
          role="table"
          aria-label={props.label}
          aria-rowcount={props.total === undefined ? -1 : props.total + 1}
          aria-busy={props.loading || undefined}
          className={classes.table}
          style={widths as CSSProperties}
        >
          <GridHead grid={grid} selection={selection} sort={props.sort} onSort={props.onSort} frame={frame} />
          {!bare && (
            <tbody
              role="rowgroup"
              className={classes.body}
              style={{ height: props.loading ? height * 20 : virtual.getTotalSize() }}
            >
              {props.loading && <SkeletonRows height={height} columns={columns} checks={Boolean(selection)} />}
              {items.map((item) => {
                const row = rows[item.index]
                if (!row) return null
                const id = rowId(row)
                return (
                  <GridRow
                    key={id}
                    row={row}
                    id={id}
                    label={rowLabel(row)}
                    columns={columns}
                    index={item.index}
                    top={item.start}
                    selectable={Boolean(selection)}
                    selected={selection?.ids.has(id) ?? false}
                    open={id === props.openId}
                    current={id === keys.current}
                    onToggle={toggle}
                    onClick={click}
                  />
                )
              })}
            </tbody>
          )}
        </table>
        {bare && props.empty}
      </div>
      <span role="status" className="visually-hidden">
        {props.loading ? t`Loading` : ''}
      </span>
    </div>
  )
}

function useVisibleColumns<R extends object>({ table, byId }: Grid<R>): GridColumn<R>[] {
  const shown = table.getVisibleLeafColumns()
  const ids = shown.map(({ id }) => id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the columns
  return useMemo(() => shown.flatMap(({ id }) => byId.get(id) ?? []), [ids, byId])
}

function useLatest<V>(value: V) {
  const latest = useRef(value)
  latest.current = value
  return latest
}

type SkeletonProps<R> = { height: number; columns: GridColumn<R>[]; checks: boolean }

function SkeletonRows<R>({ height, columns, checks }: SkeletonProps<R>) {
  return Array.from({ length: 20 }, (_, index) => (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
      key={index}
      className={classes.row}
      style={{ transform: `translateY(${index * height}px)` }}
      aria-hidden="true"
    >
      {checks && <td className={classes.check} />}
      {columns.map((column, place) => (
        <td
          key={column.id}
          data-grow={column.grow || undefined}
          style={{ '--w': `var(--w-${column.id})` } as CSSProperties}
        >
          <span className={classes.bone} style={{ width: `${40 + ((index * 7 + place * 13) % 45)}%` }} />
        </td>
      ))}
    </tr>
  ))
}
