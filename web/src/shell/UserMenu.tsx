import { useLingui } from '@lingui/react/macro'
import { Popover, SegmentedControl } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { useRoleName } from '../components/roles.ts'
import { type Language, languages } from '../i18n.ts'
import { useLanguageChoice, useMe } from '../me.ts'
import { paths } from '../paths.ts'
import { Icon } from '../ui/Icon.tsx'
import { toast } from '../ui/toast.ts'
import { useDensity, useTheme } from './appearance.ts'
import classes from './UserMenu.module.css'

type Props = { compact?: boolean; onShortcuts?: () => void }

/** Who is signed in, how the page looks, and the way out. */
export function UserMenu({ compact = false, onShortcuts }: Props) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const roleName = useRoleName()
  const [theme, setTheme] = useTheme()
  const [density, setDensity] = useDensity()
  const chooseLanguage = useLanguageChoice()
  const signOut = useSignOut()
  return (
    <Popover width={264} position="top-start" opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.target}
          aria-label={t`Account of ${me.user.name}`}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.initials} aria-hidden="true">
            {initials(me.user.name)}
          </span>
          {!compact && (
            <span className={classes.who}>
              <span className={classes.name}>{me.user.name}</span>
              <span className={classes.role}>{roleName(me.role)}</span>
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={t`Account of ${me.user.name}`}>
        <div className={classes.head}>
          <div className={classes.name}>{me.user.name}</div>
          <div className={classes.role}>{me.user.email}</div>
        </div>
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
        <div className={classes.actions}>
          {onShortcuts && (
            <button
              type="button"
              onClick={() => {
                setOpened(false)
                onShortcuts()
              }}
            >
              <Icon name="keyboard" />
              <span>{t`Keyboard shortcuts`}</span>
              <kbd>?</kbd>
            </button>
          )}
          <button type="button" onClick={() => void signOut()}>
            <Icon name="signOut" />
            <span>{t`Sign out`}</span>
          </button>
        </div>
      </Popover.Dropdown>
    </Popover>
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

function useSignOut() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { t } = useLingui()
  return async () => {
    try {
      await api('DELETE /session')
    } catch {
      toast.failed(t`You are still signed in: the server did not answer. Try again.`)
      return
    }
    client.clear()
    await navigate(paths.signIn())
  }
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .filter((_, place, all) => place === 0 || place === all.length - 1)
    .join('')
    .toUpperCase()
