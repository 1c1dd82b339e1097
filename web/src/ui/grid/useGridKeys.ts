import { useLingui } from '@lingui/react/macro'
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useShortcut } from '../shortcuts.tsx'
import type { Grid } from './useGrid.ts'
import type { Selection } from './useSelection.ts'

type Options<R extends object> = {
  grid: Grid<R>
  selection?: Selection
  openId?: string
  onOpen?: (row: R, wholePage: boolean) => void
  frame: RefObject<HTMLDivElement | null>
  scrollTo: (index: number) => void
}

/** The row under the keyboard: it holds the focus, stays drawn while it is scrolled away, and is one tab stop. */
export function useGridKeys<R extends object>({ grid, selection, openId, onOpen, frame, scrollTo }: Options<R>) {
  const { t } = useLingui()
  const { rows, rowId } = grid
  const [chosen, setCurrent] = useState<string | null>(null)
  const focusNext = useRef(false)
  const place = rows.findIndex((row) => rowId(row) === chosen)
  const first = rows[0]
  const current = place >= 0 ? chosen : first ? rowId(first) : null

  useEffect(() => {
    if (!focusNext.current || !current) return
    const row = frame.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(current)}"]`)
    if (!row) return
    focusNext.current = false
    row.focus({ preventScroll: true })
  })

  const goTo = (index: number, extend = false) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    const id = rowId(row)
    if (extend && selection) {
      if (current && !selection.ids.has(current)) selection.toggle(current)
      selection.toggle(id, true)
    }
    focusNext.current = true
    setCurrent(id)
    scrollTo(rows.indexOf(row))
    if (openId && openId !== id) onOpen?.(row, false)
  }
  /** The first key press only shows where one is. */
  const move = (by: number, extend = false) => goTo(chosen === null && !extend ? 0 : Math.max(place, 0) + by, extend)
  const open = (wholePage: boolean) => {
    const row = rows[Math.max(place, 0)]
    if (row) onOpen?.(row, wholePage)
  }

  const group = t`List`
  useShortcut({ keys: 'j', label: t`Next row`, group, run: () => move(1) })
  useShortcut({ keys: 'k', label: t`Row before`, group, run: () => move(-1) })
  const take = (range: boolean) => current && selection?.toggle(current, range)
  useShortcut(selection ? { keys: 'x', label: t`Select the row`, group, run: () => take(false) } : null)
  useShortcut(selection ? { keys: 'Shift+X', label: t`Select up to here`, group, run: () => take(true) } : null)
  useShortcut(onOpen ? { keys: 'Enter', label: t`Open the row`, group, run: () => open(false) } : null)

  const act = (event: KeyboardEvent): unknown => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 400) / 40) - 2)
    const command = event.ctrlKey || event.metaKey
    if (event.key === 'a') return command && selection?.set(rows.map(rowId))
    if (event.key === 'ArrowDown') return move(1, event.shiftKey)
    if (event.key === 'ArrowUp') return move(-1, event.shiftKey)
    if (event.key === 'PageDown') return move(page)
    if (event.key === 'PageUp') return move(-page)
    if (event.key === 'Home') return goTo(0)
    if (event.key === 'End') return goTo(rows.length - 1)
    if (event.key === 'Enter' || event.key === ' ') return open(command)
    return false
  }
  const press = (event: KeyboardEvent) => {
    const onRow = event.target instanceof HTMLElement && event.target.matches('tr[data-id]')
    if (!onRow || event.altKey || act(event) === false) return
    event.preventDefault()
    event.stopPropagation()
  }

  const withCurrent = (range: Range) => {
    const drawn = defaultRangeExtractor(range)
    const at = rows.findIndex((row) => rowId(row) === current)
    return at < 0 || drawn.includes(at) ? drawn : [...drawn, at].sort((a, b) => a - b)
  }
  return { current, setCurrent, press, withCurrent }
}
