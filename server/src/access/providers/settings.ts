import { uuidv7 } from 'uuidv7'
import { audit } from '#kernel/audit.ts'
import { json, sql, texts } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import type { BodyOf } from '#kernel/endpoint.ts'
import { invalid, notFound, Problem } from '#kernel/problem.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { roleToGive } from '../commands/role-to-give.ts'
import { seal } from '../identity/seal.ts'
import type { providersContract } from './contract.ts'
import { returnAddress } from './flow-cookie.ts'
import { discover, sealedFor } from './provider.ts'

type RoleName = { slug: string; name: string }
interface Row {
  id: string
  version: number
  name: string
  issuer: string
  client_id: string
  scopes: string
  domains: string[]
  group_claim: string
  group_roles: { group: string; roleId: string }[]
  default_role: RoleName | null
  required: boolean
  disabled_at: string | null
  created_at: string
  mapped: { group: string; role: RoleName }[]
}

const rows = (id: string | null) => sql<Row>`
  select p.id, p.version, p.name, p.issuer, p.client_id, p.scopes, p.domains, p.group_claim, p.group_roles, p.required, p.disabled_at, p.created_at,
         (select jsonb_build_object('slug', r.slug, 'name', r.name) from access.roles r
           where r.account_id = p.account_id and r.id = p.default_role_id) as default_role,
         (select coalesce(jsonb_agg(jsonb_build_object('group', g.entry ->> 'group', 'role', jsonb_build_object('slug', r.slug, 'name', r.name)) order by g.place), '[]')
            from jsonb_array_elements(p.group_roles) with ordinality as g (entry, place)
            join access.roles r on r.account_id = p.account_id and r.id = (g.entry ->> 'roleId')::uuid) as mapped
    from access.identity_providers p where ${id}::uuid is null or p.id = ${id} order by lower(p.name)`

export async function listProviders(tx: Tx, deps: Deps) {
  const found = await tx.rows(rows(null))
  const items = found.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    scopes: row.scopes,
    domains: row.domains,
    groupClaim: row.group_claim,
    groupRoles: row.mapped,
    defaultRole: row.default_role,
    required: row.required,
    enabled: row.disabled_at === null,
    createdAt: row.created_at,
  }))
  return { accountId: tx.who.accountId, returnAddress: returnAddress(deps), items }
}

type Wanted = BodyOf<(typeof providersContract)['changeProvider']>

/**
 * A role that people get without anybody's hand: one of the house's, and no more than the administrator may give himself.
 * @throws Problem invalid_request
 */
async function roleByProvider(tx: Tx, field: string, slug: string): Promise<string> {
  const role = await roleToGive(tx, slug).catch((problem) => {
    if (problem instanceof Problem && problem.errors?.[0]) throw invalid(field, problem.errors[0].message)
    throw problem
  })
  if (role.audience !== 'staff') throw invalid(field, 'is for people of another company')
  return role.id
}

/** The columns that a request names, checked. */
async function columnsFor(tx: Tx, wanted: Wanted) {
  if (wanted.defaultRole === 'administrator')
    throw invalid('defaultRole', 'must not be Administrator: name a group for that, or invite the person')
  const defaultRole = wanted.defaultRole && (await roleByProvider(tx, 'defaultRole', wanted.defaultRole))
  const groupRoles: { group: string; roleId: string }[] = []
  for (const { group, role } of wanted.groupRoles ?? [])
    groupRoles.push({ group, roleId: await roleByProvider(tx, 'groupRoles', role) })
  const scopes =
    wanted.scopes && [...new Set(['openid', 'email', 'profile', ...wanted.scopes.split(' ').filter(Boolean)])].join(' ')
  const domains = wanted.domains?.map((domain) => domain.toLowerCase())
  return { ...wanted, scopes, domains, defaultRole, groupRoles: wanted.groupRoles && groupRoles }
}

const told = ({ secret, ...shown }: Wanted & { issuer?: string }) => ({
  ...shown,
  ...(secret ? { secret: 'changed' } : {}),
})

/** @throws Problem invalid_request, also where the provider does not say who it is; already_exists */
export async function createProvider(tx: Tx, body: BodyOf<(typeof providersContract)['createProvider']>, deps: Deps) {
  const columns = await columnsFor(tx, body)
  await discover(body.issuer, body.clientId, body.secret, deps).catch((problem) => {
    throw problem instanceof Problem ? invalid('issuer', problem.detail) : problem
  })
  if (body.required && !body.domains?.length)
    throw invalid('domains', 'are required where people of them sign in by it alone')
  const id = uuidv7()
  await tx.rows(sql`
    insert into access.identity_providers (account_id, id, name, issuer, client_id, secret, scopes, domains, group_claim, group_roles, default_role_id, required)
    values (app.account_id(), ${id}, ${body.name.trim()}, ${body.issuer.trim()}, ${body.clientId.trim()}, ${seal(deps.secret, sealedFor, id, body.secret)},
            ${columns.scopes || 'openid email profile'}, ${texts(columns.domains ?? [])}, ${body.groupClaim?.trim() ?? ''},
            ${json(columns.groupRoles ?? [])}, ${columns.defaultRole ?? null}, ${body.required ?? false})`)
  await audit(tx, 'provider.created', { kind: 'provider', id }, told(body))
  return { id }
}

/** @throws Problem not_found, changed_meanwhile, invalid_request, already_exists */
export async function changeProvider(tx: Tx, id: string, version: number, body: Wanted, deps: Deps) {
  const before = await tx.first(rows(id))
  if (!before) throw notFound()
  if (before.version !== version) throw changedMeanwhile(before, body)
  const columns = await columnsFor(tx, body)
  const domains = columns.domains ?? before.domains
  if ((body.required ?? before.required) && domains.length === 0)
    throw invalid('domains', 'are required where people of them sign in by it alone')
  const changed = await tx.first(sql`
    update access.identity_providers set
           name = coalesce(${body.name?.trim() ?? null}, name), client_id = coalesce(${body.clientId?.trim() ?? null}, client_id),
           scopes = coalesce(${columns.scopes || null}, scopes), domains = ${texts(domains)},
           group_claim = coalesce(${body.groupClaim?.trim() ?? null}, group_claim),
           group_roles = ${json(columns.groupRoles ?? before.group_roles)},
           default_role_id = case when ${body.defaultRole === undefined} then default_role_id else ${columns.defaultRole ?? null}::uuid end,
           required = coalesce(${body.required ?? null}, required),
           disabled_at = case ${body.enabled ?? null}::boolean when true then null when false then coalesce(disabled_at, app.now()) else disabled_at end,
           version = version + 1
     where id = ${id} and version = ${version} returning 1`)
  if (!changed) throw changedMeanwhile((await tx.first(rows(id)))!, body)
  if (body.secret)
    await tx.rows(
      sql`update access.identity_providers set secret = ${seal(deps.secret, sealedFor, id, body.secret)} where id = ${id}`,
    )
  await audit(tx, 'provider.changed', { kind: 'provider', id }, told(body))
  return { version: version + 1 }
}
