import { Trans, useLingui } from '@lingui/react/macro'
import { Badge, Checkbox } from '@mantine/core'
import { useController } from 'react-hook-form'
import { grouped, permissionWords } from '../../components/permission-words.ts'
import { useRoleName } from '../../components/roles.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { Permission } from '../../words.ts'
import { adviceFor } from './advice.ts'
import classes from './roles.module.css'
import { differencesOf, type Role } from './useRoles.ts'

type Props = { floor: readonly string[]; choices: readonly string[]; base: Role | undefined }

/** The rights of a role in their groups: fixed ones as text, the others to choose, what differs from the base marked. */
export function PermissionPicker({ floor, choices, base }: Props) {
  const { t, i18n } = useLingui()
  const { field, fieldState } = useController<{ permissions: string[] }, 'permissions'>({ name: 'permissions' })
  const held = field.value
  const { added, removed } = differencesOf(held, base)
  const set = (word: string, on: boolean) => field.onChange(on ? [...held, word] : held.filter((one) => one !== word))
  const badge = (word: string) =>
    added.includes(word) ? (
      <Badge color="teal" size="sm">{t`added`}</Badge>
    ) : (
      removed.includes(word) && <Badge color="gray" size="sm">{t`taken away`}</Badge>
    )
  return (
    <div className={classes.picker}>
      {base && <Differences base={base} added={added.length} removed={removed.length} />}
      {fieldState.error?.message && (
        <p role="alert" className={classes.wrong}>
          {fieldState.error.message}
        </p>
      )}
      <Advice held={[...floor, ...held]} />
      {grouped([...floor, ...choices]).map((group) => (
        <fieldset key={group.id}>
          <legend>{i18n._(group.title)}</legend>
          <ul>
            {group.words.map((word) => (
              <li key={word}>
                {floor.includes(word) ? (
                  <span className={classes.fixed}>
                    <Icon name="check" size={14} /> {i18n._(permissionWords[word])}
                  </span>
                ) : (
                  <Checkbox
                    checked={held.includes(word)}
                    onChange={(event) => set(word, event.currentTarget.checked)}
                    label={i18n._(permissionWords[word])}
                  />
                )}
                {badge(word)}
              </li>
            ))}
          </ul>
        </fieldset>
      ))}
    </div>
  )
}

/** What is worth a thought before a role is given to people: rights without effect, rights that reach far. */
function Advice({ held }: { held: readonly string[] }) {
  const { i18n } = useLingui()
  const { idle, far } = adviceFor(held)
  const words = (list: readonly Permission[]) => list.map((word) => i18n._(permissionWords[word])).join(' · ')
  return (
    <div className={classes.advice} role="status">
      {idle.map(({ without, permissions }) => (
        <p key={without}>
          <Trans>
            Without “{words([without])}” these are of no use: {words(permissions)}.
          </Trans>
        </p>
      ))}
      {far.map((text) => (
        <p key={text.id}>{i18n._(text)}</p>
      ))}
    </div>
  )
}

function Differences({ base, added, removed }: { base: Role; added: number; removed: number }) {
  const name = useRoleName()(base)
  return (
    <p className={classes.quiet} aria-live="polite">
      {added + removed === 0 ? (
        <Trans>The same rights as {name}.</Trans>
      ) : (
        <Trans>
          Against {name}: {added} added, {removed} taken away.
        </Trans>
      )}
    </p>
  )
}
