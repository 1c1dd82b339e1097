import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Empty } from '../../ui/states.tsx'

/** A link of a mail that is not good (any more), or of which the page no longer knows the secret. */
export function SpentLink({ action }: { action?: ReactNode }) {
  const { t } = useLingui()
  return (
    <Empty whole icon="clock" title={t`This link no longer works`} action={action}>
      <Trans>Each link works once and for a limited time. Open the newest one in your mail, or ask for another.</Trans>
    </Empty>
  )
}
