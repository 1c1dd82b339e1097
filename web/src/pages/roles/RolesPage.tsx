import { Trans, useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Empty, ProblemState, Skeleton } from '../../ui/states.tsx'
import { RoleMatrix } from './RoleMatrix.tsx'
import classes from './roles.module.css'
import type { RoleAudience } from './search.ts'
import { useRoles } from './useRoles.ts'

const route = getRouteApi('/in/settings/roles')

export default function RolesPage() {
  const { t } = useLingui()
  const can = useCan()
  const navigate = route.useNavigate()
  const { for: audience = 'staff' } = route.useSearch()
  const roles = useRoles()
  const shown = roles.data?.items.filter((role) => role.audience === audience) ?? []
  return (
    <>
      <SettingsTabs />
      <PageHeader
        title={t`Roles`}
        explanation={
          <>
            <Trans>What each role may do. The server decides by this very table.</Trans>{' '}
            <Link {...paths.roleGuide()}>
              <Trans>Read it as a guide</Trans>
            </Link>
          </>
        }
        action={
          can('roles:manage') && (
            <Button
              onClick={() => void navigate(paths.newRole())}
              leftSection={<Icon name="plus" />}
            >{t`Make a role`}</Button>
          )
        }
      />
      <div className={classes.page}>
        <SegmentedControl
          className={classes.audiences}
          aria-label={t`Whose roles`}
          value={audience}
          onChange={(value) => void navigate({ search: { for: value as RoleAudience }, replace: true })}
          data={[
            { value: 'staff', label: t`Staff` },
            { value: 'supplier', label: t`Suppliers` },
            { value: 'client', label: t`Clients` },
          ]}
        />
        {roles.isPending && <Skeleton lines={12} />}
        {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
        {roles.data && shown.length === 0 && <Empty icon="users" title={t`No roles here`} />}
        {shown.length > 0 && <RoleMatrix roles={shown} waiting={roles.data!.waiting} />}
      </div>
    </>
  )
}
