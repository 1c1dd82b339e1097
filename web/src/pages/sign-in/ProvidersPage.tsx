import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { Empty, ProblemState, ProblemText, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { ProviderForm } from './ProviderForm.tsx'
import { type Provider, providersQuery, useProvidersChanged } from './providers.ts'
import classes from './sign-in.module.css'

/** By which providers of their own house people of this account sign in. */
export default function ProvidersPage() {
  const { t } = useLingui()
  const providers = useQuery(providersQuery)
  const [form, setForm] = useState<Provider | 'new' | null>(null)
  const data = providers.data
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Sign-in`}
        explanation={t`Let people of your company sign in by the provider they have already (OpenID Connect).`}
        action={<Button leftSection={<Icon name="plus" />} onClick={() => setForm('new')}>{t`Add a provider`}</Button>}
      />
      <div className={classes.page}>
        {providers.isPending && <Skeleton lines={5} />}
        {providers.isError && !data && (
          <ProblemState problem={providers.error} onRetry={() => void providers.refetch()} />
        )}
        {data?.items.length === 0 && (
          <Empty icon="lock" title={t`Everybody signs in by password or passkey`}>
            <Trans>With a provider, who leaves your company is out of here too, and groups can give the role.</Trans>
          </Empty>
        )}
        {data?.items.map((one) => (
          <ProviderSection key={one.id} provider={one} onChange={() => setForm(one)} />
        ))}
        {data && (
          <Section title={t`Addresses`}>
            <Facts
              facts={[
                [
                  t`Your people sign in at`,
                  <Address key="in" value={`${window.location.origin}/sign-in?account=${data.accountId}`} />,
                ],
                [t`The provider sends them back to`, <Address key="back" value={data.returnAddress} />],
              ]}
            />
          </Section>
        )}
      </div>
      {form !== null && <ProviderForm provider={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </>
  )
}

function Address({ value }: { value: string }) {
  const { t } = useLingui()
  return (
    <span className={classes.address}>
      {value} <CopyButton value={value} name={t`the address`} />
    </span>
  )
}

function ProviderSection({ provider, onChange }: { provider: Provider; onChange: () => void }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const changed = useProvidersChanged()
  const [says, setSays] = useState('')
  const test = async () =>
    setSays((await api('POST /sign-in-providers/test', { body: { issuer: provider.issuer } })).says)
  const toggle = async () => {
    const { id, version, enabled } = provider
    await api('PATCH /sign-in-providers/:id', { params: { id }, version, body: { enabled: !enabled } })
    await changed()
  }
  const run = (step: () => Promise<unknown>) =>
    void step().catch((problem) => toast.failed(<ProblemText problem={problem} />))
  return (
    <Section title={provider.name}>
      <Facts
        facts={[
          [t`State`, provider.enabled ? t`On` : t`Off`],
          [t`Issuer`, provider.issuer],
          [t`Client id`, provider.clientId],
          [t`Domains`, provider.domains.join(', ')],
          [t`Without an invitation`, provider.defaultRole ? roleName(provider.defaultRole) : t`Nobody comes in`],
          [t`Groups`, provider.groupRoles.map(({ group, role }) => `${group} → ${roleName(role)}`).join(', ')],
          [t`Passwords`, provider.required ? t`Refused for people of the domains, save the owner` : t`Work beside it`],
        ]}
      />
      <div className={classes.actions}>
        <Button variant="default" onClick={onChange}>{t`Change`}</Button>
        <Button variant="default" onClick={() => run(test)}>{t`Test`}</Button>
        <Button variant="default" onClick={() => run(toggle)}>
          {provider.enabled ? t`Switch off` : t`Switch on`}
        </Button>
      </div>
      {says && <p role="status">{says}</p>}
    </Section>
  )
}
