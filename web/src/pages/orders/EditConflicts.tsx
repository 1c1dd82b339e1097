import { useLingui } from '@lingui/react/macro'
import { Radio } from '@mantine/core'
import { useFormContext, useWatch } from 'react-hook-form'
import { useFormat } from '../../components/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { EditPath } from '../../words.ts'
import classes from './EditOrder.module.css'
import { editWords } from './edit-words.ts'

export type Conflict = { path: EditPath; yours: unknown; theirs: unknown }

/** Both values of each field that two people changed at once; nothing is overwritten before one is chosen. */
export function EditConflicts({ conflicts }: { conflicts: Conflict[] }) {
  const { t } = useLingui()
  return (
    <div role="alert" className={classes.conflicts}>
      <p>
        <Icon name="warning" /> <strong>{t`Somebody saved this order while you were editing.`}</strong>{' '}
        {t`Choose what shall stand, then save again.`}
      </p>
      {conflicts.map((conflict) => (
        <Choice key={conflict.path} {...conflict} />
      ))}
    </div>
  )
}

function Choice({ path, yours, theirs }: Conflict) {
  const { t, i18n } = useLingui()
  const { setValue } = useFormContext()
  const shown = useShown(path)
  const chosen = useWatch({ name: path }) === theirs ? 'theirs' : 'yours'
  return (
    <Radio.Group
      label={i18n._(editWords[path])}
      value={chosen}
      onChange={(whose) => setValue(path, whose === 'theirs' ? theirs : yours, { shouldDirty: true })}
    >
      <div className={classes.choices}>
        <Radio value="yours" size="xs" label={t`Yours: ${shown(yours)}`} />
        <Radio value="theirs" size="xs" label={t`Saved by now: ${shown(theirs)}`} />
      </div>
    </Radio.Group>
  )
}

function useShown(path: EditPath) {
  const { t } = useLingui()
  const { country, day } = useFormat()
  return (value: unknown) => {
    if (value === true || value === false) return value ? t`Yes` : t`No`
    if (value === '') return '—'
    if (path === 'recipient.country') return country(String(value))
    return path === 'shipBy' ? day(String(value)) : String(value)
  }
}
