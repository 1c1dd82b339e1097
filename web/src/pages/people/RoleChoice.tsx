import { useLingui } from '@lingui/react/macro'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'
import { confirm } from '../../ui/confirm.tsx'
import { ProblemNote } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.ts'
import { givableRoles } from './givable-roles.ts'
import { type Person, rolesQuery, usePeopleChanged } from './usePeople.ts'

/** Another role of the same kind; asked first, since it counts from the person's next request. */
export function RoleChoice({ person, name }: { person: Person; name: string }) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const changed = usePeopleChanged()
  const roles = useQuery(rolesQuery)
  const [problem, setProblem] = useState<unknown>(null)
  const audience = roles.data?.items.find(({ slug }) => slug === person.role.slug)?.audience
  const choices = givableRoles(roles.data?.items ?? []).filter((role) => role.audience === audience)
  const change = async (slug: string) => {
    const role = choices.find((one) => one.slug === slug)
    if (!role || slug === person.role.slug) return
    const next = roleName(role)
    const sure = await confirm({
      title: t`Change the role of ${name}?`,
      body: t`${name} becomes ${next}. It counts at once, also where ${name} is signed in now.`,
      action: t`Change the role`,
    })
    if (!sure) return
    setProblem(null)
    try {
      await api('PATCH /members/:id', { params: { id: person.id }, version: person.version, body: { role: slug } })
      await changed()
      toast.done(t`${name} is now ${next}.`)
    } catch (error) {
      setProblem(error)
      await changed() // the choice shows which role it is by now
    }
  }
  return (
    <>
      <Select
        aria-label={t`Role`}
        value={person.role.slug}
        data={choices.map((role) => ({ value: role.slug, label: roleName(role) }))}
        allowDeselect={false}
        onChange={(slug) => slug && void change(slug)}
      />
      {problem !== null && <ProblemNote problem={problem} />}
    </>
  )
}
