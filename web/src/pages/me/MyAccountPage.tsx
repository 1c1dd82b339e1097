import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { ApiProblem } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { useCan, useMe } from '../../me.ts'
import { portal } from '../../portal.ts'
import { Preferences } from '../../shell/Preferences.tsx'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { useSignOut } from '../../shell/useSignOut.ts'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { ProviderButtons } from '../access/ProviderButtons.tsx'
import { OwnershipSection } from '../roles/OwnershipSection.tsx'
import { EmailSection } from './EmailSection.tsx'
import classes from './me.module.css'
import { PasskeysSection } from './PasskeysSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { SecondFactorSection } from './SecondFactorSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { useSecurity } from './useSecurity.ts'

export default function MyAccountPage() {
  const { t } = useLingui()
  const me = useMe()
  const roleName = useRoleName()
  const signOut = useSignOut()
  const can = useCan()
  const { query, changed } = useSecurity()
  const byProvider = query.error instanceof ApiProblem && query.error.status === 403
  return (
    <>
      <SettingsTabs />
      <PageHeader title={t`My account`} explanation={t`How you are known here, and how you prove that it is you.`} />
      <div className={classes.page}>
        <div>
          <Section title={t`You`}>
            <Facts
              facts={[
                [t`Name`, me.user.name],
                [t`Role`, roleName(me.role)],
                [t`Company`, me.party?.name],
                [t`Account`, portal?.name ?? me.account.name],
              ]}
            />
          </Section>
          {query.isPending && <Skeleton lines={6} />}
          {query.isError &&
            (byProvider ? (
              <p className={classes.quiet}>
                <Trans>
                  You signed in by a provider, which speaks for this account alone. For what is yours in every account
                  (password, second factor, sessions), sign in by your own password.
                </Trans>
              </p>
            ) : (
              <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
            ))}
          {query.data && (
            <>
              <EmailSection email={me.user.email ?? ''} waiting={query.data.newEmail} onChanged={changed} />
              {query.data.hasPassword && <PasswordSection />}
              <SecondFactorSection security={query.data} onChanged={changed} />
              <PasskeysSection security={query.data} onChanged={changed} />
              {me.audience === 'staff' && <ProviderButtons of={{ accountId: me.account.id }} link />}
            </>
          )}
          {!byProvider && <SessionsSection />}
          <Section title={t`The page`}>
            <div className={classes.preferences}>
              <Preferences />
            </div>
          </Section>
        </div>
        {can('users:manage') && (
          <div>
            <OwnershipSection />
          </div>
        )}
        <div>
          <Button
            variant="default"
            leftSection={<Icon name="signOut" />}
            onClick={() => void signOut()}
          >{t`Sign out`}</Button>
        </div>
      </div>
    </>
  )
}
