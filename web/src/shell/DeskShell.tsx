import { useLingui } from '@lingui/react/macro'
import { Drawer, Tooltip } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useMe } from '../me.ts'
import { Icon } from '../ui/Icon.tsx'
import { OfflineBar } from '../ui/OfflineBar.tsx'
import { useShortcut } from '../ui/shortcuts.tsx'
import { useSidebar } from './appearance.ts'
import { Brand } from './Brand.tsx'
import classes from './DeskShell.module.css'
import { deskNav, type NavEntry } from './nav.ts'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { SkipLink } from './SkipLink.tsx'
import { UserMenu } from './UserMenu.tsx'
import { useNav } from './useNav.ts'

/** The desk: dense, keyboard first. The sidebar folds to its icons and becomes a drawer on a narrow screen. */
export function DeskShell({ children, entries = deskNav }: { children: ReactNode; entries?: NavEntry[] }) {
  const { t } = useLingui()
  const [folded, fold] = useSidebar()
  const [drawer, setDrawer] = useState(false)
  const [sheet, setSheet] = useState(false)
  useShortcut({ keys: '?', label: t`Show the keyboard shortcuts`, group: t`Everywhere`, run: () => setSheet(true) })
  return (
    <div className={classes.shell}>
      <SkipLink />
      <OfflineBar />
      <header className={classes.narrow}>
        <button type="button" className={classes.tool} aria-label={t`Open the menu`} onClick={() => setDrawer(true)}>
          <Icon name="menu" />
        </button>
        <Brand />
      </header>
      <aside className={classes.sidebar} aria-label={t`Sidebar`}>
        <div className={classes.top}>
          <Brand markOnly={folded} />
          <button
            type="button"
            className={classes.tool}
            aria-label={folded ? t`Unfold the sidebar` : t`Fold the sidebar`}
            aria-expanded={!folded}
            onClick={fold}
          >
            <Icon name="fold" />
          </button>
        </div>
        <Nav folded={folded} entries={entries} />
        <UserMenu compact={folded} onShortcuts={() => setSheet(true)} />
      </aside>
      <Drawer
        opened={drawer}
        onClose={() => setDrawer(false)}
        size={264}
        title={<Brand />}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <Nav folded={false} entries={entries} onGo={() => setDrawer(false)} />
        <UserMenu />
      </Drawer>
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
    </div>
  )
}

function Nav({ folded, entries, onGo }: { folded: boolean; entries: NavEntry[]; onGo?: () => void }) {
  const { t } = useLingui()
  const me = useMe()
  const nav = useNav(entries)
  return (
    <nav className={classes.nav} aria-label={t`Main`}>
      {!folded && (
        <div className={classes.account} title={me.account.name}>
          {me.account.name}
        </div>
      )}
      {nav.map((entry) => (
        <Tooltip key={entry.letter} label={entry.name} position="right" disabled={!folded}>
          <Link {...entry.link} className={classes.link} onClick={onGo}>
            <Icon name={entry.icon} />
            <span className={folded ? 'visually-hidden' : undefined}>{entry.name}</span>
          </Link>
        </Tooltip>
      ))}
      {nav.map((entry) => (
        <GoShortcut key={entry.letter} {...entry} />
      ))}
    </nav>
  )
}

function GoShortcut({ name, link, letter }: ReturnType<typeof useNav>[number]) {
  const { t } = useLingui()
  const navigate = useNavigate()
  useShortcut({ keys: `g ${letter}`, label: name, group: t`Go to`, run: () => void navigate(link) })
  return null
}
