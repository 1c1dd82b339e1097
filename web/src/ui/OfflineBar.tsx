import { Trans } from '@lingui/react/macro'
import { useSyncExternalStore } from 'react'
import classes from './OfflineBar.module.css'

const subscribe = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Says that the network is gone. Nothing is queued: what is sent now fails, and says so. */
export function OfflineBar() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div role="status" className={online ? 'visually-hidden' : classes.bar}>
      {online ? null : (
        <Trans>You are offline. What you see may be old, and nothing can be saved until you are back.</Trans>
      )}
    </div>
  )
}
