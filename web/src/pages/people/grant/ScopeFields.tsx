import { useLingui } from '@lingui/react/macro'
import { Checkbox, MultiSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Controller, useFormContext } from 'react-hook-form'
import { useProblemOf } from '../../../ui/form/fields.tsx'
import { ProblemNote } from '../../../ui/states.tsx'
import classes from './grant.module.css'
import { HoursField } from './HoursField.tsx'
import { type Audience, choicesQuery, kindsFor } from './scope.ts'
import { useKindName } from './useScopeWords.ts'

type Props = {
  audience: Audience
  partyId?: string | null
  ofKey?: boolean
  lastDayRequired?: boolean
  /** What, and neither whose nor when. */
  listsOnly?: boolean
}

/** The fields of a scope in a form that holds it as `scope`: what of the account somebody has access to, and when. Of a key: no hours. */
export function ScopeFields({ audience, partyId, ofKey = false, lastDayRequired = false, listsOnly = false }: Props) {
  const { t } = useLingui()
  const kindName = useKindName()
  const { control, register } = useFormContext()
  const choices = useQuery(choicesQuery)
  const problem = useProblemOf()
  const problemOf = (field: string) => problem(`scope.${field}`)
  const options = (kind: (typeof kindsFor)['staff'][number]) =>
    (choices.data?.[kind] ?? [])
      .filter((one) => audience !== 'client' || !('clientId' in one) || !one.clientId || one.clientId === partyId)
      .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <fieldset className={classes.scope}>
      <legend>{t`Access to`}</legend>
      {choices.isError && <ProblemNote problem={choices.error} />}
      {kindsFor[audience].map((kind) => (
        <Controller
          key={kind}
          name={`scope.${kind}`}
          control={control}
          render={({ field: { ref, value, onChange, onBlur } }) => (
            <MultiSelect
              ref={ref}
              label={kindName(kind)}
              data={options(kind)}
              value={value}
              onChange={onChange}
              onBlur={onBlur}
              placeholder={
                value.length > 0
                  ? undefined
                  : audience === 'staff'
                    ? t({ message: 'All', context: 'what a scope is narrowed to' })
                    : t`Choose at least one`
              }
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t`Take all away` }}
              error={problemOf(kind)}
            />
          )}
        />
      ))}
      {audience !== 'client' && !ofKey && !listsOnly && (
        <Controller
          name="scope.ownOnly"
          control={control}
          render={({ field: { value, onChange } }) => (
            <Checkbox
              label={t`Only what is assigned to the person`}
              checked={value}
              onChange={({ currentTarget }) => onChange(currentTarget.checked)}
              error={problemOf('ownOnly')}
            />
          )}
        />
      )}
      {!listsOnly && (
        <div className={classes.window}>
          <TextInput type="date" label={t`First day`} {...register('scope.from')} error={problemOf('from')} />
          <TextInput
            type="date"
            label={t`Last day`}
            {...register('scope.until', { required: lastDayRequired ? t`Fill this in.` : false })}
            error={problemOf('until')}
          />
        </div>
      )}
      {!ofKey && !listsOnly && (
        <Controller
          name="scope.hours"
          control={control}
          render={({ field: { value, onChange } }) => (
            <HoursField value={value} onChange={onChange} error={problemOf('hours')} />
          )}
        />
      )}
    </fieldset>
  )
}
