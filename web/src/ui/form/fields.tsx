import { useLingui } from '@lingui/react/macro'
import { PasswordInput, Select, type SelectProps, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import { Controller, get, type RegisterOptions, useFormContext } from 'react-hook-form'
import { fieldWords } from '../field-words.ts'

type Field = {
  name: string
  label: string
  help?: string
  required?: boolean
  rules?: Omit<RegisterOptions, 'required'>
}

/** What is wrong with a field of the form around, in the reader's language. */
export function useProblemOf() {
  const { i18n } = useLingui()
  const { formState } = useFormContext()
  return (name: string): string | undefined => {
    const problem = get(formState.errors, name) as { message?: string; type?: string } | undefined
    const said = problem?.type === 'server' ? fieldWords(problem.message ?? '') : problem?.message
    return typeof said === 'object' ? i18n._(said) : said
  }
}

function useField({ name, required, rules }: Field) {
  const { t } = useLingui()
  const { register, control } = useFormContext()
  const error = useProblemOf()(name)
  const options = { ...rules, required: required ? t`Fill this in.` : false } as RegisterOptions
  return { error, control, options, registered: () => register(name, options) }
}

export function TextField({ help, rules, ...field }: Field & Omit<TextInputProps, 'name' | 'label'>) {
  const { error, registered } = useField({ ...field, rules })
  return <TextInput {...field} description={help} withAsterisk={false} {...registered()} error={error} />
}

export function TextAreaField({ help, rules, ...field }: Field & { rows?: number }) {
  const { error, registered } = useField({ ...field, rules })
  return <Textarea {...field} description={help} withAsterisk={false} {...registered()} error={error} />
}

export function PasswordField({
  help,
  rules,
  autoComplete,
  size,
  ...field
}: Field & { autoComplete: string; size?: string }) {
  const { t } = useLingui()
  const { error, registered } = useField({ ...field, rules })
  return (
    <PasswordInput
      {...field}
      size={size}
      description={help}
      withAsterisk={false}
      autoComplete={autoComplete}
      visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      {...registered()}
      error={error}
    />
  )
}

export function SelectField({ help, rules, ...field }: Field & Pick<SelectProps, 'data' | 'searchable' | 'size'>) {
  const { error, control, options } = useField({ ...field, rules })
  return (
    <Controller
      name={field.name}
      control={control}
      rules={options}
      render={({ field: { ref, onChange, onBlur, value } }) => (
        <Select
          {...field}
          ref={ref}
          value={value ?? null}
          onChange={onChange}
          onBlur={onBlur}
          description={help}
          withAsterisk={false}
          allowDeselect={!field.required}
          error={error}
        />
      )}
    />
  )
}
