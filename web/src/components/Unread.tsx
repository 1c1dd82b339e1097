import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Icon } from '../ui/Icon.tsx'
import classes from './Unread.module.css'

/** How many comments of the other side one has not read; nothing where there is none. */
export function Unread({ value }: { value: number | undefined }) {
  const { t } = useLingui()
  if (!value) return null
  const words = t`${plural(value, { one: '# unread comment', other: '# unread comments' })}`
  return (
    <span className={classes.unread} title={words}>
      <Icon name="comment" size={12} />
      <span aria-hidden="true">{value}</span>
      <span className={classes.heard}>{words}</span>
    </span>
  )
}
