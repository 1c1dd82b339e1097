import { Trans } from '@lingui/react/macro'
import classes from './Audit.module.css'
import { oldAndNew, valueText } from './entry-words.ts'
import type { Entry } from './useAudit.ts'

/** What changed, field by field, old and new; the names alone where the values are not there for the reader. */
export function Changes({ entry }: { entry: Entry }) {
  if (entry.fields.length === 0) return null
  if (!entry.changes)
    return (
      <p className={classes.quiet}>
        <Trans>Changed: {entry.fields.join(', ')}. The values are not shown to you, or were erased.</Trans>
      </p>
    )
  return (
    <dl className={classes.changes}>
      {Object.entries(entry.changes).map(([field, value]) => {
        const { from, to } = oldAndNew(value)
        return (
          <div key={field}>
            <dt>{field}</dt>
            <dd>
              {from !== undefined && (
                <>
                  <del>{valueText(from)}</del> →{' '}
                </>
              )}
              {valueText(to)}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
