import { Trans, useLingui } from '@lingui/react/macro'
import { permissionWords } from '../../components/permission-words.ts'
import type { Permission } from '../../words.ts'
import { Cell, type Mark } from './Cell.tsx'
import classes from './roles.module.css'
import { type Role, wordsOf } from './useRoles.ts'
import { type Waiting, waitingWords } from './waiting-words.ts'

type Props = {
  role: Role
  /** All roles: what none of the same kind of people may do is not worth a line. */
  roles: readonly Role[]
  waiting?: readonly Waiting[]
}

/** What a role can do, what can be switched on for it, and what it cannot do, in three lists. */
export function RoleRights({ role, roles, waiting = [] }: Props) {
  const { i18n } = useLingui()
  const every = wordsOf(roles.filter(({ audience }) => audience === role.audience))
  const inOrder = Object.keys(permissionWords).filter((word) => every.includes(word)) as Permission[]
  const isSwitch = (word: string) => role.builtIn && role.switches.includes(word) && !role.permissions.includes(word)
  const text = (word: Permission) => i18n._(permissionWords[word])
  const can = inOrder.filter((word) => role.permissions.includes(word))
  const later = waiting.filter((one) => one.roles.includes(role.slug))
  return (
    <div className={classes.rights}>
      <List mark="yes" title={<Trans>Can</Trans>} lines={can.map(text)} />
      <List mark="off" title={<Trans>Can be switched on</Trans>} lines={inOrder.filter(isSwitch).map(text)} />
      <List
        mark="no"
        title={<Trans>Cannot</Trans>}
        lines={inOrder.filter((word) => !role.permissions.includes(word) && !isSwitch(word)).map(text)}
      />
      <List
        mark="waits"
        title={<Trans>Not here yet</Trans>}
        lines={later.map(({ word }) => (waitingWords[word] ? i18n._(waitingWords[word]) : word))}
      />
    </div>
  )
}

function List({ mark, title, lines }: { mark: Mark; title: React.ReactNode; lines: string[] }) {
  if (lines.length === 0) return null
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Cell mark={mark} silent /> <span>{line}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
