import { useMantineColorScheme } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { api } from '../api.ts'
import { type Density, preference } from '../preferences.ts'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const read = (attribute: string) => document.documentElement.getAttribute(attribute)
const set = (attribute: string, value: string) => {
  document.documentElement.setAttribute(attribute, value)
  for (const listener of listeners) listener()
}
/** The choice is made here and now; that the server keeps it for other devices may fail without harm. */
const keep = (body: { density?: Density; theme?: 'light' | 'dark' | 'system' }) =>
  void api('PATCH /me', { body }).catch(() => undefined)

/** Height of rows: 32 px compact, 40 px comfortable. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore(subscribe, () => read('data-density')) === 'compact' ? 'compact' : 'comfortable'
  return [
    density,
    (next) => {
      preference.write('density', next)
      set('data-density', next)
      keep({ density: next })
    },
  ]
}

export function useSidebar(): [folded: boolean, toggle: () => void] {
  const folded = useSyncExternalStore(subscribe, () => read('data-sidebar')) === 'folded'
  return [
    folded,
    () => {
      const next = folded ? 'open' : 'folded'
      preference.write('sidebar', next)
      set('data-sidebar', next)
    },
  ]
}

export function useTheme(): ['light' | 'dark' | 'system', (theme: 'light' | 'dark' | 'system') => void] {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return [
    colorScheme === 'auto' ? 'system' : colorScheme,
    (next) => {
      setColorScheme(next === 'system' ? 'auto' : next)
      keep({ theme: next })
    },
  ]
}
