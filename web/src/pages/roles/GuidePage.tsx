import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRoleName } from '../../components/roles.ts'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { roleWords } from '../people/role-words.ts'
import { RoleRights } from './RoleRights.tsx'
import classes from './roles.module.css'
import { useRoles } from './useRoles.ts'

/** What each role can and cannot do, from the table by which the server decides. Made to be printed too. */
export default function GuidePage() {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const roles = useRoles()
  return (
    <>
      <SettingsTabs />
      <PageHeader
        back={<Link {...paths.roles()}>{t`Roles`}</Link>}
        title={t`Guide to the roles`}
        explanation={t`What each role can and cannot do, as it stands now in your account.`}
        action={
          <Button
            variant="default"
            leftSection={<Icon name="print" />}
            onClick={() => window.print()}
          >{t`Print`}</Button>
        }
      />
      <div className={classes.guide}>
        {roles.isPending && <Skeleton lines={12} />}
        {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
        <p className={classes.quiet}>
          <Trans>
            A role says what somebody may do; the access given to the person says with which stores, warehouses and
            suppliers. A change counts from the next request.
          </Trans>
        </p>
        {roles.data?.items.map((role) => {
          const words = roleWords[role.slug]
          const about = words ? i18n._(words) : role.description
          return (
            <Section key={role.id} title={roleName(role)}>
              {about && <p className={classes.quiet}>{about}</p>}
              {role.secondFactor && (
                <p className={classes.quiet}>
                  <Trans>A second factor is required.</Trans>
                </p>
              )}
              <RoleRights role={role} roles={roles.data.items} waiting={roles.data.waiting} />
            </Section>
          )
        })}
      </div>
    </>
  )
}
