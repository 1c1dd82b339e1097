import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { CopyField } from '../../ui/CopyField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import classes from './keys.module.css'
import type { NewSecret } from './keys.ts'

/** The secret of a key, shown this once: when the dialog closes it is gone. */
export function SecretDialog({ secret, onClose }: { secret: NewSecret; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog title={t`Copy the key now`} onClose={onClose} wide>
      <div className={classes.secret}>
        <p>
          <Trans>
            This is the only time it is shown. Whoever has it can do what the key may do: keep it like a password.
          </Trans>
        </p>
        <CopyField label={t`Key`} value={secret.token} code several />
        <CopyField
          code
          several
          label={t`A first call`}
          value={`curl -H "Authorization: Bearer ${secret.token}" ${window.location.origin}/api/v1/me`}
        />
        <div>
          <Button variant="default" onClick={onClose}>{t`I have copied it`}</Button>
        </div>
      </div>
    </Dialog>
  )
}
