import { useLingui } from '@lingui/react/macro'
import classes from './grant.module.css'
import type { Audience, Scope } from './scope.ts'
import { useScopeLines } from './useScopeWords.ts'

/** What somebody's access is narrowed to, line by line. */
export function ScopeSummary({ scope, audience }: { scope: Scope; audience: Audience }) {
  const { t } = useLingui()
  const lines = useScopeLines()(scope)
  if (lines.length === 0)
    return (
      <div className={classes.quiet}>
        {audience === 'supplier' ? t`What is assigned to the company` : t`Access to everything the role is for`}
      </div>
    )
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
