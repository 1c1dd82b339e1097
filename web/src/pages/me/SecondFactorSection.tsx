import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api, type ResponseOf } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Section } from '../../ui/Section.tsx'
import { toast } from '../../ui/toast.ts'
import classes from './me.module.css'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { TotpSetup } from './TotpSetup.tsx'

type Props = { security: ResponseOf<'GET /me/security'>; onChanged: () => Promise<unknown> }

/** The app for codes, and the recovery codes for the day it is lost. */
export function SecondFactorSection({ security, onChanged }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [codes, setCodes] = useState<string[]>([])
  const { totpSince, passkeys, recoveryCodesLeft, needsFactor } = security
  const kept = (fresh: string[]) => {
    setOpen(false)
    setCodes(fresh)
    return onChanged()
  }
  const remove = async () => {
    const sure = await confirm({
      title: t`Remove the app for codes?`,
      body: t`You are not asked for its codes any more. Delete the entry in the app too.`,
      action: t`Remove`,
      danger: true,
    })
    if (!sure) return
    await api('DELETE /me/totp').catch(toast.problem)
    await onChanged()
  }
  const renew = async () => {
    const sure = await confirm({
      title: t`Make new recovery codes?`,
      body: t`The ones you have now stop working.`,
      action: t`Make new codes`,
    })
    if (!sure) return
    await api('POST /me/recovery-codes').then(({ recoveryCodes }) => kept(recoveryCodes), toast.problem)
  }
  return (
    <Section
      title={t`Second factor`}
      action={
        !open &&
        !totpSince && <Button variant="default" size="xs" onClick={() => setOpen(true)}>{t`Set up an app`}</Button>
      }
    >
      {needsFactor && <p className={classes.quiet}>{t`Your role needs a second factor.`}</p>}
      {codes.length > 0 && <RecoveryCodes codes={codes} onKept={() => setCodes([])} />}
      {open && (
        <TotpSetup
          begin={() => api('POST /me/totp')}
          confirm={async (code) => kept((await api('POST /me/totp/confirm', { body: { code } })).recoveryCodes)}
          onCancel={() => setOpen(false)}
        />
      )}
      {!open && !totpSince && passkeys.length === 0 && (
        <p className={classes.quiet}>{t`Only your password stands between your account and whoever learns it.`}</p>
      )}
      <ul className={classes.list}>
        {totpSince && (
          <li>
            <div>
              {t`App for codes`}
              <small>
                <Trans>
                  since <DateText value={totpSince} />
                </Trans>
              </small>
            </div>
            <Button variant="default" size="xs" onClick={() => void remove()} aria-label={t`Remove the app for codes`}>
              {t`Remove`}
            </Button>
          </li>
        )}
        {(totpSince || passkeys.length > 0) && (
          <li>
            <div>
              {t`Recovery codes`}
              <small>
                <Plural value={recoveryCodesLeft} one="# is left" other="# are left" />
              </small>
            </div>
            <Button variant="default" size="xs" onClick={() => void renew()}>{t`Make new codes`}</Button>
          </li>
        )}
      </ul>
    </Section>
  )
}
