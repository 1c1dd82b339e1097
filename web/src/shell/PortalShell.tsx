import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../me.ts'
import { paths } from '../paths.ts'
import { portal } from '../portal.ts'
import { Icon } from '../ui/Icon.tsx'
import { OfflineBar } from '../ui/OfflineBar.tsx'
import { portalNav } from './nav.ts'
import { PortalBrand } from './PortalBrand.tsx'
import classes from './PortalShell.module.css'
import { SkipLink } from './SkipLink.tsx'
import { UserMenu } from './UserMenu.tsx'
import { useNav } from './useNav.ts'

/** The client's face: the portal's own mark, plain words, and on a phone the pages within reach of the thumb. */
export function PortalShell({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const me = useMe()
  const nav = useNav(portalNav)
  return (
    <div className={classes.shell}>
      <SkipLink />
      <OfflineBar />
      <header className={classes.bar}>
        <Link {...paths.home()} className={classes.brand}>
          <PortalBrand name={portal?.name ?? me.account.name} />
        </Link>
        <nav aria-label={t`Main`} className={classes.nav}>
          {nav.map((entry) => (
            <Link key={entry.letter} {...entry.link} className={classes.link}>
              <Icon name={entry.icon} />
              <span>{entry.name}</span>
            </Link>
          ))}
          <Link {...paths.myAccount()} className={classes.link}>
            <Icon name="person" />
            <span>{t`Account`}</span>
          </Link>
        </nav>
        <div className={classes.user}>
          <span className={classes.party}>{me.party?.name}</span>
          <UserMenu compact />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      {portal && (portal.support || portal.footer) && (
        <footer className={classes.foot}>
          {portal.support && <span>{portal.support}</span>}
          {portal.footer && <span>{portal.footer}</span>}
        </footer>
      )}
    </div>
  )
}
