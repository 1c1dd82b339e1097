import { useLingui } from '@lingui/react/macro'
import { SegmentedControl } from '@mantine/core'
import { type Language, languages } from '../i18n.ts'
import { useLanguageChoice } from '../me.ts'
import { useDensity, useTheme } from './appearance.ts'
import classes from './Preferences.module.css'

/** How the page looks to this person, on all his devices. */
export function Preferences() {
  const { t, i18n } = useLingui()
  const [theme, setTheme] = useTheme()
  const [density, setDensity] = useDensity()
  const chooseLanguage = useLanguageChoice()
  return (
    <>
      <Choice
        title={t`Language`}
        value={i18n.locale as Language}
        options={languages}
        onChange={(language) => void chooseLanguage(language)}
      />
      <Choice
        title={t`Appearance`}
        value={theme}
        options={{ light: t`Light`, dark: t`Dark`, auto: t`System` }}
        onChange={setTheme}
      />
      <Choice
        title={t`Rows`}
        value={density}
        options={{ compact: t`Compact`, comfortable: t`Comfortable` }}
        onChange={setDensity}
      />
    </>
  )
}

type ChoiceProps<V extends string> = {
  title: string
  value: V
  options: Record<V, string>
  onChange: (value: V) => void
}

function Choice<V extends string>({ title, value, options, onChange }: ChoiceProps<V>) {
  return (
    <div className={classes.choice}>
      <span aria-hidden="true">{title}</span>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={title}
        value={value}
        data={(Object.entries(options) as [V, string][]).map(([option, label]) => ({ value: option, label }))}
        onChange={(next) => onChange(next as V)}
      />
    </div>
  )
}
