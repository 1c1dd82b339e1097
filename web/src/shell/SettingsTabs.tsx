import { useLingui } from '@lingui/react/macro'
import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCan, useMe } from '../me.ts'
import { useOpenRequests } from '../pages/people/useRequests.ts'
import { paths } from '../paths.ts'
import classes from './SettingsTabs.module.css'

/** The pages of the account's profile, for whom there is more than his own. */
export function SettingsTabs() {
  const { t } = useLingui()
  const can = useCan()
  const open = useOpenRequests()
  const ofHouse = useMe().audience === 'staff'
  if (!ofHouse || (!can('users:read') && !can('outbox:read') && !can('jobs:read'))) return null
  return (
    <nav className={classes.tabs} aria-label={t`Settings`}>
      {can('users:read') && <Link {...paths.users()}>{t`Users`}</Link>}
      {can('users:manage') && (
        <Link {...paths.accessRequests()}>
          {t`Access requests`} {open > 0 && <Badge size="xs">{open}</Badge>}
        </Link>
      )}
      {can('users:read') && <Link {...paths.roles()}>{t`Roles`}</Link>}
      {can('keys:manage') && <Link {...paths.keys()}>{t`API keys`}</Link>}
      {can('sign-in:manage') && <Link {...paths.signInSettings()}>{t`Sign-in`}</Link>}
      {(can('portal:manage') || can('portal:brand')) && <Link {...paths.portalSettings()}>{t`Customer Portal`}</Link>}
      {can('stores:edit') && <Link {...paths.stores()}>{t`Stores`}</Link>}
      {can('outbox:read') && <Link {...paths.outbox()}>{t`Outbox`}</Link>}
      {can('jobs:read') && <Link {...paths.jobs()}>{t`Jobs`}</Link>}
      {can('warehouses:edit') && <Link {...paths.warehouses()}>{t`Warehouses`}</Link>}
      {can('audit:read') && <Link {...paths.audit()}>{t`Audit log`}</Link>}
      {can('privacy:manage') && <Link {...paths.privacy()}>{t`Privacy`}</Link>}
      <Link {...paths.myAccount()}>{t`My account`}</Link>
      <Link {...paths.myAccess()}>{t`My permissions`}</Link>
    </nav>
  )
}
