import { useLingui } from '@lingui/react/macro'
import { Radio } from '@mantine/core'
import { useFormContext, useWatch } from 'react-hook-form'
import { Icon } from '../Icon.tsx'
import classes from './Conflicts.module.css'
import { type Conflict, isSame } from './useEdit.ts'

type Words = {
  conflicts: Conflict[]
  /** What a field is called, and how a value of it reads. */
  label: (path: string) => string
  shown?: (value: unknown, path: string) => string
}
type Choosing = Words & { current: (path: string) => unknown; onChoose: (path: string, value: unknown) => void }

/** Both values of each field that two people changed at once; nothing is overwritten before one is chosen. */
export function Conflicts({ conflicts, label, shown = String, current, onChoose }: Choosing) {
  const { t } = useLingui()
  const words = (value: unknown, path: string) => {
    if (value === true || value === false) return value ? t`Yes` : t`No`
    const text = shown(value, path)
    return text === '' ? '—' : text
  }
  if (conflicts.length === 0) return null
  return (
    <div role="alert" className={classes.conflicts}>
      <p>
        <Icon name="warning" /> <strong>{t`Somebody saved this while you were editing.`}</strong>{' '}
        {t`Choose what shall stand, then save again.`}
      </p>
      {conflicts.map(({ path, yours, theirs }) => (
        <Radio.Group
          key={path}
          label={label(path)}
          value={isSame(current(path), theirs) ? 'theirs' : 'yours'}
          onChange={(whose) => onChoose(path, whose === 'theirs' ? theirs : yours)}
        >
          <div className={classes.choices}>
            <Radio value="yours" size="xs" label={t`Yours: ${words(yours, path)}`} />
            <Radio value="theirs" size="xs" label={t`Saved by now: ${words(theirs, path)}`} />
          </div>
        </Radio.Group>
      ))}
    </div>
  )
}

/** The same in a form: what is chosen stands in its fields. */
export function FormConflicts(words: Words) {
  const { setValue } = useFormContext()
  const values: unknown[] = useWatch({ name: words.conflicts.map(({ path }) => path) })
  return (
    <Conflicts
      {...words}
      current={(path) => values[words.conflicts.findIndex((conflict) => conflict.path === path)]}
      onChoose={(path, value) => setValue(path, value, { shouldDirty: true })}
    />
  )
}
