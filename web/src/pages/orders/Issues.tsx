import { useLingui } from '@lingui/react/macro'
import { Icon } from '../../ui/Icon.tsx'
import classes from './Issues.module.css'
import { issueWords } from './issues.ts'

/** What a person must look at, in a word; more than one shows the first and how many more. */
export function Issues({ kinds }: { kinds: string[] }) {
  const { i18n } = useLingui()
  const [first, ...more] = kinds.map((kind) => {
    const word = issueWords[kind]
    return word ? i18n._(word) : kind
  })
  if (!first) return <>—</>
  return (
    <span className={classes.issue} title={[first, ...more].join(', ')}>
      <Icon name="warning" size={14} />
      {first}
      {more.length > 0 && ` +${more.length}`}
    </span>
  )
}
