import { useCallback, useMemo, useState } from 'react'

export type Selection = {
  ids: ReadonlySet<string>
  /** Takes or leaves a row; with `range` everything from the row touched last up to this one. */
  toggle: (id: string, range?: boolean) => void
  set: (ids: Iterable<string>) => void
  clear: () => void
}

type State = { ids: ReadonlySet<string>; last: string | null }
const nothing: State = { ids: new Set(), last: null }

/** The rows a person has chosen, by id: they stay chosen while the list scrolls and refreshes. `order`: as on screen. */
export function useSelection(order: readonly string[]): Selection {
  const [{ ids }, setState] = useState(nothing)
  const toggle = useCallback(
    (id: string, range = false) =>
      setState((before) => {
        const next = new Set(before.ids)
        const take = !before.ids.has(id) || (range && before.last !== id)
        for (const one of range && before.last ? between(order, before.last, id) : [id]) {
          if (take) next.add(one)
          else next.delete(one)
        }
        return { ids: next, last: id }
      }),
    [order],
  )
  const set = useCallback((chosen: Iterable<string>) => setState({ ids: new Set(chosen), last: null }), [])
  const clear = useCallback(() => setState(nothing), [])
  return useMemo(() => ({ ids, toggle, set, clear }), [ids, toggle, set, clear])
}

function between(order: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  return order.slice(Math.min(a, b), Math.max(a, b) + 1)
}
