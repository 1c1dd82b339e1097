import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ResponseOf } from '../../api.ts'
import { rolesQuery } from '../people/usePeople.ts'

export type Role = ResponseOf<'GET /roles'>['items'][number]

/** Every role with its bounds, and what waits. */
export const useRoles = () => useQuery(rolesQuery)

/** After a role was made or changed: roles, people and one's own rights are asked for again. */
export function useRolesChanged() {
  const client = useQueryClient()
  return () => Promise.all([['roles'], ['people'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey })))
}

/** How a role differs from the one it was made from. */
export function differencesOf(held: readonly string[], base: Role | undefined) {
  const from = base?.permissions ?? held
  return { added: held.filter((word) => !from.includes(word)), removed: from.filter((word) => !held.includes(word)) }
}

/** Everything that a role of this audience can be seen to hold: the rows of the matrix. */
export const wordsOf = (roles: readonly Role[]): string[] => [
  ...new Set(roles.flatMap((role) => [...role.permissions, ...role.switches])),
]
