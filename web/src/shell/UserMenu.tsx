import { useLingui } from '@lingui/react/macro'
import { Badge, Popover } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRoleName } from '../components/roles.ts'
import { useCan, useMe } from '../me.ts'
import { useOpenRequests } from '../pages/people/useRequests.ts'
import { paths } from '../paths.ts'
import { Icon } from '../ui/Icon.tsx'
import { portalMore } from './nav.ts'
import { PlaceSwitch } from './PlaceSwitch.tsx'
import { Preferences } from './Preferences.tsx'
import classes from './UserMenu.module.css'
import { useNav } from './useNav.ts'
import { useSignOut } from './useSignOut.ts'

type Props = { compact?: boolean; onShortcuts?: () => void }

/** Who is signed in, how the page looks, and the way out. */
export function UserMenu({ compact = false, onShortcuts }: Props) {
  const { t } = useLingui()
  const me = useMe()
  const can = useCan()
  const [opened, setOpened] = useState(false)
  const roleName = useRoleName()
  const signOut = useSignOut()
  const asked = useOpenRequests()
  const more = useNav(me.audience === 'client' ? portalMore : [])
  return (
    <Popover width={264} position="top-start" opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.target}
          aria-label={t`Account of ${me.user.name}`}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.initials} aria-hidden="true">
            {initials(me.user.name)}
          </span>
          {!compact && (
            <span className={classes.who}>
              <span className={classes.name}>{me.user.name}</span>
              <span className={classes.role}>{roleName(me.role)}</span>
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={t`Account of ${me.user.name}`}>
        <div className={classes.head}>
          <div className={classes.name}>{me.user.name}</div>
          <div className={classes.role}>{me.user.email}</div>
        </div>
        <PlaceSwitch />
        <Preferences />
        <div className={classes.actions}>
          <Link {...paths.myAccount()} onClick={() => setOpened(false)}>
            <Icon name="person" />
            <span>{t`My account`}</span>
          </Link>
          <Link {...paths.myAccess()} onClick={() => setOpened(false)}>
            <Icon name="lock" />
            <span>{t`My permissions`}</span>
          </Link>
          {more.map((entry) => (
            <Link key={entry.letter} {...entry.link} onClick={() => setOpened(false)}>
              <Icon name={entry.icon} />
              <span>{entry.name}</span>
            </Link>
          ))}
          {can('users:read') && (
            <Link {...paths.users()} onClick={() => setOpened(false)}>
              <Icon name="users" />
              <span>{t`Users`}</span>
              {asked > 0 && <Badge size="sm">{asked}</Badge>}
            </Link>
          )}
          {onShortcuts && (
            <button
              type="button"
              onClick={() => {
                setOpened(false)
                onShortcuts()
              }}
            >
              <Icon name="keyboard" />
              <span>{t`Keyboard shortcuts`}</span>
              <kbd>?</kbd>
            </button>
          )}
          <button type="button" onClick={() => void signOut()}>
            <Icon name="signOut" />
            <span>{t`Sign out`}</span>
          </button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .filter((_, place, all) => place === 0 || place === all.length - 1)
    .join('')
    .toUpperCase()
