import { useQuery } from '@tanstack/react-query'
import { useRoleName } from '../../components/roles.ts'
import { useCan } from '../../me.ts'
import { rolesQuery } from '../people/usePeople.ts'

/** The name of the role that somebody had then; an entry keeps what the program calls it. */
export function RoleThen({ slug }: { slug: string }) {
  const roleName = useRoleName()
  const { data } = useQuery({ ...rolesQuery, enabled: useCan()('users:read') })
  return roleName({ slug, name: data?.items.find((role) => role.slug === slug)?.name ?? slug })
}
