import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { type Permission, permissions as table } from '#kernel/permissions.ts'
import { notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { mostOf } from '../roles.ts'
import { inOrder, refuseBeyond, refuseUnheld } from './bounds.ts'
import type { rolesContract } from './contract.ts'
import { boundsOf, type RoleRow, roleRows, toRole } from './list-roles.ts'

const order = Object.keys(table)

/**
 * Makes a role of the account's own from another one. Left out, its permissions are those of its source, as far as such a
 * role may hold them: what is an administrator's alone stays behind.
 * @throws Problem invalid_request with the permission or the unknown source, already_exists
 */
export async function createRole(tx: Tx, body: BodyOf<(typeof rolesContract)['createRole']>) {
  const source = await tx.first(roleRows(sql`r.slug = ${body.basedOn}`))
  if (!source) throw new Problem('invalid_request', undefined, { errors: [unknownSource] })
  const most = mostOf(source.audience)
  const permissions = inOrder(
    (body.permissions ?? source.permissions.filter((word) => most.includes(word))) as Permission[],
    order,
  )
  refuseBeyond({ floor: [], switches: most }, permissions)
  refuseUnheld(tx, source.audience, permissions)
  const name = body.name.trim()
  await refuseTakenName(tx, name)
  const id = uuidv7()
  const slug = await freeSlug(tx, name, id)
  const description = body.description?.trim() ?? ''
  const secondFactor = body.secondFactor ?? source.second_factor
  await tx.rows(sql`
    select access.add_role(${id}, ${slug}, ${name}, ${description}, ${source.slug}, ${texts(permissions)}, ${secondFactor})`)
  await audit(tx, 'role.created', { kind: 'role', id }, { name, basedOn: source.slug, permissions, secondFactor })
  return toRole((await tx.first(roleRows(sql`r.id = ${id}`)))!)
}

/**
 * Changes a role for everybody who has it, from their next request on. Of a built-in one only the switches and the second
 * factor change.
 * @throws Problem not_found, changed_meanwhile, invalid_request with the permission, already_exists, wrong_state
 */
export async function changeRole(
  tx: Tx,
  id: string,
  version: number,
  body: BodyOf<(typeof rolesContract)['changeRole']>,
) {
  const before = await tx.first(roleRows(sql`r.id = ${id}`))
  if (!before) throw notFound()
  if (before.version !== version) throw changedMeanwhile(toRole(before), body)
  const after = {
    name: body.name?.trim() ?? before.name,
    description: body.description?.trim() ?? before.description,
    permissions: inOrder((body.permissions as Permission[] | undefined) ?? before.permissions, order),
    secondFactor: body.secondFactor ?? before.second_factor,
  }
  if (before.built_in && (after.name !== before.name || after.description !== before.description))
    throw new Problem('wrong_state', 'The name of a built-in role stays as it is: make your own role from it.')
  refuseBeyond(boundsOf(before), after.permissions)
  refuseUnheld(tx, before.audience, [...before.permissions, ...after.permissions])
  if (after.name !== before.name) await refuseTakenName(tx, after.name, id)
  const row = await tx.first(sql<{ changed: boolean }>`
    select access.change_role(${id}, ${version}, ${after.name}, ${after.description}, ${texts(after.permissions)},
                              ${after.secondFactor}) as changed`)
  if (!row!.changed) throw changedMeanwhile(toRole((await tx.first(roleRows(sql`r.id = ${id}`)))!), body)
  await audit(tx, 'role.changed', { kind: 'role', id }, differences(before, after))
  return toRole((await tx.first(roleRows(sql`r.id = ${id}`)))!)
}

/** @throws Problem not_found; wrong_state for a built-in role, or saying how many have it */
export async function archiveRole(tx: Tx, id: string) {
  const role = await tx.first(roleRows(sql`r.id = ${id}`))
  if (!role) throw notFound()
  if (role.built_in) throw new Problem('wrong_state', 'A built-in role cannot be archived.')
  const invited = await openInvitations(tx, id)
  if (role.members + invited > 0)
    throw new Problem(
      'wrong_state',
      `${role.members} active users or keys and ${invited} open invitations have this role: give them another one first.`,
      { extra: { members: role.members, invitations: invited } },
    )
  await tx.rows(sql`select access.archive_role(${id})`)
  await audit(tx, 'role.archived', { kind: 'role', id }, { name: role.name })
  return {}
}

export async function openInvitations(tx: Tx, roleId: string): Promise<number> {
  const row = await tx.first(sql<{ count: number }>`
    select count(*)::integer as count from access.invitations
     where role_id = ${roleId} and accepted_at is null and revoked_at is null and expires_at > app.now()`)
  return row!.count
}

/** What changed, old and new; of the permissions only those that came or went. */
function differences(
  before: RoleRow,
  after: Pick<RoleRow, 'name' | 'description' | 'permissions'> & { secondFactor: boolean },
) {
  const added = after.permissions.filter((word) => !before.permissions.includes(word))
  const removed = before.permissions.filter((word) => !after.permissions.includes(word))
  return {
    ...(after.name !== before.name && { name: [before.name, after.name] }),
    ...(after.description !== before.description && { description: [before.description, after.description] }),
    ...(added.length + removed.length > 0 && { permissions: [removed, added] }),
    ...(after.secondFactor !== before.second_factor && { secondFactor: [before.second_factor, after.secondFactor] }),
  }
}

const unknownSource = { field: 'basedOn', message: 'is not a role of this account' }

async function refuseTakenName(tx: Tx, name: string, id?: string) {
  const taken = await tx.first(sql`
    select 1 from access.roles where lower(name) = lower(${name}) and archived_at is null and id is distinct from ${id ?? null}::uuid`)
  if (taken)
    throw new Problem('already_exists', 'There is a role of this name already.', {
      errors: [{ field: 'name', message: 'There is a role of this name already.' }],
    })
}

/** A word for addresses and records. It begins with `own-`, so that no later built-in role can meet it. */
async function freeSlug(tx: Tx, name: string, id: string): Promise<string> {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  const slug = `own-${plain || 'role'}`
  const taken = await tx.first(sql`select 1 from access.roles where slug = ${slug}`)
  return taken ? `${slug}-${id.slice(-6)}` : slug
}
