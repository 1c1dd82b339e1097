import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../api.ts'
import { toast } from '../../ui/toast.ts'
import { CarrierInput } from './CarrierInput.tsx'
import { lastCarrier, rememberCarrier } from './carriers.ts'
import classes from './Queue.module.css'
import { useProblemToast } from './useProblemToast.ts'
import { type QueueItem, useRefreshQueue } from './useQueue.ts'

type Props = { item: QueueItem; next: string | undefined; autoFocus: boolean }
const fieldOf = (id: string) => `tracking-${id}`

/** Carrier and tracking in one row; Enter ships, and the typing goes on in the row below, as fast as one can scan. */
export function ShipRow({ item, next, autoFocus }: Props) {
  const { t } = useLingui()
  const refresh = useRefreshQueue()
  const failed = useProblemToast()
  const [typed, setTyped] = useState<string>()
  const carrier = typed ?? lastCarrier()
  const [trackingNumber, setTrackingNumber] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus])
  const ship = async (event: FormEvent) => {
    event.preventDefault()
    setMissing(!carrier.trim())
    if (!carrier.trim()) return
    setBusy(true)
    try {
      await api('POST /queue/:id/ship', { params: { id: item.id }, body: { carrier, trackingNumber } })
      rememberCarrier(carrier.trim())
      toast.done(t`${item.number} is marked as shipped.`)
      if (next) document.getElementById(fieldOf(next))?.focus()
    } catch (error) {
      failed(error)
    }
    setBusy(false)
    await refresh()
  }
  return (
    <form className={classes.ship} onSubmit={(event) => void ship(event)} noValidate>
      <CarrierInput
        size="lg"
        aria-label={t`Carrier for ${item.number}`}
        placeholder={t`Carrier`}
        value={carrier}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={missing && t`Name the carrier.`}
      />
      <TextInput
        size="lg"
        id={fieldOf(item.id)}
        aria-label={t`Tracking number for ${item.number}`}
        placeholder={t`Tracking number`}
        value={trackingNumber}
        onChange={(event) => setTrackingNumber(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
        ref={field}
      />
      <Button size="lg" variant="outline" type="submit" loading={busy}>
        {t`Mark as shipped`}
      </Button>
    </form>
  )
}
