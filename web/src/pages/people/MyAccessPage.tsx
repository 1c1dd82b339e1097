import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMe } from '../../me.ts'
import { portal } from '../../portal.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { AskForAccess, MyRequests } from './AskForAccess.tsx'
import { Fields, Permissions, Scope } from './RightsView.tsx'
import classes from './rights.module.css'
import { myAccessQuery } from './useSight.ts'

const route = getRouteApi('/in/settings/access')

/** What I may do and see, until when, and how to ask for more. */
export default function MyAccessPage() {
  const { t } = useLingui()
  const { viewing, account } = useMe()
  const place = portal?.name ?? account.name
  const { permission, page } = route.useSearch()
  const access = useQuery(myAccessQuery)
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`My permissions`}
        explanation={t`What you can do and see in ${place}, and how to ask for more.`}
      />
      <div className={classes.page}>
        {!viewing && <AskForAccess permission={permission} page={page} />}
        {!viewing && <MyRequests />}
        {access.isPending && <Skeleton lines={8} />}
        {access.isError && <ProblemState problem={access.error} onRetry={() => void access.refetch()} />}
        {access.data && (
          <>
            <Section title={t`Access to`}>
              <Scope rights={access.data} />
            </Section>
            <Section title={t`Fields`}>
              <Fields rights={access.data} />
            </Section>
            <Section title={t`Permissions`}>
              <Permissions rights={access.data} />
            </Section>
          </>
        )}
      </div>
    </>
  )
}
