import { useLingui } from '@lingui/react/macro'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../me.ts'
import { paths } from '../paths.ts'
import { Icon } from '../ui/Icon.tsx'
import { OfflineBar } from '../ui/OfflineBar.tsx'
import { supplierNav } from './nav.ts'
import { SkipLink } from './SkipLink.tsx'
import classes from './SupplierShell.module.css'
import { UserMenu } from './UserMenu.tsx'
import { useNav } from './useNav.ts'

/** The supplier's face: phone first, big targets, the merchant's name on top and nothing but the work below. */
export function SupplierShell({ children }: { children: ReactNode }) {
  const { t } = useLingui()
  const me = useMe()
  const nav = useNav(supplierNav)
  const here = useLocation({ select: ({ pathname }) => pathname })
  return (
    <div className={classes.shell}>
      <SkipLink />
      <OfflineBar />
      <header className={classes.bar}>
        <Link {...paths.home()} className={classes.names}>
          <span className={classes.party}>{me.party?.name}</span>
          <span className={classes.merchant}>{t`for ${me.account.name}`}</span>
        </Link>
        {/* The one page of most needs no way to itself. */}
        {(nav.length > 1 || nav.some(({ link }) => link.to !== here)) && (
          <nav aria-label={t`Main`} className={classes.nav}>
            {nav.map((entry) => (
              <Link key={entry.letter} {...entry.link} className={classes.link}>
                <Icon name={entry.icon} />
                {entry.name}
              </Link>
            ))}
          </nav>
        )}
        <div className={classes.user}>
          <UserMenu compact />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  )
}
