import { useLingui } from '@lingui/react/macro'
import { MultiSelect } from '@mantine/core'
import { Controller, get, useFormContext } from 'react-hook-form'
import { useRoleName } from '../../components/roles.ts'
import { fieldWords } from '../../ui/field-words.ts'
import { SelectField } from '../../ui/form/fields.tsx'
import { roleWords } from '../people/role-words.ts'

export type GrantValues = { role: string; stores: string[]; warehouses: string[] }
type Choice = { id: string; name: string }
type Props = { roles: { slug: string; name: string }[]; stores: Choice[]; warehouses: Choice[] }

/** Role, stores and warehouses of somebody at a client, at least one of each of the latter. */
export function GrantFields({ roles, stores, warehouses }: Props) {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const { watch } = useFormContext<GrantValues>()
  const words = roleWords[watch('role')]
  return (
    <>
      <SelectField
        name="role"
        label={t`Role`}
        help={words && i18n._(words)}
        data={roles.map((role) => ({ value: role.slug, label: roleName(role) }))}
        required
      />
      <Many name="stores" label={t`Stores`} choices={stores} empty={t`The client has no store yet: make one first.`} />
      <Many name="warehouses" label={t`Warehouses`} choices={warehouses} />
    </>
  )
}

type ManyProps = { name: 'stores' | 'warehouses'; label: string; choices: Choice[]; empty?: string }

function Many({ name, label, choices, empty }: ManyProps) {
  const { t, i18n } = useLingui()
  const { control, formState } = useFormContext<GrantValues>()
  const problem = get(formState.errors, name) as { message?: string; type?: string } | undefined
  const said = problem?.type === 'server' ? fieldWords(problem.message ?? '') : problem?.message
  const error = typeof said === 'object' ? i18n._(said) : said
  const all = choices.map(({ id }) => id)
  return (
    <Controller
      name={name}
      control={control}
      rules={{ validate: (value) => (value as string[]).length > 0 || t`Choose at least one.` }}
      render={({ field: { ref, value, onChange, onBlur } }) => (
        <MultiSelect
          ref={ref}
          label={label}
          data={[
            ...(choices.length > 1 ? [{ value: 'all', label: t`Select all` }] : []),
            ...choices.map(({ id, name: shown }) => ({ value: id, label: shown })),
          ]}
          value={value as string[]}
          onChange={(values) => onChange(values.includes('all') ? all : values)}
          onBlur={onBlur}
          placeholder={(value as string[]).length > 0 ? undefined : t`Choose at least one`}
          description={choices.length === 0 ? empty : undefined}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t`Take all away` }}
          error={error}
        />
      )}
    />
  )
}
