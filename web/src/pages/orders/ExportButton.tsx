import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import type { OrdersSearch } from './search.ts'

const ExportForm = lazy(() => import('./ExportForm.tsx'))

/** Opens the export of what the list shows now. */
export function ExportButton({ search }: { search: OrdersSearch }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" leftSection={<Icon name="exports" />} onClick={() => setOpen(true)}>
        {t`Export`}
      </Button>
      <Suspense>{open && <ExportForm search={search} onClose={() => setOpen(false)} />}</Suspense>
    </>
  )
}
