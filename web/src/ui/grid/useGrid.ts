import {
  type ColumnDef,
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type ReactTable,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type ReactNode, useEffect, useMemo } from 'react'
import { readStored, writeStored } from '../../preferences.ts'

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
})

export type GridColumn<R> = {
  /** Letters and hyphens: it becomes part of a style variable. */
  id: string
  header: string
  cell: (row: R) => ReactNode
  /** In pixels, before the person changed it. */
  width: number
  /** Numbers and amounts stand at the right. */
  align?: 'end'
  /** Stays at the left edge and can't be hidden: what names the row. */
  sticky?: boolean
  /** Takes the room that is left over. */
  grow?: boolean
  /** Offered in the column menu, not shown at first. */
  hidden?: boolean
  sortable?: boolean
}

export type Grid<R extends object> = {
  rows: R[]
  rowId: (row: R) => string
  byId: Map<string, GridColumn<R>>
  table: ReactTable<typeof features, R>
}

type Options<R extends object> = {
  /** Under this name the person's columns are remembered; with his id in it where people share a browser. */
  name: string
  /** Stable between renders (`useMemo`). A column that the role may not see is not in it. */
  columns: GridColumn<R>[]
  rows: R[]
  rowId: (row: R) => string
}

type Layout = { columnOrder: string[]; columnVisibility: Record<string, boolean>; columnSizing: Record<string, number> }

/** The columns of a grid: which are shown, in what order and how wide, remembered for the next time. */
export function useGrid<R extends object>({ name, columns, rows, rowId }: Options<R>): Grid<R> {
  const key = `crossdock.grid.${name}`
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const definitions = useMemo(
    () =>
      columns.map(
        ({ id, width, sticky }): ColumnDef<typeof features, R> => ({
          id,
          size: width,
          minSize: 56,
          enableHiding: !sticky,
        }),
      ),
    [columns],
  )
  const initialState = useMemo(() => {
    const hidden = Object.fromEntries(columns.filter((column) => column.hidden).map(({ id }) => [id, false]))
    const kept = parse(readStored(key))
    return {
      columnPinning: { start: columns.filter((column) => column.sticky).map(({ id }) => id), end: [] },
      columnOrder: kept.columnOrder ?? [],
      columnVisibility: { ...hidden, ...kept.columnVisibility },
      columnSizing: kept.columnSizing ?? {},
    }
  }, [columns, key])
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    initialState,
    columnResizeMode: 'onChange',
  })
  const { columnOrder, columnVisibility, columnSizing } = table.state
  useEffect(() => {
    const layout: Layout = { columnOrder, columnVisibility, columnSizing }
    writeStored(key, JSON.stringify(layout))
  }, [key, columnOrder, columnVisibility, columnSizing])
  return { rows, rowId, byId, table }
}

function parse(text: string | null): Partial<Layout> {
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    return {}
  }
}
