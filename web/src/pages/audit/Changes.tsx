import { Trans } from '@lingui/react/macro'
import classes from './Audit.module.css'
import { oldAndNew, valueText } from './entry-words.ts'
import { fieldName, isShown } from './field-words.ts'
import type { Entry } from './useAudit.ts'

/** What changed, field by field, old and new; the names alone where the values are not there for the reader. */
export function Changes({ entry }: { entry: Entry }) {
  const fields = entry.fields.filter(isShown)
  if (fields.length === 0) return null
  const names = fields.map(fieldName).join(', ')
  if (!entry.changes)
    return (
      <p className={classes.quiet}>
        <Trans>Changed: {names}. The values are not shown to you, or were erased.</Trans>
      </p>
    )
  return (
    <dl className={classes.changes}>
      {fields.map((field) => {
        const value = entry.changes![field]
        const { from, to } = oldAndNew(value)
        return (
          <div key={field}>
            <dt>{fieldName(field)}</dt>
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
