import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api.ts'
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
  const [theme, setTheme] = useTheme()
  const [density, setDensity] = useDensity()
  const chooseLanguage = useLanguageChoice()
  const signOut = useSignOut()
  return (
    <Menu width={232} position="top-start" closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={classes.target} aria-label={t`Account of ${me.user.name}`}>
          <span className={classes.initials} aria-hidden="true">
            {initials(me.user.name)}
          </span>
          {!compact && (
            <span className={classes.who}>
              <span className={classes.name}>{me.user.name}</span>
              <span className={classes.role}>{me.role.name}</span>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.head}>
          <div className={classes.name}>{me.user.name}</div>
          <div className={classes.role}>{me.user.email}</div>
        </div>
        <Menu.Divider />
        <Choice
          title={t`Language`}
          value={i18n.locale as Language}
          options={languages}
          onChange={(language) => void chooseLanguage(language)}
        />
        <Choice
          title={t`Appearance`}
          value={theme}
          options={{ light: t`Light`, dark: t`Dark`, system: t`Like the system` }}
          onChange={setTheme}
        />
        <Choice
          title={t`Row height`}
          value={density}
          options={{ compact: t`Compact`, comfortable: t`Comfortable` }}
          onChange={setDensity}
        />
        <Menu.Divider />
        {onShortcuts && (
          <Menu.Item
            closeMenuOnClick
            leftSection={<Icon name="keyboard" />}
            rightSection={<kbd>?</kbd>}
            onClick={onShortcuts}
          >{t`Keyboard shortcuts`}</Menu.Item>
        )}
        <Menu.Item closeMenuOnClick leftSection={<Icon name="signOut" />} onClick={() => void signOut()}>
          {t`Sign out`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
    <>
      <Menu.Label>{title}</Menu.Label>
      {(Object.entries(options) as [V, string][]).map(([option, name]) => (
        <Menu.Item
          key={option}
          role="menuitemradio"
          aria-checked={option === value}
          rightSection={option === value ? <Icon name="check" /> : null}
          onClick={() => onChange(option)}
        >
          {name}
        </Menu.Item>
      ))}
    </>
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
