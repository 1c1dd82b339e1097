import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ApiProblem, api } from '../../api.ts'
import { permissionWords } from '../../components/permission-words.ts'
import { useRoleName } from '../../components/roles.ts'
import { useCan } from '../../me.ts'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemState, ProblemText, Refused, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import type { Permission } from '../../words.ts'
import { RecordHistory } from '../audit/RecordHistory.tsx'
import { roleWords } from '../people/role-words.ts'
import { RoleForm, type RoleValues } from './RoleForm.tsx'
import { RoleRights } from './RoleRights.tsx'
import classes from './roles.module.css'
import { type Role, useRoles, useRolesChanged } from './useRoles.ts'

const route = getRouteApi('/in/settings/roles/$roleId')

/** One role: what it holds, and for who may, what can be changed about it. */
export default function RolePage() {
  const { t, i18n } = useLingui()
  const can = useCan()
  const roleName = useRoleName()
  const { roleId } = route.useParams()
  const roles = useRoles()
  const role = roles.data?.items.find(({ id }) => id === roleId)
  if (roles.data && !role) return <Refused />
  const words = role && roleWords[role.slug]
  const base = roles.data?.items.find(({ slug }) => slug === role?.basedOn)
  return (
    <>
      <SettingsTabs />
      <PageHeader
        back={<Link {...paths.roles()}>{t`Roles`}</Link>}
        title={role ? roleName(role) : t`Role`}
        explanation={
          role && (
            <>
              {words ? i18n._(words) : role.description}{' '}
              <Link to="/settings/users" search={{ role: [role.slug] }}>
                <Plural value={role.members} one="# user has it." other="# users have it." />
              </Link>
            </>
          )
        }
        action={role && can('roles:manage') && <RoleActions role={role} />}
      />
      <div className={classes.page}>
        {roles.isPending && <Skeleton lines={12} />}
        {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
        {role &&
          (can('roles:manage') ? (
            <Editor key={`${role.id} ${role.version}`} role={role} base={base} />
          ) : (
            <RoleRights role={role} roles={roles.data!.items} />
          ))}
        {role && <RecordHistory key={role.id} kind="role" id={role.id} />}
      </div>
    </>
  )
}

function Editor({ role, base }: { role: Role; base: Role | undefined }) {
  const { t } = useLingui()
  const name = useRoleName()(role)
  const changed = useRolesChanged()
  const wordsFor = useWords()
  const save = async (values: RoleValues) => {
    const permissions = values.permissions as Permission[]
    const params = { id: role.id }
    const preview = await api('POST /roles/:id/preview', { params, body: { permissions } })
    const sure = await confirm({
      title: t`Change the role ${name}?`,
      body: (
        <>
          {preview.added.length > 0 && (
            <p>
              <Trans>Allowed from now on:</Trans> {wordsFor(preview.added)}
            </p>
          )}
          {preview.removed.length > 0 && (
            <p>
              <Trans>No longer allowed:</Trans> {wordsFor(preview.removed)}
            </p>
          )}
          <p>
            <Plural
              value={preview.members}
              _0="Nobody has this role now."
              one="# user or key is concerned, at once:"
              other="# users and keys are concerned, at once:"
            />{' '}
            {preview.names.join(', ')}
          </p>
        </>
      ),
      action: t`Change the role`,
    })
    if (!sure) return
    const { name: _name, description: _description, ...rights } = values
    const body = { ...(role.builtIn ? rights : values), permissions }
    await api('PATCH /roles/:id', { params, version: role.version, body })
    toast.done(t`The role is changed; it counts from the next request.`)
    await changed()
  }
  return (
    <RoleForm
      values={{
        name: role.name,
        description: role.description,
        permissions: role.permissions,
        secondFactor: role.secondFactor,
      }}
      floor={role.floor}
      choices={role.switches}
      base={base}
      named={!role.builtIn}
      action={t`Save`}
      onSubmit={save}
    />
  )
}

function useWords() {
  const { i18n } = useLingui()
  return (words: string[]) =>
    words.map((word) => (word in permissionWords ? i18n._(permissionWords[word as Permission]) : word)).join(' · ')
}

/** Who still has a role that was to be archived. */
type Holders = { members: number; invitations: number }

function RoleActions({ role }: { role: Role }) {
  const { t } = useLingui()
  const name = useRoleName()(role)
  const changed = useRolesChanged()
  const navigate = useNavigate()
  const archive = async () => {
    const sure = await confirm({
      title: t`Archive the role ${name}?`,
      body: t`It can no longer be given to anybody. What was done with it stays on record.`,
      action: t`Archive`,
      danger: true,
    })
    if (!sure) return
    try {
      await api('POST /roles/:id/archive', { params: { id: role.id } })
      await changed()
      toast.done(t`The role ${name} is archived.`)
      await navigate(paths.roles())
    } catch (error) {
      const { members, invitations } = error instanceof ApiProblem ? (error.more as Partial<Holders>) : {}
      toast.failed(
        members === undefined ? (
          <ProblemText problem={error} />
        ) : (
          t`Users and keys with this role: ${members}; open invitations: ${invitations ?? 0}. Give them another role first.`
        ),
      )
    }
  }
  return (
    <>
      {!role.builtIn && <Button variant="default" onClick={() => void archive()}>{t`Archive`}</Button>}
      <Button
        variant="default"
        onClick={() => void navigate(paths.newRole(role.slug))}
      >{t`Make a role from it`}</Button>
    </>
  )
}
