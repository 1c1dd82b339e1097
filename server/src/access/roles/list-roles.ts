import { type Statement, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience, Permission } from '#kernel/permissions.ts'
import { mostOf, roles } from '../roles.ts'
import { waiting } from '../waiting.ts'

export interface RoleRow {
  id: string
  slug: string
  name: string
  description: string
  audience: Audience
  built_in: boolean
  based_on: string
  permissions: Permission[]
  second_factor: boolean
  version: number
  members: number
}

/** The roles of the account that are not archived, the built-in ones first; its automation's is nobody's to give or change. */
export const roleRows = (condition: Statement<unknown>) => sql<RoleRow>`
  select r.id, r.slug, r.name, r.description, r.audience, r.built_in, r.based_on, r.permissions, r.second_factor, r.version,
         (select count(*) from access.members m where m.role_id = r.id and m.deactivated_at is null)::integer as members
    from access.roles r
   where r.slug <> 'automation' and r.archived_at is null and ${condition}
   order by array_position(${texts(builtIn)}, r.slug collate "C"), lower(r.name), r.id`

const builtIn = roles.map(({ slug }) => slug)

/** What a role always holds, and what it may hold beside that. */
export function boundsOf(role: Pick<RoleRow, 'slug' | 'audience' | 'built_in'>) {
  const known = role.built_in ? roles.find(({ slug }) => slug === role.slug) : undefined
  return known
    ? { floor: known.permissions, switches: known.switches ?? [] }
    : { floor: [] as readonly Permission[], switches: role.built_in ? [] : mostOf(role.audience) }
}

export function toRole(row: RoleRow) {
  const { floor, switches } = boundsOf(row)
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    audience: row.audience,
    builtIn: row.built_in,
    basedOn: row.based_on || null,
    permissions: row.permissions,
    floor: [...floor],
    switches: [...switches],
    secondFactor: row.second_factor,
    members: row.members,
    version: row.version,
  }
}

export async function listRoles(tx: Tx) {
  const items = (await tx.rows(roleRows(sql`true`))).map(toRole)
  return { items, waiting: waiting.map(({ word, for: part, roles }) => ({ word, for: part, roles: [...roles] })) }
}
