import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useRoleName } from '../../components/roles.ts'
import { useCan, useMe } from '../../me.ts'
import { Preferences } from '../../shell/Preferences.tsx'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { useSignOut } from '../../shell/useSignOut.ts'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Facts, Section } from '../../ui/Section.tsx'
import { OwnershipSection } from '../roles/OwnershipSection.tsx'
import classes from './people.module.css'

export default function MyAccountPage() {
  const { t } = useLingui()
  const me = useMe()
  const roleName = useRoleName()
  const signOut = useSignOut()
  const can = useCan()
  return (
    <>
      <SettingsTabs />
      <PageHeader title={t`My account`} explanation={t`How you are known here, and how the page looks to you.`} />
      <div className={classes.narrow}>
        <div>
          <Section title={t`You`}>
            <Facts
              facts={[
                [t`Name`, me.user.name],
                [t`E-mail`, me.user.email],
                [t`Role`, roleName(me.role)],
                [t`Company`, me.party?.name],
                [t`Account`, me.account.name],
              ]}
            />
          </Section>
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
