import { useLingui } from '@lingui/react/macro'
import { Switch } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { Form } from '../../ui/form/Form.tsx'
import { TextAreaField, TextField } from '../../ui/form/fields.tsx'
import { PermissionPicker } from './PermissionPicker.tsx'
import { PreviewRow } from './PreviewRow.tsx'
import classes from './roles.module.css'
import type { Role } from './useRoles.ts'

export type RoleValues = { name: string; description: string; permissions: string[]; secondFactor: boolean }

type Props = {
  values: RoleValues
  /** What is held always, and what can be chosen beside it. */
  floor: readonly string[]
  choices: readonly string[]
  /** The role it was made from, to show how it differs. */
  base: Role | undefined
  /** Whether name and description can be written: those of built-in roles are the program's. */
  named: boolean
  action: string
  onSubmit: (values: RoleValues) => Promise<unknown>
  onCancel?: () => void
}

/** Name, rights and second factor of a role; beside the rights, what an order looks like with them. */
export function RoleForm({ values, floor, choices, base, named, action, onSubmit, onCancel }: Props) {
  const { t } = useLingui()
  return (
    <div className={classes.editor}>
      <Form<RoleValues> defaultValues={values} action={action} onSubmit={onSubmit} onCancel={onCancel} guarded>
        {named && (
          <>
            <TextField
              name="name"
              label={t`Name`}
              rules={{ maxLength: { value: 80, message: t`At most 80 characters.` } }}
              autoComplete="off"
              required
            />
            <TextAreaField name="description" label={t`What it is for`} rows={2} />
          </>
        )}
        <Controller
          name="secondFactor"
          render={({ field }) => (
            <Switch
              checked={field.value}
              onChange={(event) => field.onChange(event.currentTarget.checked)}
              label={t`Second factor required`}
              description={t`Who has this role signs in with a code or a passkey as well.`}
            />
          )}
        />
        <PreviewRow />
        <PermissionPicker floor={floor} choices={choices} base={base} />
      </Form>
    </div>
  )
}
