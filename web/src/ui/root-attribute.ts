import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A choice that style sheets follow: an attribute of the root element, set before the first paint. */
export function useRootAttribute(name: string): string | null {
  return useSyncExternalStore(subscribe, () => document.documentElement.getAttribute(name))
}

export function setRootAttribute(name: string, value: string) {
  document.documentElement.setAttribute(name, value)
  for (const listener of listeners) listener()
}
