import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import classes from './SidePanel.module.css'
import { useShortcut } from './shortcuts.tsx'

type Props = {
  title: ReactNode
  /** For those who hear the page: "Order SO-1043". */
  label: string
  onClose: () => void
  /** Beside the title: open the whole page, the next and the one before. */
  tools?: ReactNode
  /** Fixed at the bottom: what can be done. */
  actions?: ReactNode
  children: ReactNode
}

/**
 * The details of a row beside its list. The focus stays in the list, so that j and k go on to the next; Escape closes.
 * On a narrow screen it covers the list.
 */
export function SidePanel({ title, label, onClose, tools, actions, children }: Props) {
  const { t } = useLingui()
  useShortcut({ keys: 'Escape', label: t`Close the panel`, group: t`List`, run: onClose })
  return (
    <section className={classes.panel} aria-label={label}>
      <header className={classes.head}>
        <h2>{title}</h2>
        {tools}
        <button type="button" className={classes.close} aria-label={t`Close the panel`} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className={classes.body}>{children}</div>
      {actions && <footer className={classes.actions}>{actions}</footer>}
    </section>
  )
}
