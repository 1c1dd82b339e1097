import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { preference } from '../preferences.ts'

export type Shortcut = {
  /** Keys as in `KeyboardEvent.key`, a sequence apart by spaces: `j`, `?`, `g o`, `Shift+X`. */
  keys: string
  /** What it does, in the person's language, for the sheet. */
  label: string
  group: string
  run: (event: KeyboardEvent) => void
}

type Registry = { all: Map<symbol, Shortcut>; on: boolean; setOn: (on: boolean) => void; list: () => Shortcut[] }
const Context = createContext<Registry | null>(null)

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (/^(input|textarea|select)$/i.test(target.tagName) && !target.matches('[type=checkbox]')))

/** Closed lists stay in the document, out of sight. */
const floating = () =>
  [...document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]')].some((one) => one.checkVisibility())

/**
 * Single keys for people who stay all day. They never fire in a field, with a composing keyboard, under an open
 * dialog or menu, or when the person switched them off; each has a visible control as well.
 */
export function Shortcuts({ children }: { children: ReactNode }) {
  const all = useRef(new Map<symbol, Shortcut>()).current
  const [on, setOnState] = useState(preference.read('shortcuts') !== 'off')
  const registry = useMemo<Registry>(
    () => ({
      all,
      on,
      list: () => [...all.values()],
      setOn: (next) => {
        preference.write('shortcuts', next ? 'on' : 'off')
        setOnState(next)
      },
    }),
    [all, on],
  )
  useEffect(() => {
    if (!on) return
    let begun = ''
    let timer = 0
    // Asked on the way down: on the way up an Escape has already closed what was open, and would close the next thing too.
    let covered = false
    const look = () => {
      covered = floating()
    }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      if (inField(event.target) || covered) return
      // Enter belongs to the button or link that has the focus.
      if (event.key === 'Enter' && event.target !== document.body) return
      const key = event.shiftKey && /^[a-z]$/i.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key
      const typed = begun ? `${begun} ${key}` : key
      clearTimeout(timer)
      begun = ''
      // The newest wins: what is on top of the page was put there last.
      const shortcuts = [...all.values()].reverse()
      const found = shortcuts.find((one) => one.keys === typed)
      if (found) {
        event.preventDefault()
        found.run(event)
      } else if (shortcuts.some((one) => one.keys.startsWith(`${typed} `))) {
        begun = typed
        timer = window.setTimeout(() => {
          begun = ''
        }, 1_200)
      }
    }
    window.addEventListener('keydown', look, true)
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', look, true)
      window.removeEventListener('keydown', press)
      clearTimeout(timer)
    }
  }, [on, all])
  return <Context value={registry}>{children}</Context>
}

export function useShortcutRegistry(): Registry {
  const registry = useContext(Context)
  if (!registry) throw new Error('useShortcut needs <Shortcuts> above it')
  return registry
}

/** Offers a shortcut for as long as the component is on the page; `null` offers none. */
export function useShortcut(shortcut: Shortcut | null) {
  const { all } = useShortcutRegistry()
  const latest = useRef(shortcut)
  latest.current = shortcut
  const id = useRef(Symbol('shortcut')).current
  const { keys, label, group } = shortcut ?? {}
  useEffect(() => {
    if (!keys || !label || !group) return
    all.set(id, { keys, label, group, run: (event) => latest.current?.run(event) })
    return () => {
      all.delete(id)
    }
  }, [all, id, keys, label, group])
}
