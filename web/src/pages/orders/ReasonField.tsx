import { useLingui } from '@lingui/react/macro'
import { TextAreaField } from '../../ui/form/fields.tsx'

/** Why a step is taken. It stands in the story of the order, and says so. */
export function ReasonField({ name = 'reason', label }: { name?: string; label?: string }) {
  const { t } = useLingui()
  return (
    <TextAreaField
      data-autofocus
      name={name}
      label={label ?? t`Reason`}
      help={t`Everybody who opens the order reads it.`}
      required
    />
  )
}
