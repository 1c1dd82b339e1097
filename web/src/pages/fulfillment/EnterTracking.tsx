import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { TrackingDialog } from './TrackingDialog.tsx'

/** Marks many as shipped from a pasted list, for the house. */
export function EnterTracking() {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t`Enter tracking numbers`}
      </Button>
      {open && <TrackingDialog house onClose={() => setOpen(false)} />}
    </>
  )
}
