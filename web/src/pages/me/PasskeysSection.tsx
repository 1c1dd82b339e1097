import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './me.module.css'
import { NewPasskey } from './NewPasskey.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { RenamePasskeyDialog } from './RenamePasskeyDialog.tsx'

type Security = ResponseOf<'GET /me/security'>
type Props = { security: Security; onChanged: () => Promise<unknown> }

export function PasskeysSection({ security: { passkeys }, onChanged }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [renaming, setRenaming] = useState<Security['passkeys'][number] | null>(null)
  const [codes, setCodes] = useState<string[]>([])
  const remove = async ({ id, name }: Security['passkeys'][number]) => {
    const sure = await confirm({
      title: t`Remove the passkey ${name}?`,
      body: t`It no longer signs you in. Delete it on the device too.`,
      action: t`Remove`,
      danger: true,
    })
    if (!sure) return
    await api('DELETE /me/passkeys/:id', { params: { id } }).catch(toast.problem)
    await onChanged()
  }
  return (
    <Section
      title={t`Passkeys`}
      action={!open && <Button variant="default" size="xs" onClick={() => setOpen(true)}>{t`Add a passkey`}</Button>}
    >
      {codes.length > 0 && <RecoveryCodes codes={codes} onKept={() => setCodes([])} />}
      {open && (
        <NewPasskey
          ask={() => api('POST /me/passkeys/ask')}
          keep={async (body) => {
            const { recoveryCodes } = await api('POST /me/passkeys', { body })
            setOpen(false)
            setCodes(recoveryCodes)
            toast.done(t`The passkey is kept.`)
            await onChanged()
          }}
          onCancel={() => setOpen(false)}
        />
      )}
      {!open && passkeys.length === 0 && (
        <p className={classes.quiet}>{t`Sign in with finger, face or PIN of a device, without a password.`}</p>
      )}
      <ul className={classes.list}>
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <div>
              <span>{passkey.name}</span>
              <small>
                {passkey.usedAt ? (
                  <Trans>
                    last used <DateText value={passkey.usedAt} withTime />
                  </Trans>
                ) : (
                  <Trans>
                    since <DateText value={passkey.createdAt} />
                  </Trans>
                )}
              </small>
            </div>
            <div className={classes.buttons}>
              <Button
                variant="default"
                size="xs"
                aria-label={t`Rename the passkey ${passkey.name}`}
                onClick={() => setRenaming(passkey)}
              >{t`Rename`}</Button>
              <Button
                variant="default"
                size="xs"
                aria-label={t`Remove the passkey ${passkey.name}`}
                onClick={() => void remove(passkey)}
              >{t`Remove`}</Button>
            </div>
          </li>
        ))}
      </ul>
      {renaming && <RenamePasskeyDialog passkey={renaming} onClose={() => setRenaming(null)} onChanged={onChanged} />}
    </Section>
  )
}
