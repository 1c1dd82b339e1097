import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api, type ResponseOf } from '../../api.ts'
import { useRoleName } from '../../components/roles.ts'

type Role = ResponseOf<'GET /roles'>['items'][number]

/** Roles to choose from, in groups by whose people they are for; a group without any is left out. */
export function useRoleChoices(roles: Role[]) {
  const { t } = useLingui()
  const roleName = useRoleName()
  const groups = { staff: t`In your company`, client: t`At a client`, supplier: t`At a supplier` }
  return (['staff', 'client', 'supplier'] as const)
    .map((audience) => ({
      group: groups[audience],
      items: roles
        .filter((role) => role.audience === audience)
        .map((role) => ({ value: role.slug, label: roleName(role) })),
    }))
    .filter(({ items }) => items.length > 0)
}

/** The suppliers to choose from, once they are asked for. */
export const useSupplierNames = (enabled: boolean) =>
  useQuery({
    queryKey: ['suppliers', 'names'],
    queryFn: ({ signal }) => api('GET /suppliers', { signal }),
    enabled,
  })
