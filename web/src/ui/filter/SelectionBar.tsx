import { Plural, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Icon } from '../Icon.tsx'
import { useShortcut } from '../shortcuts.tsx'
import classes from './FilterBar.module.css'

type Props = {
  count: number
  onClear: () => void
  /** The actions, the most used first, the rest in a menu. */
  children: ReactNode
}

/** Takes the place of the filter bar while rows are selected: how many, and what can be done with them. */
export function SelectionBar({ count, onClear, children }: Props) {
  const { t } = useLingui()
  useShortcut({ keys: 'Escape', label: t`Clear the selection`, group: t`List`, run: onClear })
  return (
    <div className={classes.bar} data-selection>
      <button type="button" className={classes.clear} aria-label={t`Clear the selection`} onClick={onClear}>
        <Icon name="close" />
      </button>
      <strong role="status" className={classes.chosen}>
        <Plural value={count} one="# selected" other="# selected" />
      </strong>
      {children}
    </div>
  )
}
