import { sql } from '#kernel/db/sql.ts'
import { notFound } from '#kernel/problem.ts'
import type { Call } from '#kernel/routes.ts'
import { changedMeanwhile } from '#kernel/versions.ts'
import { asIdentity } from '../identity.ts'
import type { identityContract } from './contract.ts'
import { myself } from './person.ts'
import { record } from './record.ts'

/** @throws Problem not_found, changed_meanwhile */
export async function renamePasskey(call: Call<(typeof identityContract)['renamePasskey']>) {
  const { tx, params, version, body, deps, request } = call
  const me = await myself(tx, deps)
  const name = body.name.trim()
  await asIdentity(deps.pools.identity, async (identity) => {
    const before = await identity.first(sql<{ name: string; version: number }>`
      select name, version from identity.passkeys where user_id = ${me.userId} and id = ${params.id} for update`)
    if (!before) throw notFound()
    if (before.version !== version) throw changedMeanwhile(before, { name })
    await identity.rows(sql`update identity.passkeys set name = ${name}, version = version + 1 where id = ${params.id}`)
    await record(identity, request.id, { ...me, action: 'factor.renamed', changes: { name: [before.name, name] } })
  })
  return { version: version + 1 }
}
