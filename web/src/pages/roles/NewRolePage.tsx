import { Trans, useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { useMe } from '../../me.ts'
import { paths } from '../../paths.ts'
import { SettingsTabs } from '../../shell/SettingsTabs.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ProblemState, Skeleton } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { RoleForm, type RoleValues } from './RoleForm.tsx'
import classes from './roles.module.css'
import { useRoles, useRolesChanged } from './useRoles.ts'

const route = getRouteApi('/in/settings/roles/new')

/** A role of one's own, made from another one whose people it is for. */
export default function NewRolePage() {
  const { t } = useLingui()
  const me = useMe()
  const roleName = useRoleName()
  const roles = useRoles()
  const changed = useRolesChanged()
  const navigate = useNavigate()
  const { from = 'customer-service' } = route.useSearch()
  const items = roles.data?.items ?? []
  const source = items.find(({ slug }) => slug === from) ?? items[0]
  const widest = source && items.find(({ slug }) => slug === widestOf[source.audience])
  const more = widest?.audience === 'staff' ? ['portal-users:manage'] : [] // may be left to who is no administrator
  const most = widest ? [...widest.permissions, ...widest.switches, ...more] : []
  const mine = (word: string) => source?.audience !== 'staff' || me.permissions.includes(word)
  const create = async ({ name, description, permissions, secondFactor }: RoleValues) => {
    const body = {
      basedOn: source!.slug,
      name: name.trim(),
      description: description.trim(),
      permissions,
      secondFactor,
    }
    const made = await api('POST /roles', { body: { ...body, permissions: permissions as never[] } })
    await changed()
    const { name: given } = made
    toast.done(t`The role ${given} can be given to people now.`)
    await navigate(paths.role(made.id))
  }
  return (
    <>
      <SettingsTabs />
      <PageHeader
        back={<Link {...paths.roles()}>{t`Roles`}</Link>}
        title={t`Make a role`}
        explanation={t`Begin with the role that is nearest, then add and take away. It is for the same kind of people.`}
      />
      <div className={classes.page}>
        {roles.isPending && <Skeleton lines={12} />}
        {roles.isError && <ProblemState problem={roles.error} onRetry={() => void roles.refetch()} />}
        {source && (
          <>
            <Select
              className={classes.source}
              label={t`Made from`}
              description={
                source.slug === 'administrator' ? (
                  <Trans>What only administrators may do stays with them.</Trans>
                ) : undefined
              }
              value={source.slug}
              data={items.map((role) => ({ value: role.slug, label: roleName(role) }))}
              allowDeselect={false}
              onChange={(slug) => slug && void navigate({ ...paths.newRole(slug), replace: true })}
            />
            <RoleForm
              key={source.slug}
              values={{
                name: '',
                description: '',
                permissions: source.permissions.filter((word) => most.includes(word) && mine(word)),
                secondFactor: source.secondFactor,
              }}
              floor={[]}
              choices={most.filter(mine)}
              base={source}
              named
              action={t`Make the role`}
              onSubmit={create}
              onCancel={() => void navigate(paths.roles())}
            />
          </>
        )}
      </div>
    </>
  )
}

/** The built-in role that a role of its audience may equal at most. */
const widestOf = { staff: 'full-access', supplier: 'supplier-manager', client: 'client-admin' } as const
