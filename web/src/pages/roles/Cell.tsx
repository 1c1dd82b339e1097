import { useLingui } from '@lingui/react/macro'
import { Icon } from '../../ui/Icon.tsx'
import classes from './roles.module.css'

export type Mark = 'yes' | 'no' | 'on' | 'off' | 'added' | 'removed' | 'waits'

/** Whether a role may, as a sign with its word for those who hear the page. */
export function Cell({ mark, silent = false }: { mark: Mark; silent?: boolean }) {
  const { t } = useLingui()
  const words: Record<Mark, string> = {
    yes: t`may`,
    no: t`may not`,
    on: t`switched on`,
    off: t`can be switched on`,
    added: t`may, added`,
    removed: t`may not, taken away`,
    waits: t`not here yet`,
  }
  return (
    <span className={classes.cell} data-mark={mark} title={silent ? undefined : words[mark]}>
      {mark === 'waits' ? <Icon name="clock" size={14} /> : isHeld(mark) ? <Icon name="check" size={14} /> : '−'}
      {!silent && <span className="visually-hidden">{words[mark]}</span>}
    </span>
  )
}

const isHeld = (mark: Mark) => mark === 'yes' || mark === 'on' || mark === 'added'
