import { useLingui } from '@lingui/react/macro'
import { TagsInput } from '@mantine/core'

type Props = {
  label: string
  value: string[]
  onChange: (tags: string[]) => void
  /** Tags in use elsewhere, offered while typing. */
  known?: string[]
  help?: string
}

/** Tags, typed or picked; Enter or a comma ends one, the same tag is not taken twice. */
export function TagInput({ label, value, onChange, known = [], help }: Props) {
  const { t } = useLingui()
  return (
    <TagsInput
      label={label}
      description={help}
      value={value}
      onChange={(tags) => onChange(tags.map((tag) => tag.trim()).filter(Boolean))}
      data={known}
      splitChars={[',']}
      maxDropdownHeight={240}
      clearable={false}
      placeholder={value.length ? undefined : t`Add a tag`}
    />
  )
}
