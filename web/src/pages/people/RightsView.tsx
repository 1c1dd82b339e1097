import { Trans, useLingui } from '@lingui/react/macro'
import type { ResponseOf } from '../../api.ts'
import { grouped, permissionWords } from '../../components/permission-words.ts'
import { useRoleName } from '../../components/roles.ts'
import { Icon } from '../../ui/Icon.tsx'
import { useFieldNames } from './field-names.ts'
import { ScopeSummary } from './grant/ScopeSummary.tsx'
import classes from './rights.module.css'

type Rights = ResponseOf<'GET /me/access'>

/** What somebody may do, in groups, and from where he has it: his role, a switch of it, or a role of the account's own. */
export function Permissions({ rights }: { rights: Rights }) {
  const { t, i18n } = useLingui()
  const roleName = useRoleName()
  const role = roleName(rights.role)
  const based = roleName({ slug: rights.role.basedOn, name: rights.role.basedOn })
  const switched = new Set(
    rights.permissions.flatMap(({ permission, from }) => (from === 'switch' ? [permission] : [])),
  )
  return (
    <>
      <p className={classes.quiet}>
        {rights.role.builtIn ? (
          <Trans>From the role {role}.</Trans>
        ) : (
          <Trans>
            From {role}, a role of this account made from {based}.
          </Trans>
        )}
      </p>
      {grouped(rights.permissions.map(({ permission }) => permission)).map(({ id, title, words }) => (
        <section key={id} className={classes.group} aria-label={i18n._(title)}>
          <h3>{i18n._(title)}</h3>
          <ul>
            {words.map((word) => (
              <li key={word}>
                <Icon name="check" />
                <span>
                  {i18n._(permissionWords[word])}
                  {switched.has(word) && <span className={classes.quiet}> · {t`switched on for this role`}</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

/** Fields that not everybody sees, each with a mark and the word. */
export function Fields({ rights }: { rights: Rights }) {
  const { t } = useLingui()
  const names = useFieldNames()
  return (
    <ul className={classes.fields}>
      {rights.fields.map(({ field, seen }) => (
        <li key={field} className={seen ? undefined : classes.unseen}>
          <Icon name={seen ? 'check' : 'close'} />
          <span>
            {names[field]} <span className={classes.quiet}>{seen ? t`seen` : t`not seen`}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

export const Scope = ({ rights }: { rights: Rights }) => (
  <ScopeSummary scope={rights.scope} audience={rights.audience} />
)
