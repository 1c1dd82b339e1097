import { useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Chip, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../../../ui/Icon.tsx'
import classes from './grant.module.css'
import { type Hours, type Shift, toHours, toShifts, weekdays } from './hours.ts'
import { useDayName } from './useScopeWords.ts'

type Props = { value: Hours; onChange: (hours: Hours) => void; error?: string | undefined }
const office: Shift = { days: [1, 2, 3, 4, 5], from: '09:00', until: '18:00' }

/** When in the week somebody may work, by the clock of the account: none is always. */
export function HoursField({ value, onChange, error }: Props) {
  const { t } = useLingui()
  const [shifts, setShifts] = useState(() => toShifts(value))
  const set = (next: Shift[]) => {
    setShifts(next)
    onChange(toHours(next))
  }
  return (
    <div className={classes.hours}>
      <Checkbox
        label={t`Only at certain hours`}
        description={t`By the clock of your account. Outside of them, nothing opens.`}
        checked={shifts.length > 0}
        onChange={({ currentTarget }) => set(currentTarget.checked ? [office] : [])}
        error={error}
      />
      {shifts.map((shift, place) => (
        <ShiftRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          key={place}
          shift={shift}
          onChange={(next) => set(shifts.map((one, at) => (at === place ? next : one)))}
          onRemove={() => set(shifts.filter((_, at) => at !== place))}
        />
      ))}
      {shifts.length > 0 && (
        <Button
          className={classes.more}
          size="xs"
          variant="default"
          onClick={() => set([...shifts, { ...office, days: [6] }])}
        >{t`Add other hours`}</Button>
      )}
    </div>
  )
}

type RowProps = { shift: Shift; onChange: (shift: Shift) => void; onRemove: () => void }

function ShiftRow({ shift, onChange, onRemove }: RowProps) {
  const { t } = useLingui()
  const dayName = useDayName()
  const isNight = shift.until !== '24:00' && shift.until !== '00:00' && shift.until <= shift.from
  return (
    <fieldset className={classes.shift} aria-label={t`Hours`}>
      <Chip.Group
        multiple
        value={shift.days.map(String)}
        onChange={(days) => days.length > 0 && onChange({ ...shift, days: days.map(Number).sort((a, b) => a - b) })}
      >
        <div className={classes.days}>
          {weekdays.map((day) => (
            <Chip key={day} size="xs" value={String(day)} aria-label={dayName(day, 'long')}>
              {dayName(day, 'short')}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <div className={classes.clock}>
        <TextInput
          type="time"
          label={t({ message: 'From', context: 'a time of day' })}
          value={shift.from}
          onChange={({ currentTarget }) => currentTarget.value && onChange({ ...shift, from: currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t({ message: 'Until', context: 'a time of day' })}
          value={shift.until === '24:00' ? '00:00' : shift.until}
          onChange={({ currentTarget }) => currentTarget.value && onChange({ ...shift, until: currentTarget.value })}
        />
        <Button variant="default" aria-label={t`Remove these hours`} onClick={onRemove}>
          <Icon name="close" />
        </Button>
      </div>
      {isNight && <p className={classes.quiet}>{t`Ends on the next day.`}</p>}
    </fieldset>
  )
}
