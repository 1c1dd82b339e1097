import { useLingui } from '@lingui/react/macro'
import { TagsInput } from '@mantine/core'

type Props = {
  label: string
  value: string[]
  onChange: (tags: string[]) => void
  /** Tags in use elsewhere, offered while typing. */
  known?: string[]
  help?: string
  /** Where the label stands beside already, it is for those alone who hear the page. */
  hideLabel?: boolean
}

/** Tags, typed or picked; Enter ends one, a comma is part of it, the same tag is not taken twice. */
export function TagInput({ label, value, onChange, known = [], help, hideLabel = false }: Props) {
  const { t } = useLingui()
  return (
    <TagsInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      description={help}
      value={value}
      onChange={(tags) => onChange(tags.map((tag) => tag.trim()).filter(Boolean))}
      data={known}
      splitChars={[]}
      acceptValueOnBlur
      maxDropdownHeight={240}
      clearable={false}
      placeholder={value.length ? undefined : t`Add a tag`}
    />
  )
}
