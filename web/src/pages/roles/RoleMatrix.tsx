import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { grouped, permissionWords } from '../../components/permission-words.ts'
import { useRoleName } from '../../components/roles.ts'
import { paths } from '../../paths.ts'
import { Cell, type Mark } from './Cell.tsx'
import classes from './roles.module.css'
import { differencesOf, type Role, wordsOf } from './useRoles.ts'
import { partWords, type Waiting, waitingWords } from './waiting-words.ts'

/** Permissions by role: a check or a quiet minus in each cell, never an empty one. */
export function RoleMatrix({ roles, waiting }: { roles: Role[]; waiting: Waiting[] }) {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const later = waiting.filter((one) => one.roles.some((slug) => roles.some((role) => role.slug === slug)))
  const parts = [...new Set(later.map((one) => one.for))]
  const span = roles.length + 1
  return (
    <>
      <Legend />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by the keys too */}
      <section className={classes.scroll} aria-label={t`Roles and permissions`} tabIndex={0}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">{t`Permission`}</th>
              {roles.map((role) => (
                <th key={role.id} scope="col">
                  <Link {...paths.role(role.id)}>{roleName(role)}</Link>
                  <span className={classes.count}>
                    <Plural value={role.members} one="# user" other="# users" />
                  </span>
                  {role.basedOn && <BasedOn role={role} base={roles.find(({ slug }) => slug === role.basedOn)} />}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grouped(wordsOf(roles)).map((group) => (
              <Fragment key={group.id}>
                <tr>
                  <th scope="colgroup" colSpan={span} className={classes.group}>
                    {i18n._(group.title)}
                  </th>
                </tr>
                {group.words.map((word) => (
                  <tr key={word}>
                    <th scope="row">
                      {i18n._(permissionWords[word])}
                      <code className={classes.word}>{word}</code>
                    </th>
                    {roles.map((role) => (
                      <td key={role.id}>
                        <Cell mark={markOf(role, word, roles)} />
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
            {parts.map((part) => (
              <Fragment key={part}>
                <tr>
                  <th scope="colgroup" colSpan={span} className={classes.group}>
                    {i18n._(partWords[part])} · <Trans>not here yet</Trans>
                  </th>
                </tr>
                {later
                  .filter((one) => one.for === part)
                  .map((one) => (
                    <tr key={one.word} className={classes.later}>
                      <th scope="row">
                        {waitingWords[one.word] ? i18n._(waitingWords[one.word]!) : one.word}
                        <code className={classes.word}>{one.word}</code>
                      </th>
                      {roles.map((role) => (
                        <td key={role.id}>
                          <Cell mark={one.roles.includes(role.slug) ? 'waits' : 'no'} />
                        </td>
                      ))}
                    </tr>
                  ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function markOf(role: Role, word: string, roles: Role[]): Mark {
  const { added, removed } = differencesOf(
    role.permissions,
    roles.find(({ slug }) => slug === role.basedOn),
  )
  if (added.includes(word)) return 'added'
  if (removed.includes(word)) return 'removed'
  if (role.permissions.includes(word)) return role.builtIn && role.switches.includes(word) ? 'on' : 'yes'
  return role.builtIn && role.switches.includes(word) ? 'off' : 'no'
}

function BasedOn({ role, base }: { role: Role; base: Role | undefined }) {
  const roleName = useRoleName()
  const name = base ? roleName(base) : role.basedOn
  const { added, removed } = differencesOf(role.permissions, base)
  return (
    <span className={classes.count}>
      <Trans>from {name}</Trans> · +{added.length} −{removed.length}
    </span>
  )
}

function Legend() {
  const { t } = useLingui()
  const words: [Mark, string][] = [
    ['yes', t`may`],
    ['no', t`may not`],
    ['on', t`switched on`],
    ['off', t`can be switched on`],
    ['added', t`more than the role it was made from`],
    ['removed', t`less than the role it was made from`],
    ['waits', t`comes with its part of the product`],
  ]
  return (
    <ul className={classes.legend} aria-label={t`What the signs mean`}>
      {words.map(([mark, text]) => (
        <li key={mark}>
          <Cell mark={mark} silent /> {text}
        </li>
      ))}
    </ul>
  )
}
