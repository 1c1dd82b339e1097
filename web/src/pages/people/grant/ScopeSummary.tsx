import { useLingui } from '@lingui/react/macro'
import classes from './grant.module.css'
import type { Scope } from './scope.ts'
import { useScopeLines } from './useScopeWords.ts'

/** What somebody's access is narrowed to, line by line. */
export function ScopeSummary({ scope }: { scope: Scope }) {
  const { t } = useLingui()
  const lines = useScopeLines()(scope)
  if (lines.length === 0) return <div className={classes.quiet}>{t`Access to everything the role is for`}</div>
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
