import { randomBytes } from 'node:crypto'
import { domainToUnicode } from 'node:url'
import type pg from 'pg'
import { audit } from '#kernel/audit.ts'
import { explainConstraints } from '#kernel/db/errors.ts'
import { sql } from '#kernel/db/sql.ts'
import type { Tx } from '#kernel/db/transaction.ts'
import type { Deps } from '#kernel/deps.ts'
import { urlOf } from '#kernel/door.ts'
import { Problem } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import type { portalContract } from './contract.ts'
import { lookUp, type Missed, recordsOf } from './dns.ts'
import { readDomain } from './domain.ts'

const taken = (field: string, detail: string) =>
  new Problem('already_exists', detail, { errors: [{ field, message: 'is taken' }] })
explainConstraints({
  portals_slug_key: () => taken('slug', 'Another portal here has this name. Choose another one.'),
  portals_by_domain: () => taken('domain', 'Another portal uses this host name.'),
})

interface Row {
  slug: string
  domain: string | null
  token: string | null
  checked_at: string | null
  missed: Missed | null
  verified_at: string | null
  failing_since: string | null
  used: boolean
  version: number
}

export async function getAddress(tx: Tx, deps: Deps) {
  const row = (await tx.first(sql<Row>`
    select slug, domain, token, checked_at, missed, verified_at, failing_since, portal.is_used(verified_at, failing_since) as used, version
      from portal.portals`))!
  const { slug, domain, token } = row
  return {
    slug,
    defaultUrl: urlOf({ slug, domain: null }, deps),
    url: urlOf({ slug, domain: row.used ? domain : null }, deps),
    domain:
      domain === null
        ? null
        : {
            name: domain,
            shown: domainToUnicode(domain),
            state: row.failing_since ? ('failing' as const) : row.used ? ('verified' as const) : ('waiting' as const),
            records: recordsOf(domain, token!, deps),
            missed: row.missed,
            checkedAt: row.checked_at,
            failingSince: row.failing_since,
          },
    version: row.version,
  }
}

/**
 * Another portal name, or another host name, which begins unproved with a token of its own. Who was signed in at an address
 * that is no more signs in anew.
 * @throws Problem invalid_request, already_exists, changed_meanwhile
 */
export async function changeAddress({ tx, body, version, deps }: Call<(typeof portalContract)['changePortalAddress']>) {
  const present = await getAddress(tx, deps)
  const slug = body.slug ?? present.slug
  const typed = body.domain === undefined ? (present.domain?.name ?? null) : body.domain?.trim() || null
  const domain = typed && readDomain(typed, new URL(deps.publicUrl).hostname)
  const done = await tx.first(sql<{ set: boolean }>`
    select portal.set_address(${slug}, ${domain}, ${domain && randomBytes(16).toString('hex')}, ${version}) as set`)
  if (!done!.set) throw changedMeanwhile({ ...present, domain: present.domain?.name ?? null } as typeof present, body)
  const changes = {
    ...(slug !== present.slug && { slug: [present.slug, slug] }),
    ...(domain !== (present.domain?.name ?? null) && { domain: [present.domain?.name ?? null, domain] }),
  }
  await audit(tx, 'portal.address-changed', { kind: 'account', id: tx.who.accountId }, changes)
  return await getAddress(tx, deps)
}

/** Accounts that look at DNS now: each look holds a connection for as long as DNS takes. */
const looking = new Set<string>()

/** @throws Problem wrong_state where there is no host name to look for, already_exists, too_many_tries beside another look */
export async function checkDomain(tx: Tx, deps: Deps) {
  const { accountId } = tx.who
  if (looking.has(accountId)) throw new Problem('too_many_tries', 'DNS is being asked already.', { retryAfter: 5 })
  looking.add(accountId)
  try {
    return await checkOwn(tx, deps)
  } finally {
    looking.delete(accountId)
  }
}

async function checkOwn(tx: Tx, deps: Deps) {
  const row = await tx.first(sql<Row>`select domain, token from portal.portals where domain is not null`)
  if (!row) throw new Problem('wrong_state', 'Set a host name first; the default address needs no check.')
  const missed = await lookUp(row.domain!, row.token!, deps)
  await tx.rows(sql`select portal.note_my_check(${row.domain}, ${missed ?? null})`)
  await audit(tx, 'portal.domain-checked', { kind: 'account', id: tx.who.accountId }, { domain: row.domain, missed })
  return await getAddress(tx, deps)
}

/**
 * Looks at every host name there is, once a day, and each hour at those that fail: one that leads elsewhere is failing since then, and
 * after three days of it links leave it.
 */
export async function checkDomains(deps: Deps, failing = false): Promise<void> {
  const { worker }: { worker: pg.Pool } = deps.pools
  const { rows } = await worker.query<{ account_id: string; domain: string; token: string }>(
    'select * from portal.domains_to_check($1)',
    [failing],
  )
  for (const { account_id, domain, token } of rows) {
    const missed = await lookUp(domain, token, deps)
    // That of two accounts the other was first to prove it is for its next look to say.
    await worker.query('select portal.note_check($1, $2, $3)', [account_id, domain, missed ?? null]).catch(() => {})
  }
}
