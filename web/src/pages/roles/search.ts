import { oneOf } from '../../search.ts'

const audiences = ['staff', 'supplier', 'client'] as const
export type RoleAudience = (typeof audiences)[number]

/** Whose roles the matrix shows. */
export type RolesSearch = { for?: RoleAudience }

export function readRolesSearch(search: Record<string, unknown>): RolesSearch {
  const wanted = audiences.find((audience) => audience === oneOf(search.for))
  return { for: wanted === 'staff' ? undefined : wanted }
}

/** From which role a new one is made. */
export const readNewRoleSearch = (search: Record<string, unknown>): { from?: string } => ({ from: oneOf(search.from) })
