import { type Statement, sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Audience } from '#kernel/permissions.ts'
import { notFound } from '#kernel/problem.ts'
import type { Call, Handlers } from '#kernel/routes.ts'
import type { Granted } from '../grants/scope.ts'
import { roles } from '../roles.ts'
import type { sightContract } from './contract.ts'
import { lookAs } from './look-as.ts'
import { asCount, countsFor, fieldsSeen } from './what-is-seen.ts'

export const sightHandlers: Handlers<typeof sightContract> = { getSight, getMyAccess: ({ tx }) => getMyAccess(tx) }

interface RightsRow {
  id: string
  audience: Audience
  slug: string
  name: string
  description: string
  built_in: boolean
  based_on: string
  permissions: string[]
  scope: Granted
}
const rightsOf = (scope: Statement<unknown>, condition: Statement<unknown>) => sql<RightsRow>`
  select m.id, m.audience, r.slug, r.name, r.description, r.built_in, r.based_on, r.permissions, ${scope} as scope
    from access.members m join access.roles r on r.account_id = m.account_id and r.id = m.role_id
   where ${condition}`

function asRights({ id: _, slug, name, description, built_in, based_on, permissions, audience, scope }: RightsRow) {
  const floor = built_in ? roles.find((role) => role.slug === slug)?.permissions : undefined
  return {
    role: { slug, name, description, builtIn: built_in, basedOn: based_on },
    audience,
    permissions: permissions.map((permission) => ({
      permission,
      from: floor && !floor.some((word) => word === permission) ? ('switch' as const) : ('role' as const),
    })),
    scope,
    fields: fieldsSeen(audience, permissions),
  }
}

/** @throws Problem not_found */
async function getSight({ tx, params, request, deps }: Call<(typeof sightContract)['getSight']>) {
  const row = await tx.first(
    rightsOf(sql`access.scope_of(m)`, sql`m.id = ${params.id} and m.kind in ('person', 'key')`),
  )
  if (!row) throw notFound()
  const wanted = countsFor(row.audience, row.permissions)
  const count = async (as: Tx) => {
    const statements = wanted.flatMap(({ statement }) => statement ?? [])
    const found = await as.all(...statements)
    return wanted.map(({ what, statement }) => asCount(what, statement ? found.shift() : undefined))
  }
  const counts = row.id === tx.who.memberId ? await count(tx) : await lookAs({ request, deps }, row, count)
  return { ...asRights(row), counts }
}

/** Of a key, what its maker still holds. */
async function getMyAccess(tx: Tx) {
  const row = (await tx.first(rightsOf(sql`access.my_scope()`, sql`m.id = app.member_id()`)))!
  return asRights({ ...row, permissions: row.permissions.filter((word) => tx.who.permissions.includes(word)) })
}
