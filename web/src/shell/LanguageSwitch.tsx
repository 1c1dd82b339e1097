import { useLingui } from '@lingui/react/macro'
import { type Language, languages } from '../i18n.ts'
import { useLanguageChoice } from '../me.ts'
import classes from './LanguageSwitch.module.css'

/** Each language by its own name, so that whoever landed in the wrong one can read the way out. */
export function LanguageSwitch() {
  const { t, i18n } = useLingui()
  const choose = useLanguageChoice()
  return (
    <fieldset className={classes.switch}>
      <legend className="visually-hidden">{t`Language`}</legend>
      {(Object.entries(languages) as [Language, string][]).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.locale === language}
          onClick={() => void choose(language)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
