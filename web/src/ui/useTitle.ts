import { useEffect } from 'react'
import { portal } from '../portal.ts'

/** The name of the page in the browser's tab and history. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · ${portal?.name ?? 'Crossdock'}`
  }, [title])
}
