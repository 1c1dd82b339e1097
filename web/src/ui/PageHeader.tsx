import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'
import { useTitle } from './useTitle.ts'

type Props = {
  title: string
  /** One line under the title that says what the page is for. */
  explanation?: ReactNode
  /** The one primary action, top right; beside it at most some quiet ones. */
  action?: ReactNode
  /** Above the title: the way back. */
  back?: ReactNode
}

export function PageHeader({ title, explanation, action, back }: Props) {
  useTitle(title)
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back}
        <h1>{title}</h1>
        {explanation && <p className={classes.explanation}>{explanation}</p>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </header>
  )
}
