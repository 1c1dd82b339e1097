import { useLingui } from '@lingui/react/macro'
import classes from './UndoWords.module.css'

/** What was done, and the way back beside it. */
export function UndoWords({ message, undo }: { message: string; undo: () => void }) {
  const { t } = useLingui()
  return (
    <span className={classes.undo}>
      {message}
      <button type="button" onClick={undo}>{t`Undo`}</button>
    </span>
  )
}
