import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  FormProvider,
  type Path,
  type UseFormReturn,
  useForm,
} from 'react-hook-form'
import { ApiProblem } from '../../api.ts'
import { confirm } from '../confirm.tsx'
import { ProblemNote } from '../states.tsx'
import classes from './Form.module.css'

type Props<V extends FieldValues> = {
  defaultValues: DefaultValues<V>
  /** Sends the values; what it throws is shown: an error of a field at the field, anything else above the form. */
  onSubmit: (values: V, form: UseFormReturn<V>) => Promise<unknown>
  /** The verb on the button. */
  action: string
  onCancel?: () => void
  /** Asks before the page is left with unsaved changes. */
  guarded?: boolean
  wide?: boolean
  children: ReactNode
}

/**
 * One form: labels above, help under, the first wrong field focused, Ctrl+Enter saves. The button is never disabled
 * for validity: pressing it says what is missing.
 */
export function Form<V extends FieldValues>(props: Props<V>) {
  const { t } = useLingui()
  const form = useForm<V>({ defaultValues: props.defaultValues, shouldFocusError: true })
  const [problem, setProblem] = useState<unknown>(null)
  const { isSubmitting, isDirty, isSubmitSuccessful } = form.formState
  useBlocker({
    shouldBlockFn: async () => !(await confirm(leaveQuestion(t))),
    enableBeforeUnload: Boolean(props.guarded) && isDirty && !isSubmitSuccessful,
    disabled: !props.guarded || !isDirty || isSubmitting || isSubmitSuccessful,
  })
  const submit = form.handleSubmit(async (values) => {
    setProblem(null)
    try {
      await props.onSubmit(values, form)
    } catch (error) {
      if (!placeErrors(form, error)) setProblem(error)
    }
  })
  const save = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
  }
  return (
    <FormProvider {...form}>
      <form noValidate className={classes.form} onSubmit={(event) => void submit(event)} onKeyDown={save}>
        {problem !== null && <ProblemNote problem={problem} />}
        {props.children}
        <div className={classes.actions} data-wide={props.wide || undefined}>
          <Button type="submit" loading={isSubmitting} fullWidth={props.wide} size={props.wide ? 'lg' : 'sm'}>
            {props.action}
          </Button>
          {props.onCancel && <Button variant="default" onClick={props.onCancel}>{t`Cancel`}</Button>}
        </div>
      </form>
    </FormProvider>
  )
}

/** Puts the server's `errors[]` on their fields; false if one of them belongs to no field of this form. */
function placeErrors<V extends FieldValues>(form: UseFormReturn<V>, error: unknown): boolean {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return false
  const fields = error.errors.filter(
    ({ field }) => form.getFieldState(field as Path<V>) && has(form.getValues(), field),
  )
  for (const [place, { field, message }] of fields.entries()) {
    form.setError(field as Path<V>, { type: 'server', message }, { shouldFocus: place === 0 })
  }
  return fields.length === error.errors.length
}

const has = (values: unknown, field: string) =>
  field.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], values) !==
  undefined

const leaveQuestion = (t: ReturnType<typeof useLingui>['t']) => ({
  title: t`Leave without saving?`,
  body: t`What you changed here is not saved yet.`,
  action: t`Leave`,
})
