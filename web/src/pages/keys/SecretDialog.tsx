import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
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
        <Copied label={t`Key`} value={secret.token} />
        <Copied
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

/** Without https a browser gives no clipboard: then the text is selected, to be copied by hand. */
function Copied({ label, value }: { label: string; value: string }) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    field.current?.select()
    await navigator.clipboard?.writeText(value)
    setCopied(Boolean(navigator.clipboard))
  }
  return (
    <div className={classes.row}>
      <TextInput
        ref={field}
        label={label}
        value={value}
        readOnly
        classNames={{ input: classes.code! }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button aria-label={t`Copy: ${label}`} onClick={() => void copy()}>
        {copied ? t`Copied` : t`Copy`}
      </Button>
    </div>
  )
}
