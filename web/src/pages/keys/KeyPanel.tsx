import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { DateText } from '../../components/DateText.tsx'
import { useRoleName } from '../../components/roles.ts'
import { StatusDot } from '../../components/StatusDot.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ProblemText } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { ScopeSummary } from '../people/grant/ScopeSummary.tsx'
import { ChangeKeyDialog, RotateKeyDialog } from './KeyDialogs.tsx'
import classes from './keys.module.css'
import { type Key, keyStates, type NewSecret, useKeysChanged } from './keys.ts'

type Props = { apiKey: Key; onClose: () => void; onSecret: (secret: NewSecret) => void }

/** One key beside the list: what it may, what it reaches, its secrets, and what can be done with it. */
export function KeyPanel({ apiKey, onClose, onSecret }: Props) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const [dialog, setDialog] = useState<'change' | 'rotate' | null>(null)
  const { name, secrets, state } = apiKey
  const isLive = state === 'active' || state === 'orphaned'
  const shut = () => setDialog(null)
  return (
    <SidePanel
      label={name}
      title={name}
      onClose={onClose}
      actions={
        state !== 'revoked' && (
          <>
            {isLive && <Button onClick={() => setDialog('rotate')}>{t`Rotate`}</Button>}
            {isLive && <Button variant="default" onClick={() => setDialog('change')}>{t`Change`}</Button>}
            <RevokeButton apiKey={apiKey} />
          </>
        )
      }
    >
      <Section title={t`Key`}>
        <Facts
          facts={[
            [t`State`, <StatusDot key="state" look={keyStates[state]} code={state} />],
            [t`Role`, roleName(apiKey.role)],
            [t`Company`, apiKey.party?.name],
            [t`Made by`, apiKey.madeBy ?? t`Command line`],
            [t`Made on`, <DateText key="made" value={apiKey.createdAt} />],
            [t`Expires`, apiKey.expiresAt && <DateText key="expires" value={apiKey.expiresAt} withTime />],
            [t`Networks`, apiKey.networks?.join(', ') ?? t`Anywhere`],
          ]}
        />
      </Section>
      <Section title={t`Access to`}>
        <ScopeSummary scope={apiKey.scope} audience={apiKey.audience} />
      </Section>
      {secrets.length > 0 && (
        <Section title={t`Secrets`}>
          <ul className={classes.secrets}>
            {secrets.map((secret) => (
              <li key={secret.createdAt}>
                <Trans>
                  Made on <DateText value={secret.createdAt} withTime />
                </Trans>
                {secret.expiresAt && (
                  <>
                    {' · '}
                    <Trans>
                      good until <DateText value={secret.expiresAt} withTime />
                    </Trans>
                  </>
                )}
                {' · '}
                {secret.lastUsedAt ? (
                  <Trans>
                    last used <DateText value={secret.lastUsedAt} withTime /> from {secret.lastUsedFrom ?? '—'}
                  </Trans>
                ) : (
                  <Trans>never used</Trans>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <RecordHistory kind="member" id={apiKey.id} />
      {dialog === 'change' && <ChangeKeyDialog apiKey={apiKey} onClose={shut} />}
      {dialog === 'rotate' && <RotateKeyDialog apiKey={apiKey} onClose={shut} onSecret={onSecret} />}
    </SidePanel>
  )
}

function RevokeButton({ apiKey: { id, name } }: { apiKey: Key }) {
  const { t } = useLingui()
  const changed = useKeysChanged()
  const revoke = async () => {
    const sure = await confirm({
      title: t`Revoke the key ${name}?`,
      body: t`Whatever uses it is refused from its next request on. It cannot be taken back: a program that still needs one gets a new key.`,
      action: t`Revoke`,
      danger: true,
    })
    if (!sure) return
    try {
      await api('POST /keys/:id/revoke', { params: { id } })
      toast.done(t`The key ${name} is revoked.`)
    } catch (error) {
      toast.failed(<ProblemText problem={error} />)
    }
    await changed()
  }
  return <Button variant="default" onClick={() => void revoke()}>{t`Revoke`}</Button>
}
